// What the machine may do by itself: only what was turned on, only where the
// profile is signed in, one at a time, three times at most.

import Foundation
import GRDB
import RotationCore
import RotationEngine
import Support
import Testing

@testable import LoginDesk

private func house(
    _ client: String = "stores", isOn: Bool = true, environment: [String: String] = [:],
    _ change: @escaping (inout LoginSettings) -> Void = { _ in }
) -> DeskHarness {
    DeskHarness(client, environment: environment) { settings in
        settings.bootstraps = isOn
        change(&settings)
    }
}

extension DeskHarness {
    /// Chromium's table, with one cookie that expires `seconds` from now.
    func setCookie(
        _ email: String, host: String = ".claude.ai", name: String = "sessionKey",
        expiresIn seconds: Int64 = 3600, place: String = "Default"
    ) throws {
        let profile = "data/profiles/\(email)"
        for part in ["data/profiles", profile, "\(profile)/Default", "\(profile)/\(place)"] {
            directory.makeDirectory(part)
        }
        let queue = try DatabaseQueue(path: directory.file("\(profile)/\(place)/Cookies"))
        let since1601 = (RealClock().now().milliseconds + 11_644_473_600_000) * 1000
        try queue.write { db in
            try db.execute(
                sql: "CREATE TABLE cookies(host_key TEXT, name TEXT, value TEXT, "
                    + "encrypted_value BLOB, expires_utc INTEGER)")
            try db.execute(
                sql: "INSERT INTO cookies VALUES (?, ?, 'canary-cookie', x'00', ?)",
                arguments: [host, name, seconds == 0 ? 0 : since1601 + seconds * 1_000_000])
        }
        try queue.close()
    }

    func bootstrap(
        _ needy: [String] = [alice.email], whole: Set<String> = []
    ) async {
        await desk.bootstrap(
            needy: needy.map { SignInOrder(email: $0, refusesOthers: true) }, whole: whole,
            filing: office.filing)
    }

    var facts: BootstrapRecord? { desk.bootstrapRecords().first }
}

@Suite struct BootstrapTests {
    @Test(arguments: ["Default", "Default/Network"])
    func `a needy account whose profile is signed in is signed in to`(place: String) async throws {
        let house = house()
        try house.setCookie(alice.email, place: place)
        await house.bootstrap()
        let end = await house.progress.end()
        #expect(end.state == .stored && end.isUnattended)
        #expect(house.desk.hasLiveSession(alice.email))
        #expect(house.desk.bootstrapRecords() == [])
        #expect(!house.written.contains("canary"))
    }

    @Test func `off by default, and for whole accounts and without a session never`() async throws {
        #expect(!LoginSettings(dataDirectory: "/d", environment: [:]).bootstraps)
        let off = house(isOn: false)
        try off.setCookie(alice.email)
        await off.bootstrap()
        let whole = house()
        try whole.setCookie(alice.email)
        await whole.bootstrap([], whole: [alice.email])
        let none = house()
        await none.bootstrap()
        for house in [off, whole, none] {
            #expect(house.progress.all == [] && house.desk.bootstrapRecords() == [])
        }
    }

    @Test(arguments: [
        (".claude.ai", "sessionKey", 3600, true), ("claude.ai", "sessionKey", 3600, true),
        (".claude.ai", "sessionKey", -1, false), (".claude.ai", "sessionKey", 0, false),
        (".claude.ai", "other", 3600, false), (".evilclaude.ai", "sessionKey", 3600, false),
        ("ai", "sessionKey", 3600, false), ("www.claude.ai", "sessionKey", 3600, false),
    ])
    func `only the vendor's own cookie counts, until it expires`(
        host: String, name: String, seconds: Int64, isLive: Bool
    ) async throws {
        let house = house()
        try house.setCookie(alice.email, host: host, name: name, expiresIn: seconds)
        let session = ProfileSession(
            profile: house.directory.file("data/profiles/\(alice.email)"),
            hosts: AuthorizationPages.vendor.hosts)
        #expect(session.isLive(at: RealClock().now()) == isLive)
    }

    @Test func `a file that is no database tells nothing and is left alone`() {
        let house = house()
        for part in ["data/profiles", "data/profiles/a", "data/profiles/a/Default"] {
            house.directory.makeDirectory(part)
        }
        house.directory.write("data/profiles/a/Default/Cookies", "not SQLite")
        let session = ProfileSession(
            profile: house.directory.file("data/profiles/a"), hosts: ["claude.ai"])
        #expect(!session.isLive(at: RealClock().now()))
        #expect(house.directory.read("data/profiles/a/Default/Cookies") == "not SQLite")
    }

