// Taking over from another rotator: what is proven is filed, what is not is
// named, and nothing goes before everything is stored.

import RotationCore
import RotationEngine
import Support
import Synchronization
import Testing

/// Another rotator's data as told.
private final class ToldImports: ImportSource {
    private let finding: ImportFinding
    private let failure: ImportError?
    private let state = Mutex<[String]>([])
    var removed: [String] { state.withLock { $0 } }

    init(_ candidates: [ImportCandidate], stillOn: String? = nil, failure: ImportError? = nil) {
        finding = ImportFinding(
            source: "/theirs", candidates: candidates,
            plaintext: ["a", "b"].map {
                PlaintextFile(path: "/theirs/slots/\($0).json", content: Secret([1]))
            },
            stillOn: stillOn)
        self.failure = failure
    }

    func find(in directory: String?) async throws(ImportError) -> ImportFinding { finding }

    func remove(_ file: PlaintextFile) async throws(ImportError) {
        if let failure, file.path.hasSuffix("b.json") { throw failure }
        state.withLock { $0.append(file.path) }
    }
}

@Suite struct ImportTests {
    private func login(
        _ identity: AccountIdentity, label: String? = nil, generation: Int = 1,
        lapsesAt: Timestamp? = nil
    ) -> ImportCandidate {
        let token = token(of: identity, generation: generation)
        let text = #"{"claudeAiOauth":{"accessToken":"\#(token)","refreshToken":"r-\#(token)"}}"#
        return ImportCandidate(
            label: label ?? identity.email, origin: "\(identity.email) \(generation)",
            content: .login(
                ImportedCredential(text: Secret(Array(text.utf8)), origin: "a file"),
                accessToken: Secret(Array(token.utf8)), lapsesAt: lapsesAt))
    }

    private func other(_ content: ImportCandidate.Content) -> ImportCandidate {
        ImportCandidate(label: "x@example.com", origin: "a file", content: content)
    }

    private func house(_ imports: ToldImports) -> EngineHarness {
        let house = EngineHarness(optedIn: false, imports: imports)
        for identity in [alice, bob, carol] {
            house.vendor.set(
                profile: .identity(identity), forToken: Array(token(of: identity).utf8))
        }
        return house
    }

    @Test func `a login is filed under the name the vendor gives, and while off`() async throws {
        let house = house(ToldImports([login(alice), login(bob, label: "carol@example.com")]))
        let report = try await house.engine.importCredentials(ImportRequest())
        #expect(report.entries.map(\.code) == [.adopted, .adopted])
        #expect(report.entries.map(\.email) == [alice.email, bob.email])
        #expect(report.entries[1].detail.contains("labelled carol@example.com"))
        let slots = try await house.vault.slots().slots
        #expect(slots.map(\.identity.id) == [alice.id, bob.id])
        #expect(house.engine.snapshot.accounts.count == 2)
        #expect(report.deleted == [] && report.remark?.contains("left where they are") == true)
        #expect(!"\(report)\(house.log.lines)".contains("canary"))
    }

    @Test func `an import made again changes nothing`() async throws {
        let house = house(ToldImports([login(alice)]))
        _ = try await house.engine.importCredentials(ImportRequest())
        let before = try await house.vault.slots().slots.map(\.generation)
        let again = try await house.engine.importCredentials(ImportRequest())
        #expect(again.entries.map(\.code) == [.alreadyThere])
        #expect(try await house.vault.slots().slots.map(\.generation) == before)
    }

    @Test func `one already here is known without asking, lapsed or not`() async throws {
        let lapse = ManualClock().now().adding(seconds: 60)
        let house = house(ToldImports([login(alice, lapsesAt: lapse)]))
        _ = try await house.engine.importCredentials(ImportRequest())
        let asked = house.vendor.profileCalls
        house.clock.advance(seconds: 3600)
        let again = try await house.engine.importCredentials(
            ImportRequest(deletesPlaintext: true))
        #expect(again.entries.map(\.code) == [.alreadyThere] && again.deleted.count == 2)
        #expect(house.vendor.profileCalls == asked)
    }

    /// Ours lapses in eight hours.
    @Test(arguments: [-1, 0, 1])
    func `of two generations only one that lapses later may be the newer`(
        seconds: Int64
    ) async throws {
        let lapse = ManualClock().now().adding(seconds: 8 * 3600 + seconds)
        let imports = ToldImports([login(alice, generation: 2, lapsesAt: lapse)])
        let house = house(imports)
        await house.setLive(alice, filed: false)
        house.vendor.set(
            profile: .identity(alice), forToken: Array(token(of: alice, generation: 2).utf8))
        let report = try await house.engine.importCredentials(
            ImportRequest(deletesPlaintext: true))
        #expect(report.entries.map(\.code) == [seconds > 0 ? .undecided : .keptOurs])
        #expect(imports.removed.isEmpty == (seconds > 0))
        let live = try await house.vault.readLive()
        #expect(try await house.vault.slots().slots.map(\.generation) == [live?.generation])
    }

