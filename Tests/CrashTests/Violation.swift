// The laws a crash may not break, and what breaks one.

struct Violation: Hashable, Sendable, CustomStringConvertible {
    enum Law: String, CaseIterable, Sendable {
        /// After a crash the service starts, answers and stops.
        case startsAgain
        /// The first tick after a crash, or after a fault, does its work.
        case nextTickWorks
        /// Every answer is a success or problem details.
        case answersAreClear
        /// A fault ends no process.
        case survivesFaults
        /// The live store parses, is 0600 and holds one accepted credential.
        case liveIsOneAccount
        /// The newest refresh token of every account is on disk, or its
        /// account needs a login and says so.
        case noGrantIsLost
        /// The machine's members keep their bytes.
        case machineIsUntouched
        /// A slot holds a credential of its own account, and is 0600.
        case slotsAreTheirOwn
        /// No temporary file, journal, note or lock of ours lies about.
        case nothingIsLeft
        /// The database is whole.
        case databaseIsSound
        /// The history says what happened, once.
        case historyIsTrue
        /// No token anywhere but in the credential and slot files.
        case secretsStay
        /// An untouched scenario does what it is for.
        case scenarioWorks
        /// While another holds a lock nothing is written.
        case lockIsRespected
    }

    let law: Law
    let detail: String

    init(_ law: Law, _ detail: String) {
        self.law = law
        self.detail = detail
    }

    var description: String { "\(law.rawValue): \(detail)" }
}
