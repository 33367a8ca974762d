// What the engine does for a sign-in: for whom it is begun, whose credential is
// filed, and what the tick lets the machine do by itself.

import RotationCore
import RotationEngine
import Support
import Testing

@Suite struct SignInTests {
    private func made(_ identity: AccountIdentity, generation: Int = 2) -> MadeCredential {
        let token = token(of: identity, generation: generation)
        let text = #"{"claudeAiOauth":{"accessToken":"\#(token)","refreshToken":"r-\#(token)"}}"#
        return MadeCredential(
            credential: ImportedCredential(text: Secret(Array(text.utf8)), origin: "a file"),
            accessToken: Secret(Array(token.utf8)), configFile: nil)
    }

    @Test func `a known account is meant by e-mail or seat, a new one by its e-mail`() async throws
    {
        let desk = StubDesk()
        let house = EngineHarness(optedIn: false, signIns: desk)
        await house.putSlot(bob)
        await house.setLive(alice)
        _ = try await house.engine.capture()
        _ = try await house.engine.signIn("BOB@example.com", refusesOthers: true)
        _ = try await house.engine.signIn(bob.id.description, refusesOthers: false)
        _ = try await house.engine.signIn("new@example.com", refusesOthers: false)
        #expect(
            desk.orders == [
                SignInOrder(email: bob.email, refusesOthers: true),
                SignInOrder(email: bob.email, account: bob.id),
                SignInOrder(email: "new@example.com"),
            ])
        await #expect(throws: EngineRefusal.unknownAccount("nobody")) {
            try await house.engine.signIn("nobody", refusesOthers: false)
        }
    }

    @Test func `what the desk refuses, and what was never begun, is said`() async throws {
        let refusal = SignInRefusal.browserMissing("no Chrome")
        let house = EngineHarness(optedIn: false, signIns: StubDesk(refusal: refusal))
        await #expect(throws: EngineRefusal.signIn(refusal)) {
            try await house.engine.signIn(bob.email, refusesOthers: false)
        }
        await #expect(throws: EngineRefusal.noSignIn(bob.email)) {
            try await house.engine.signInProgress(of: bob.email)
        }
        await #expect(throws: EngineRefusal.noSignIn(bob.email)) {
            try await house.engine.cancelSignIn(of: bob.email)
        }
        let unsupported = EngineHarness(unsupportedAdvice: "no store", signIns: StubDesk())
        await #expect(throws: EngineRefusal.unsupportedPlatform(advice: "no store")) {
            try await unsupported.engine.signIn(bob.email, refusesOthers: false)
        }
    }

    @Test func `a sign-in is filed while off, under the name the vendor says`() async throws {
        let desk = StubDesk()
        let house = EngineHarness(optedIn: false, signIns: desk)
        await house.engine.start()
        _ = try await house.engine.signIn(bob.email, refusesOthers: false)
        let filing = try #require(desk.filing)
        house.vendor.set(
            profile: .identity(carol), forToken: Array(token(of: carol, generation: 2).utf8))
        #expect(await filing.prove(made(carol)) == .identity(carol))
        #expect(await filing.file(made(carol), carol) == nil)
        let accounts = house.engine.snapshot.accounts
        #expect(accounts.map(\.identity) == [carol])
        #expect(accounts.first?.slot?.details.canRefresh == true)
        #expect(await house.vault.calls.contains(.enrol))
        #expect(!house.log.lines.contains { $0.message.contains("canary") })
    }

    @Test func `listeners are told what becomes of a sign-in, in order, as far as it can be kept`()
        async throws
    {
        let house = EngineHarness(optedIn: false)
        await house.engine.start()
        let states: [SignIn.State] = [.starting, .windowOpen, .signedIn, .stored]
        let (changes, desk) = AsyncStream<SignIn>.makeStream()
        for (place, state) in states.enumerated() {
            var signIn = SignIn(
                email: bob.email, isUnattended: false, startedAt: house.clock.now(),
                endsAt: house.clock.now(), detail: "as far as \(place)")
            signIn.state = state
            desk.yield(signIn)
        }
        desk.finish()
        house.history.failNext(.tell, .unavailable("disk full"))
        let before = house.engine.snapshot.version
        await house.engine.tell(changes)
        let told = try await house.history.events(after: 0, through: .max, limit: 9).items
        let found = told.compactMap { event -> SignIn.State? in
            guard case .login(let signIn) = event.content else { return nil }
            return signIn.state
        }
        #expect(found == [.windowOpen, .signedIn, .stored])
        #expect(house.engine.snapshot.newestEvent == told.last?.id)
        #expect(house.engine.snapshot.version >= before + 3)
        #expect(house.log.lines.contains { $0.message.contains("disk full") })
    }

    @Test func `only the vendor's word proves, and no answer is no refusal`() async throws {
        let desk = StubDesk()
        let house = EngineHarness(optedIn: false, signIns: desk)
        await house.engine.start()
        _ = try await house.engine.signIn(bob.email, refusesOthers: false)
        let filing = try #require(desk.filing)
        let answers: [(ProfileAnswer, isRefused: Bool)] = [
            (.unauthorized, true), (.revoked, true), (.restricted, true), (.scopeMissing, true),
            (.rateLimited(retryAfter: nil), false), (.unreachable(.timedOut), false),
        ]
        for (answer, isRefused) in answers {
            house.vendor.set(
                profile: answer, forToken: Array(token(of: bob, generation: 2).utf8))
            switch await filing.prove(made(bob)) {
            case .identity: Issue.record("\(answer) proved something")
            case .refused: #expect(isRefused, "\(answer)")
            case .unanswered: #expect(!isRefused, "\(answer)")
            }
        }
        #expect(await !house.vault.calls.contains(.enrol))
    }

    @Test func `a slot that cannot be written is said, and not believed`() async throws {
        let desk = StubDesk()
        let house = EngineHarness(optedIn: false, signIns: desk)
        await house.engine.start()
        _ = try await house.engine.signIn(bob.email, refusesOthers: false)
        let filing = try #require(desk.filing)
        await house.vault.failNext(.enrol, .refused("the disk is full"))
        #expect(await filing.file(made(bob), bob) == "the disk is full")
        #expect(house.engine.snapshot.accounts == [])
    }

    // MARK: By itself

    @Test func `a tick offers accounts that cannot renew themselves, after its decision`()
        async throws
    {
        let desk = StubDesk(bootstraps: true)
        let house = EngineHarness(signIns: desk)
        await house.setExample()
        var ended = house.details
        ended.loginExpiresAt = house.clock.now()
        await house.putSlot(bob, details: ended)
        await house.engine.start()
        let report = try await house.tick()
        #expect(report.decision.verdict.outcome == .rotated)
        await desk.offered()
        let offer = try #require(desk.bootstrapped.first)
        #expect(
            offer.needy == [SignInOrder(email: bob.email, account: bob.id, refusesOthers: true)])
        #expect(offer.whole == [alice.email, carol.email])
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func `a login that has ended is needy, one that ends later is not`(
        seconds: Int64, isNeedy: Bool
    ) async throws {
        let desk = StubDesk(bootstraps: true)
        let house = EngineHarness(signIns: desk)
        await house.setExample()
        var details = house.details
        details.loginExpiresAt = house.clock.now().adding(seconds: seconds)
        await house.putSlot(bob, details: details)
        await house.engine.start()
        _ = try await house.tick()
        await desk.offered()
        #expect(desk.bootstrapped.first?.needy.isEmpty == !isNeedy)
    }

    @Test func `an account of a setup-token is not offered`() async throws {
        let desk = StubDesk(bootstraps: true)
        let house = EngineHarness(signIns: desk)
        await house.setExample()
        let token = Secret(Array("sk-ant-oat01-of-a-year-long".utf8))
        house.vendor.set(
            profile: .scopeMissing, forToken: Array("sk-ant-oat01-of-a-year-long".utf8))
        await house.engine.start()
        let filed = try await house.engine.addSetupToken(token, email: "dave@example.com")
        _ = try await house.tick()
        await desk.offered()
        let offer = try #require(desk.bootstrapped.first)
        #expect(offer.needy.allSatisfy { $0.account != filed.identity.id })
        #expect(!offer.whole.contains("dave@example.com"))
    }

    @Test func `off, or without a Claude at work, nothing is offered`() async throws {
        for isOff in [true, false] {
            let desk = StubDesk(bootstraps: true)
            let house = EngineHarness(optedIn: !isOff, signIns: desk)
            await house.setExample()
            if !isOff { house.host.set(ClaudePresence(running: false)) }
            await house.engine.start()
            _ = try await house.tick()
            #expect(desk.bootstrapped.isEmpty)
        }
    }

    /// The desk keeps e-mails in lower case.
    @Test(arguments: [bob.email, "new@example.com"], [bob.email, "Bob@Example.com"])
    func `what was given up becomes a nudge, once, filed before or not`(
        stalled: String, spelling: String
    ) async throws {
        let isFiled = stalled == bob.email
        let desk = StubDesk(bootstraps: true)
        func facts(_ isStalled: Bool) -> BootstrapRecord {
            BootstrapRecord(
                email: stalled, attempts: 3,
                lastAt: Timestamp(seconds: 1),
                lastFailure: .challenge, lastDetail: "the page asks", logPath: "/data/log",
                isStalled: isStalled)
        }
        let house = EngineHarness(signIns: desk)
        await house.setExample()
        if isFiled {
            var ended = house.details
            ended.loginExpiresAt = house.clock.now()
            await house.putSlot(AccountIdentity(id: bob.id, email: spelling), details: ended)
        }
        await house.engine.start()
        desk.set(facts: [facts(false)])
        #expect(try await house.tick().nudges.allSatisfy { $0.nudge.code != .captureStalled })
        desk.set(facts: [facts(true)])
        let nudges = try await house.tick().nudges.map(\.nudge).filter {
            $0.code == .captureStalled
        }
        #expect(nudges.count == 1 && nudges.first?.kind == "challenge")
        #expect(nudges.first?.message.contains("/data/log") == true)
        #expect(nudges.first?.email == (isFiled ? spelling : stalled))
    }
}