    @Test func `a vendor that wants to be left alone is asked once, until it is time`() async throws
    {
        let house = house(ToldImports([login(alice), login(bob)]))
        let retry = house.clock.now().adding(seconds: 1000)
        house.vendor.set(
            profile: .rateLimited(retryAfter: retry), forToken: Array(token(of: alice).utf8))
        for (wait, calls) in [(Int64(0), 1), (999, 1), (1, 2)] {
            house.clock.advance(seconds: wait)
            let report = try await house.engine.importCredentials(ImportRequest())
            #expect(report.entries[1].code == .identityUnproven)
            #expect(house.vendor.profileCalls == calls)
        }
    }

    @Test func `an account of which nothing is left keeps no plaintext`() async throws {
        let imports = ToldImports([login(alice), other(.absent)])
        let report = try await house(imports).engine.importCredentials(
            ImportRequest(deletesPlaintext: true))
        #expect(report.entries.map(\.code) == [.adopted, .absent] && report.deleted.count == 2)
    }

    @Test(arguments: [
        (ProfileAnswer.unauthorized, ImportEntry.Code.identityUnproven),
        (.revoked, .identityUnproven), (.restricted, .identityUnproven),
        (.rateLimited(retryAfter: nil), .identityUnproven), (.scopeMissing, .setupToken),
    ])
    func `what the vendor does not vouch for is not filed`(
        answer: ProfileAnswer, code: ImportEntry.Code
    ) async throws {
        let imports = ToldImports([login(alice)])
        let house = house(imports)
        house.vendor.set(profile: answer, forToken: Array(token(of: alice).utf8))
        let report = try await house.engine.importCredentials(
            ImportRequest(deletesPlaintext: true))
        #expect(report.entries.map(\.code) == [code] && report.entries[0].email == nil)
        #expect(try await house.vault.slots().slots.isEmpty && imports.removed.isEmpty)
    }

    @Test(arguments: [-1, 0, 1])
    func `a token that lapsed is not shown to anybody`(seconds: Int64) async throws {
        let lapse = ManualClock().now().adding(seconds: seconds)
        let house = house(ToldImports([login(alice, lapsesAt: lapse)]))
        let report = try await house.engine.importCredentials(ImportRequest())
        #expect(report.entries[0].code == (seconds > 0 ? .adopted : .identityUnproven))
        #expect(house.vendor.profileCalls == (seconds > 0 ? 1 : 0))
    }

    @Test func `plaintext goes when told, and all of it is stored`() async throws {
        let imports = ToldImports([login(alice), login(bob)])
        let house = house(imports)
        let report = try await house.engine.importCredentials(
            ImportRequest(deletesPlaintext: true))
        #expect(
            report.deleted == ["a", "b"].map { "/theirs/slots/\($0).json" }
                && imports.removed == report.deleted)
        #expect(report.remark == nil)
    }

    @Test func `one that is not stored keeps all plaintext`() async throws {
        let odd = [ImportCandidate.Content.setupToken, .damaged("it is torn")]
        for content in odd {
            let imports = ToldImports([login(alice), other(content)])
            let report = try await house(imports).engine.importCredentials(
                ImportRequest(deletesPlaintext: true))
            #expect(report.entries.map(\.code.isStored) == [true, false])
            #expect(report.deleted == [] && imports.removed == [])
            #expect(report.remark?.contains("nothing was deleted") == true)
        }
    }

    @Test func `a store that refuses is said, and keeps the plaintext`() async throws {
        let imports = ToldImports([login(alice)])
        let house = house(imports)
        await house.vault.failNext(.adopt, .refused("read-only"))
        let report = try await house.engine.importCredentials(
            ImportRequest(deletesPlaintext: true))
        #expect(report.entries.map(\.code) == [.refused])
        #expect(report.entries[0].detail == "read-only" && imports.removed == [])
    }

    @Test func `plaintext that could not go is said`() async throws {
        let imports = ToldImports([login(alice)], failure: .failed("it changed"))
        let report = try await house(imports).engine.importCredentials(
            ImportRequest(deletesPlaintext: true))
        #expect(report.deleted == ["/theirs/slots/a.json"])
        #expect(report.remark == "plaintext may be left: it changed")
    }

    @Test func `while the other is on nothing is asked or written`() async throws {
        let house = house(ToldImports([login(alice)], stillOn: "it is on"))
        await #expect(throws: EngineRefusal.otherManagerOn("it is on")) {
            try await house.engine.importCredentials(ImportRequest())
        }
        #expect(house.vendor.calls == [])
        #expect(try await house.vault.slots().slots.isEmpty)
    }

    @Test func `a dry run asks nobody and writes nothing`() async throws {
        let imports = ToldImports([login(alice), other(.setupToken)], stillOn: "it is on")
        let house = house(imports)
        let report = try await house.engine.importCredentials(
            ImportRequest(deletesPlaintext: true, isDryRun: true))
        #expect(report.entries.map(\.code) == [.found, .setupToken])
        #expect(report.remark == "it is on" && imports.removed == [])
        #expect(house.vendor.calls == [])
        #expect(try await house.vault.slots().slots.isEmpty)
    }

    @Test func `without a place to import from there is nothing to import`() async {
        let house = EngineHarness()
        await #expect(throws: EngineRefusal.self) {
            try await house.engine.importCredentials(ImportRequest())
        }
    }
}
