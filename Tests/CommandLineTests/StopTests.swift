// What a service that was told to stop leaves behind.

import Testing

@Suite struct StopTests {
    /// Once, a copy made of the file alone lacked everything: it was all in the
    /// log beside it.
    @Test func `a clean stop leaves the whole history in its file`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            #expect(try await world.rotator("tick").code == 0)
        }
        #expect(world.home.read("janitor-data/oauth-rotator/rotator.sqlite-wal") == nil)
        #expect(world.home.read("janitor-data/oauth-rotator/rotator.sqlite-shm") == nil)
    }
}
