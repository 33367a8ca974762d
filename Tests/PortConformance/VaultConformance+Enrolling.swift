// What a sign-in the rotator asked for does to a slot, and does not do to what
// is live.

import RotationCore
import RotationEngine
import Testing

extension VaultConformance {
    static func enrolling(_ world: any VaultWorld) async throws {
        func made(_ token: String) -> MadeCredential {
            let text =
                #"{"claudeAiOauth":{"accessToken":"\#(token)","refreshToken":"r-\#(token)","#
                + #""scopes":["user:inference","user:profile"]}}"#
            return MadeCredential(
                credential: ImportedCredential(text: Secret(Array(text.utf8)), origin: "a file"),
                accessToken: Secret(Array(token.utf8)), configFile: nil)
        }
        let vault = world.vault
        let first = try await vault.enrol(made("e1"), as: alice, now: now)
        #expect(try await vault.slots().slots == [first])
        #expect(await world.liveToken() == nil)
        let second = try await vault.enrol(made("e2"), as: alice, now: now.adding(seconds: 1))
        #expect(second.generation != first.generation)
        #expect(try await vault.slots().slots == [second])
        #expect(
            try await vault.enrol(made("e2"), as: alice, now: now).generation
                == second.generation)
        await #expect(throws: VaultError.superseded(alice.id)) {
            try await vault.enrol(made("e1"), as: alice, now: now)
        }
        #expect(try await vault.slots().slots.map(\.generation) == [second.generation])

        // Of the account that is live: its slot is newer than what is live.
        await world.signIn("a1", missingScopes: false)
        let live = try #require(try await vault.readLive())
        let filed = try await vault.fileLive(live.generation, as: bob, now: now)
        let newer = try await vault.enrol(made("e3"), as: bob, now: now)
        #expect(newer.generation != filed.generation)
        #expect(await world.liveToken() == "a1")
        #expect(try await vault.readLive()?.supersededFor == bob.id)
    }
}
