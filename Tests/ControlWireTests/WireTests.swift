// The contract's small print: null is written, unknown members are ignored,
// every problem has a status and an exit code.

import ControlWire
import Foundation
import Testing

@Suite struct WireTests {
    @Test func `an absent value is written as null, and read from null or nothing`() throws {
        let body = AccountsBody(live: nil, accounts: [])
        let text = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
        #expect(text.contains(#""live":null"#))
        for text in [#"{"live":null,"accounts":[]}"#, #"{"accounts":[],"more":1}"#] {
            #expect(try JSONDecoder().decode(AccountsBody.self, from: Data(text.utf8)) == body)
        }
    }

    @Test func `a problem is what RFC 9457 asks for`() throws {
        let problem = ProblemBody(code: .credentialLocked, detail: "d")
        #expect(problem.type == "about:blank")
        #expect(problem.title == "Credential locked")
        #expect(problem.status == 423)
        #expect(problem.code == "credential-locked")
        let text = String(decoding: try JSONEncoder().encode(problem), as: UTF8.self)
        #expect(!text.contains("variable"))
    }

    @Test(arguments: ProblemCode.allCases)
    func `every problem has an error's status and an exit code that is not done`(
        code: ProblemCode
    ) {
        #expect((400..<600).contains(code.status))
        #expect(ExitCode(code) != .done)
        #expect(!code.title.isEmpty)
    }

    @Test(arguments: [
        (ProblemCode.pinnedEnvironment, Int32(3)), (.unsupportedPlatform, 4), (.unknownAccount, 6),
        (.credentialLocked, 8), (.targetUnusable, 2), (.badRequest, 64), (.stopping, 7),
    ])
    func `exit codes are the contract's`(code: ProblemCode, exit: Int32) {
        #expect(ExitCode(code).rawValue == exit)
    }
}
