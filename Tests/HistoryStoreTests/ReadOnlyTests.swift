// A history that is only looked at: every byte stays, whoever writes it
// meanwhile.

import Foundation
import PortConformance
import RotationCore
import RotationEngine
import Support
import Testing

@testable import HistoryStore

@Suite struct ReadOnlyTests {
    private func refusal(_ body: () async throws(HistoryError) -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return switch error {
            case .corrupt(let text), .newerSchema(let text), .unavailable(let text): text
            }
        }
    }

    private func bytes(_ world: FileWorld) throws -> Data {
        try Data(contentsOf: URL(filePath: world.path))
    }

    @Test func `it reads what the service writes meanwhile, and writes nothing`() async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        let looking = SQLiteHistory.forReading(path: world.path)
        #expect(try await looking.load().lastTick == 1)
        _ = try await world.file.append(HistoryConformance.entry(tick: 2))
        #expect(try await looking.load().lastTick == 2)
        let said = await refusal { () async throws(HistoryError) in
            _ = try await looking.append(HistoryConformance.entry(tick: 3))
        }
        #expect(said?.contains("cannot be written") == true)
        looking.close()
        #expect(try await world.file.load().lastTick == 2)
    }

    @Test func `a file nobody has open keeps its bytes and its mode`() async throws {
        let world = FileWorld()
        _ = try await world.file.append(HistoryConformance.entry(tick: 1))
        world.file.close()
        chmod(world.path, 0o600)
        let before = try bytes(world)
        let looking = SQLiteHistory.forReading(path: world.path)
        #expect(try await looking.load().lastTick == 1)
        looking.close()
        #expect(try bytes(world) == before && world.directory.mode("rotator.sqlite") == 0o600)
        // What SQLite leaves beside it is empty, for its owner, and the next writer's to remove.
        #expect(["", nil].contains(world.directory.read("rotator.sqlite-wal")))
        #expect([nil, 0o600].contains(world.directory.mode("rotator.sqlite-shm")))
        _ = try await world.file.append(HistoryConformance.entry(tick: 2))
        world.file.close()
        #expect(world.directory.names("") == ["rotator.sqlite"])
    }

    @Test func `a file that is not there is not made`() async throws {
        let world = FileWorld()
        let looking = SQLiteHistory.forReading(path: world.path)
        let said = await refusal { () async throws(HistoryError) in _ = try await looking.load() }
        #expect(said?.contains("is not there") == true)
        #expect(world.directory.names("").isEmpty)
    }

    @Test(arguments: [1, Schema.version - 1, Schema.version])
    func `an older schema is named, not brought up to date`(version: Int32) async throws {
        let world = FileWorld()
        _ = try await world.file.load()
        world.file.close()
        try world.execute("PRAGMA user_version = \(version)")
        let before = try bytes(world)
        let looking = SQLiteHistory.forReading(path: world.path)
        let said = await refusal { () async throws(HistoryError) in _ = try await looking.load() }
        #expect((said == nil) == (version == Schema.version))
        #expect(said?.contains("schema \(version)") ?? true)
        looking.close()
        #expect(try bytes(world) == before)
    }

    @Test func `what is not a database of ours is refused as ever`() async throws {
        let world = FileWorld()
        world.directory.write("rotator.sqlite", "not a database, but long enough to be looked at")
        let looking = SQLiteHistory.forReading(path: world.path)
        let said = await refusal { () async throws(HistoryError) in _ = try await looking.load() }
        #expect(said?.contains("damaged") == true)
        world.directory.makeDirectory("folder")
        let folder = SQLiteHistory.forReading(path: world.directory.file("folder"))
        let other = await refusal { () async throws(HistoryError) in _ = try await folder.load() }
        #expect(other?.contains("not a regular file") == true)
    }
}
