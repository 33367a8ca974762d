// One rotator per store, whatever its port or data directory.

import CredentialStores
import Support
import Testing

@Suite struct InstanceLockTests {
    @Test func `one rotator serves a store, however it is reached`() throws {
        let home = TemporaryDirectory()
        home.makeDirectory("claude")
        home.link("linked", to: home.file("claude"))
        let first = try InstanceLock.acquire(directory: home.file("claude"))
        for other in ["claude", "linked", "claude/../claude"] {
            #expect(throws: InstanceLockError.held(directory: home.file(other))) {
                try InstanceLock.acquire(directory: home.file(other))
            }
        }
        withExtendedLifetime(first) {}
    }

    @Test func `let go, it can be taken again; nothing is written`() throws {
        let home = TemporaryDirectory()
        home.makeDirectory("claude")
        for _ in 0..<3 {
            let lock = try InstanceLock.acquire(directory: home.file("claude"))
            withExtendedLifetime(lock) {}
        }
        #expect(home.names("claude").isEmpty)
        #expect(home.names() == ["claude"])
    }

    @Test func `two stores have two locks, and a missing one is made private`() throws {
        let home = TemporaryDirectory()
        let first = try InstanceLock.acquire(directory: home.file("a"))
        let second = try InstanceLock.acquire(directory: home.file("b"))
        #expect(home.mode("a") == 0o700)
        withExtendedLifetime((first, second)) {}
    }

    @Test func `what is no directory cannot be locked`() {
        let home = TemporaryDirectory()
        home.write("file", "")
        #expect(throws: InstanceLockError.self) {
            try InstanceLock.acquire(directory: home.file("file"))
        }
    }
}
