// `rotator events` and the stream behind it, against the built service and over
// its restarts.

import ControlWire
import Foundation
import LoopbackHTTP
import Synchronization
import Testing

@testable import rotator

@Suite(.serialized) struct EventsTests {
    private struct Line: Decodable, Equatable {
        let id: Int64
        let event: String
    }

    private func lines(_ output: String) throws -> [Line] {
        try output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    /// Ends a service and waits until it has.
    private func end(_ service: RunningProgram) async {
        service.terminate()
        #expect(await service.ended() == 0)
    }

    @Test func `what happened before a restart is told after it, once`() async throws {
        let world = try World()
        let first = try await world.serve()
        try await world.enrol()
        #expect(try await world.rotator("on").code == 0)
        #expect(try await world.rotator("tick").code == 0)
        let before = try lines(try await world.rotator("events", "--json").output)
        #expect(before.map(\.id) == Array(1...Int64(before.count)))
        for kind in ["accounts", "opt-in", "decision", "rotation"] {
            #expect(before.contains { $0.event == kind }, "\(kind)")
        }
        await end(first)
        let second = try await world.serve()
        let seen = before.count / 2
        let after = try lines(
            try await world.rotator("events", "--json", "--after", "\(before[seen - 1].id)").output)
        #expect(Array(after.prefix(before.count - seen)) == Array(before.dropFirst(seen)))
        #expect(try await world.rotator("off").code == 0)
        let text = try await world.rotator("events", "--after", "\(before.count)")
        #expect(text.output.contains("  opt-in  ") && text.output.hasSuffix("off\n"), "\(text)")
        let whole = try await world.rotator("events", "--json")
        #expect(world.tokens.allSatisfy { !whole.output.contains($0) })
        await end(second)
        await world.simulator.stop()
    }

    @Test func `who follows is told over a restart, and misses nothing`() async throws {
        let world = try World()
        let first = try await world.serve()
        let follower = try Program.start(
            Program.rotator(), ["events", "--follow", "--json", "--after", "0"],
            environment: world.environment)
        #expect(try await world.rotator("on").code == 0)
        #expect(await follower.output.untilFirstLine())
        await end(first)
        let second = try await world.serve()
        #expect(try await world.rotator("off").code == 0)
        while !follower.output.text.contains(#""enabled":false"#) { await Task.yield() }
        let all = try lines(try await world.rotator("events", "--json").output)
        let last = try #require(all.last)
        while try lines(follower.output.text).last != last { await Task.yield() }
        #expect(try lines(follower.output.text) == all)
        follower.terminate()
        _ = await follower.ended()
        await end(second)
        await world.simulator.stop()
    }

    @Test func `a stop ends streams and waits at once and whole`() async throws {
        let world = try World()
        let service = try await world.serve()
        let client = world.client
        let tag = try client.exchange(
            method: "GET", target: "/accounts", timeoutMilliseconds: 60_000
        ).fields.single("ETag")
        let fields = HTTPFields([.init(name: "If-None-Match", value: try #require(tag))])
        let ends = Awaited<Int>()
        let streamed = Awaited<Bool>()
        Thread.detachNewThread {
            let answer = try? client.exchange(
                method: "GET", target: "/accounts?wait=60", fields: fields,
                timeoutMilliseconds: 60_000)
            ends.set(answer?.status ?? 0)
        }
        Thread.detachNewThread {
            // Throws when it is cut off.
            let answer = try? client.stream(
                target: "/events", fields: HTTPFields(), quietMilliseconds: 60_000
            ) { _ in true }
            streamed.set(answer?.status == 200)
        }
        func metrics() throws -> String {
            let answer = try client.exchange(
                method: "GET", target: "/metrics", timeoutMilliseconds: 60_000)
            return String(decoding: answer.body, as: UTF8.self)
        }
        while try !metrics().contains("rotator_long_polls 1\n")
            || !metrics().contains("rotator_event_listeners 1\n")
        { await Task.yield() }
        await end(service)
        #expect(await ends.value() == 304)
        #expect(await streamed.value())
        await world.simulator.stop()
    }

    @Test func `without a service it says so, and an id is a number`() async throws {
        let world = try World()
        for arguments in [["events"], ["events", "--follow"]] {
            let run = try await Program.run(
                Program.rotator(), arguments, environment: world.environment)
            #expect(run.code == 7 && run.errors.contains("not running"), "\(run)")
        }
        let wrong = try await world.rotator("events", "--after=-1")
        #expect(wrong.code == 64, "\(wrong)")
        await world.simulator.stop()
    }

    @Test func `curl gets events and metrics, also with HTTP 1_0`() async throws {
        let world = try World()
        try await world.serving { _ async throws in
            #expect(try await world.rotator("on").code == 0)
            for version in ["--http1.1", "--http1.0"] {
                let run = try await Program.run(
                    URL(filePath: "/usr/bin/curl"),
                    [
                        "-sS", version, "--unix-socket", world.data + "/rotator.sock",
                        "http://localhost/events?after=0&follow=false",
                    ], environment: world.environment)
                #expect(run.code == 0 && run.output.contains("event: opt-in\ndata: {"), "\(run)")
            }
        }
    }
}