    @Test func `three times at most, also over restarts, until a person takes over`() async throws {
        let first = house("fails")
        try first.setCookie(alice.email)
        for count in 1...3 {
            let desk = count == 1 ? first.desk : first.again()
            await desk.bootstrap(
                needy: [SignInOrder(email: alice.email)], whole: [], filing: first.office.filing)
            await desk.stop()
            #expect(desk.bootstrapRecords().first?.attempts == count)
            #expect(desk.bootstrapRecords().first?.isStalled == (count == 3))
        }
        let last = first.again()
        await last.bootstrap(
            needy: [SignInOrder(email: alice.email)], whole: [], filing: first.office.filing)
        #expect(last.progress(of: alice.email) == nil)
        #expect(last.bootstrapRecords().first?.attempts == 3)
        _ = try last.begin(SignInOrder(email: alice.email), filing: first.office.filing)
        #expect(last.bootstrapRecords() == [])
        await last.stop()
    }

    @Test func `counted anew once the account is whole or its session is gone`() async throws {
        for isWhole in [true, false] {
            let house = house("fails")
            try house.setCookie(alice.email, expiresIn: 3600)
            await house.bootstrap()
            _ = await house.progress.end()
            #expect(house.facts?.attempts == 1)
            if isWhole {
                await house.bootstrap([], whole: [alice.email])
            } else {
                try FileManager.default.removeItem(
                    atPath: house.directory.file("data/profiles/\(alice.email)/Default/Cookies"))
                await house.bootstrap()
            }
            #expect(house.desk.bootstrapRecords() == [])
        }
    }

    @Test func `a reason that needs a person ends the trying at once`() {
        let directory = TemporaryDirectory()
        for failure in SignIn.Failure.allCases {
            var ledger = BootstrapLedger(path: directory.file(failure.rawValue))
            let isCounted = ledger.launch("a@b", at: Timestamp(seconds: 1))
            #expect(isCounted)
            ledger.failed("a@b", failure, "because")
            let again = BootstrapLedger(path: directory.file(failure.rawValue))
            #expect(again.entries["a@b"]?.isStalled == failure.needsPerson)
            #expect(again.entries == ledger.entries)
        }
    }

    @Test func `a last try that a crash cut short is told, and not repeated`() async throws {
        let house = house("waits")
        try house.setCookie(alice.email)
        var ledger = BootstrapLedger(path: house.directory.file("data/bootstrap.json"))
        for second in 1...3 {
            _ = ledger.launch(alice.email, at: Timestamp(seconds: Int64(second)))
        }
        let desk = house.again()
        #expect(desk.bootstrapRecords().first?.isStalled == true)
        #expect(desk.bootstrapRecords().first?.lastDetail.isEmpty == false)
        await desk.bootstrap(
            needy: [SignInOrder(email: alice.email)], whole: [], filing: house.office.filing)
        #expect(desk.progress(of: alice.email) == nil)
    }

    @Test func `what cannot be counted is not launched`() async throws {
        let house = house()
        try house.setCookie(alice.email)
        // A directory stands where the count would be written.
        house.directory.makeDirectory("data/bootstrap.json")
        await house.bootstrap()
        #expect(house.progress.all == [])
        #expect(house.log.lines.contains { $0.message.contains("bootstrap.json") })
    }

    @Test func `an account a person began and never finished is taken up, a strange one not`()
        async throws
    {
        let house = house()
        try house.setCookie(bob.email)
        house.office.set(.identity(bob))
        await house.bootstrap([])
        #expect(house.progress.all == [])
        house.directory.write("data/profiles/\(bob.email)/.rotator-wanted", "")
        await house.bootstrap([])
        #expect(await house.progress.end().filedAs == bob.email)
        #expect(house.directory.read("data/profiles/\(bob.email)/.rotator-wanted") == nil)
    }

    @Test func `the consent is pressed only where that was chosen, headless only then`()
        async throws
    {
        for (presses, headless) in [(false, false), (false, true), (true, false), (true, true)] {
            let house = house {
                $0.pressesConsent = presses
                $0.isHeadless = headless
            }
            try house.setCookie(alice.email)
            await house.bootstrap()
            _ = await house.progress.end()
            let words = try #require(house.directory.read("browser-arguments"))
            #expect(words.contains("--remote-debugging-pipe") == presses)
            #expect(words.contains("--headless=new") == (presses && headless))
        }
    }

    @Test(arguments: ["alice@example.com", "a+b@c.d", "%@x.y", "..@x.y", "ä/ö@x.y"])
    func `a profile's name is one file name and leads back to its e-mail`(email: String) {
        let name = FileNames.name(email)
        #expect(!name.contains("/") && !name.hasPrefix("."))
        #expect(FileNames.email(name) == email.lowercased())
        #expect(FileNames.name(email.uppercased().lowercased()) == name)
    }

    @Test(arguments: ["%zz@x.y", "A@x.y", "lost+found", "%61@x.y", "a%"])
    func `a directory of another name is nobody's profile`(name: String) {
        #expect(FileNames.email(name) == nil)
    }
}

extension DeskHarness {
    /// The service started again.
    fileprivate func again() -> LoginDesk { another(desk.settings) }
}
