// The laws of a sign-in, with stand-ins for the client and the browser.

import Foundation
import LoginDesk
import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct SignInTests {
    @Test func `a sign-in goes through its states, is filed, and nothing is left`() async throws {
        let house = DeskHarness()
        #expect(try house.begin().state == .starting)
        let end = await house.progress.end()
        #expect(end.state == .stored && end.filedAs == alice.email && end.failure == nil)
        #expect(
            house.progress.states == [.starting, .windowOpen, .authorised, .verified, .stored])
        #expect(house.office.filed == [alice.email])
        #expect(house.left == [])
        #expect(await house.helperIsGone())
        #expect(house.desk.progress(of: "ALICE@example.com") == end)
    }

    @Test func `no secret the client says gets into a text of ours`() async throws {
        let house = DeskHarness()
        _ = try house.begin()
        _ = await house.progress.end()
        #expect(house.written.contains("stored"))
        #expect(!house.written.contains("canary"))
        #expect(!house.written.contains("code_challenge"))
    }

    @Test func `the client gets a private directory and nothing that pins`() async throws {
        let house = DeskHarness(environment: [
            "ANTHROPIC_API_KEY": "x", "CLAUDE_CODE_OAUTH_REFRESH_TOKEN": "x", "ROTATOR_STORE": "x",
        ])
        _ = try house.begin()
        _ = await house.progress.end()
        let names = try #require(house.directory.read("client-environment"))
            .split(separator: "\n").map(String.init)
        #expect(names.contains("CLAUDE_CONFIG_DIR") && names.contains("BROWSER"))
        #expect(!names.contains { $0.hasPrefix("ANTHROPIC") || $0.hasPrefix("ROTATOR") })
        #expect(!names.contains { $0.hasPrefix("CLAUDE_CODE_OAUTH") })
        let arguments = house.directory.read("client-arguments")
        #expect(arguments == "auth login --email alice@example.com\n")
    }

    @Test func `the window is the account's own profile, without a debugging flag`() async throws {
        let house = DeskHarness { $0.browserArguments = ["--extra"] }
        _ = try house.begin()
        _ = await house.progress.end()
        let words = try #require(house.directory.read("browser-arguments"))
            .split(separator: "\n").map(String.init)
        #expect(words.first == "--extra")
        #expect(
            words.contains("--user-data-dir=\(house.directory.path)/data/profiles/\(alice.email)"))
        #expect(words.last == DeskHarness.address)
        #expect(!words.contains { $0.contains("debugging") || $0.contains("headless") })
        #expect(house.directory.mode("data/profiles/\(alice.email)") == 0o700)
    }

    @Test func `a client that opens pages its own way is caught as well`() async throws {
        let house = DeskHarness(environment: ["STAND_IN_OPENER": "xdg-open"])
        _ = try house.begin()
        #expect(await house.progress.end().state == .stored)
    }

    @Test(arguments: [
        "https://claude.ai.example.com/oauth/authorize", "https://claude.ai/login",
        "http://claude.ai/oauth/authorize",
    ])
    func `a page that is not the vendor's is never opened`(page: String) async throws {
        let query = DeskHarness.address.drop { $0 != "?" }
        let house = DeskHarness("waits", address: page + query)
        _ = try house.begin()
        #expect(await house.progress.end().failure == .unexpectedPage)
        #expect(house.directory.read("browser-arguments") == nil)
        #expect(house.left == [])
    }

    @Test func `another account is filed under its own name, and said`() async throws {
        let house = DeskHarness()
        house.office.set(.identity(bob))
        _ = try house.begin()
        let end = await house.progress.end()
        #expect(end.filedAs == bob.email && house.office.filed == [bob.email])
        #expect(house.written.contains("under its own name"))
    }

    @Test func `another account is refused where others are to be`() async throws {
        let house = DeskHarness()
        house.office.set(.identity(bob))
        _ = try house.begin(refusesOthers: true)
        let end = await house.progress.end()
        #expect(end.failure == .otherAccount && house.office.filed == [])
        #expect(house.left == [])
    }

    @Test(arguments: [
        ("fails", "stays", SignIn.Failure.clientFailed),
        ("nothing", "stays", .clientFailed), ("waits", "closes", .browserFailed),
    ])
    func `whatever fails is named, and nothing is left`(
        client: String, browser: String, failure: SignIn.Failure
    ) async throws {
        let house = DeskHarness(client, browser: browser)
        _ = try house.begin()
        let end = await house.progress.end()
        #expect(end.state == .failed && end.failure == failure && end.filedAs == nil)
        #expect(house.left == [] && house.office.filed == [])
        #expect(await house.helperIsGone())
    }

    @Test func `what the vendor refuses or the slot does not take is not stored`() async throws {
        for (proof, complaint, failure) in [
            (SignInFiling.Proof.refused("no"), nil, SignIn.Failure.identityUnproven),
            (.identity(alice), "the disk is full", .notStored),
        ] {
            let house = DeskHarness()
            house.office.set(proof, complaint: complaint)
            _ = try house.begin()
            #expect(await house.progress.end().failure == failure)
            #expect(house.left == [])
        }
    }

    @Test func `one at a time, and a cancelled one leaves nothing`() async throws {
        let house = DeskHarness("waits")
        _ = try house.begin()
        _ = await house.progress.until { $0.state == .windowOpen }
        #expect(throws: SignInRefusal.running(alice.email)) { try house.begin(bob.email) }
        #expect(house.left.count == 1)
        #expect(await !house.desk.cancel(bob.email))
        #expect(await house.desk.cancel(alice.email))
        #expect(house.desk.progress(of: alice.email)?.failure == .cancelled)
        #expect(house.left == [])
        #expect(await house.helperIsGone())
        #expect(await !house.desk.cancel(alice.email))
    }

    @Test func `stopping ends what runs, and begins no more`() async throws {
        let house = DeskHarness("waits")
        _ = try house.begin()
        _ = await house.progress.until { $0.state == .windowOpen }
        await house.desk.stop()
        #expect(house.desk.progress(of: alice.email)?.failure == .stopped)
        #expect(house.left == [])
        #expect(await house.helperIsGone())
        #expect(throws: SignInRefusal.failed("the service is stopping")) { try house.begin() }
    }

    @Test func `what nobody finishes is given up`() async throws {
        let house = DeskHarness("waits") { $0.timeoutSeconds = 0 }
        _ = try house.begin()
        #expect(await house.progress.end().failure == .timedOut)
        #expect(house.left == [])
    }

    @Test func `a program that is missing is named, and nothing begins`() {
        let noBrowser = DeskHarness { $0.browser = "/nowhere/chrome" }
        #expect(
            throws: SignInRefusal.browserMissing(
                "login.browser names /nowhere/chrome, which cannot be run")
        ) { try noBrowser.begin() }
        let noClient = DeskHarness { $0.client = "/nowhere/claude" }
        #expect(
            throws: SignInRefusal.clientMissing(
                "login.claude names /nowhere/claude, which cannot be run")
        ) { try noClient.begin() }
        #expect(noBrowser.left == [] && noClient.left == [])
        #expect(noClient.desk.progress(of: alice.email) == nil)
    }

    #if !os(macOS)
        @Test func `without a display no window is promised`() {
            let house = DeskHarness(environment: ["DISPLAY": ""])
            #expect(throws: SignInRefusal.self) { try house.begin() }
            #expect(house.left == [])
        }
    #endif

    @Test(arguments: ["", "alice", "-x@example.com", "a b@example.com", "a@", "a@b@c", "a\n@b"])
    func `what is no e-mail never becomes an argument`(email: String) {
        let house = DeskHarness()
        #expect(throws: SignInRefusal.self) { try house.begin(email) }
        #expect(house.left == [])
    }

    @Test func `a crash's leftover is filed when it holds a credential, else removed`() async {
        let first = DeskHarness()
        for (name, credential) in [("a", true), ("b", false)] {
            first.directory.makeDirectory("data/sign-ins")
            first.directory.makeDirectory("data/sign-ins/\(name)")
            first.directory.makeDirectory("data/sign-ins/\(name)/config")
            first.directory.write("data/sign-ins/\(name)/order", "any\n\nalice@example.com")
            guard credential else { continue }
            let text = first.directory.read("credential") ?? ""
            first.directory.write("data/sign-ins/\(name)/config/.credentials.json", text)
        }
        var settings = LoginSettings(dataDirectory: first.directory.file("data"), environment: [:])
        settings.client = "/bin/true"
        let desk = first.another(settings)
        first.office.set(.unanswered("no network"))
        await desk.recover(filing: first.office.filing)
        #expect(first.left == ["a"] && first.office.filed == [])
        first.office.set(.identity(alice))
        await first.another(settings).recover(filing: first.office.filing)
        #expect(first.left == [] && first.office.filed == [alice.email])
    }
}
