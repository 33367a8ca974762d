// Finds the account a path names in a snapshot, as the engine finds it in its
// book: by id, or by e-mail regardless of case.

import RotationCore
import RotationEngine

extension Snapshot {
    func account(_ selector: AccountSelector) throws(EngineRefusal) -> AccountView {
        if let view = accounts.first(where: { $0.identity.id.description == selector }) {
            return view
        }
        let wanted = selector.lowercased()
        let found = accounts.filter { $0.identity.email.lowercased() == wanted }
        guard let first = found.first else { throw .unknownAccount(selector) }
        guard found.count == 1 else {
            throw .ambiguousAccount(selector, ids: found.map(\.identity.id.description))
        }
        return first
    }
}
