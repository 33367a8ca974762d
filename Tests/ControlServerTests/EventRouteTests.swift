// `GET /events`: what a listener is told, in which order, from where on, and
// when it ends. Pieces are pulled as the server pulls them.

import ControlWire
import Foundation
import RotationCore
import RotationEngine
import Support
import Testing

@testable import ControlServer
@testable import LoopbackHTTP

/// One listener, and what it was told.
private final class Listener {
    let status: Int
    let fields: HTTPFields
    private let stream: HTTPStream?
    private(set) var pieces: [String] = []

    init(_ house: ServerHarness, _ target: String, lastID: String? = nil) async {
        let fields = lastID.map { [("Last-Event-ID", $0)] } ?? []
        let response = await house.send(house.request("GET", target, fields: fields))
        status = response.status
        self.fields = response.fields
        guard case .stream(let stream) = response.body else {
            self.stream = nil
            return
        }
        self.stream = stream
    }

    /// The next piece that is no comment and no preamble; nil at the end.
    func next() async -> String? {
        while let piece = await piece() {
            if piece.contains("data: ") { return piece }
        }
        return nil
    }

    func piece() async -> String? {
        guard let bytes = await stream?.next() else { return nil }
        let piece = String(decoding: bytes, as: UTF8.self)
        pieces.append(piece)
        return piece
    }

    func all() async -> [(id: Int64, kind: String, data: String)] {
        while await piece() != nil {}
        return events
    }

    var events: [(id: Int64, kind: String, data: String)] {
        pieces.joined().components(separatedBy: "\n\n").compactMap { text in
            let lines = text.split(separator: "\n")
            func value(_ name: String) -> String? {
                lines.first { $0.hasPrefix(name + ": ") }.map {
                    String($0.dropFirst(name.count + 2))
                }
            }
            guard let id = value("id").flatMap({ Int64($0) }), let kind = value("event"),
                let data = value("data")
            else { return nil }
            return (id, kind, data)
        }
    }
}

private func decode<Body: Decodable>(_ type: Body.Type, _ data: String) throws -> Body {
    try JSONDecoder().decode(type, from: Data(data.utf8))
}

@Suite struct EventRouteTests {
    @Test func `who listens gets what happens, as the other routes tell it`() async throws {
        let house = await ServerHarness()
        let listener = await Listener(house, "/events")
        #expect(listener.status == 200)
        #expect(listener.fields.single("Content-Type") == "text/event-stream")
        #expect(listener.fields.single("Cache-Control") == "no-store")
        #expect(await listener.piece() == "retry: 3000\n\n")
        let newest = try #require(house.engine.snapshot.newestEvent)
        #expect(await listener.piece() == "id: \(newest)\n\n")
        async let told = listener.next()
        await house.timer.untilSleeping()
        let tick = try await house.send("POST", "/tick").decode(TickBody.self)
        _ = await told
        let kinds = listener.events.map(\.kind)
        #expect(kinds.contains("accounts") && kinds.contains("decision"))
        let decision = try #require(listener.events.first { $0.kind == "decision" })
        #expect(try decode(DecisionBody.self, decision.data) == tick.decision)
        let rotation = try #require(listener.events.first { $0.kind == "rotation" })
        let history = try await house.send("GET", "/history").decode(HistoryBody.self)
        #expect(try decode(RotationBody.self, rotation.data) == history.rotations[0])
        #expect(listener.events.map(\.id).first == newest + 1)
    }

    @Test func `every kind of event has its data`() async throws {
        let house = await ServerHarness()
        _ = await house.send("PUT", "/pause", body: #"{"forSeconds":60}"#)
        _ = await house.send("DELETE", "/pause")
        for name in ["bob", "carol"] { _ = await house.send("DELETE", "/accounts/\(name).org") }
        let nudge = try #require(
            try await house.send("POST", "/tick").decode(TickBody.self).nudges.first)
        _ = await house.send("POST", "/nudges/\(nudge.code)/-/acknowledge")
        _ = await house.send("DELETE", "/opt-in")
        let signIn = SignIn(
            email: "dora@example.com", isUnattended: false, startedAt: house.clock.now(),
            endsAt: house.clock.now(), detail: "the window is open")
        await house.engine.tell(
            AsyncStream { changes in
                changes.yield(signIn)
                changes.finish()
            })
        let listener = await Listener(house, "/events?after=0&follow=false")
        let events = await listener.all()
        func data(_ kind: String) throws -> [String] {
            events.filter { $0.kind == kind }.map(\.data)
        }
        let pauses = try data("pause").map { try decode(PauseBody.self, $0) }
        #expect(pauses.map(\.paused) == [true, false])
        let raised = try data("nudge-raised").map { try decode(NudgeBody.self, $0) }
        #expect(raised.contains(nudge))
        #expect(try data("nudge-acknowledged").map { try decode(NudgeBody.self, $0) } == [nudge])
        let emails = try data("accounts").flatMap { try decode(AccountsEventBody.self, $0).emails }
        #expect(Set(emails) == Set(ServerHarness.names.map(ServerHarness.email)))
        let optIns = try data("opt-in").map { try decode(OptInEventBody.self, $0) }
        #expect(optIns.last?.enabled == false && optIns.last?.at == house.clock.now().rfc3339)
        let logins = try data("login").map { try decode(LoginBody.self, $0) }
        #expect(logins == [LoginBody(signIn)])
        #expect(events.map(\.id) == Array(1...Int64(events.count)))
        #expect(!listener.pieces.joined().contains("canary"))
    }

    @Test func `who comes back gets what happened since, wherever it left`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        let all = await Listener(house, "/events?after=0&follow=false").all()
        #expect(all.count > 4)
        for (index, seen) in all.enumerated() {
            let target = "/events?after=0&follow=false"
            let back = await Listener(house, target, lastID: "\(seen.id)").all()
            #expect(back.map(\.id) == all.dropFirst(index + 1).map(\.id), "the field counts")
            let asked = await Listener(house, "/events?last-event-id=\(seen.id)&follow=false").all()
            #expect(asked.map(\.data) == all.dropFirst(index + 1).map(\.data))
        }
    }

    @Test(arguments: ["999", "x", "-1", "9223372036854775808", "1.5", "007x"])
    func `an id that is none of ours is told to read anew, and goes on`(id: String) async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        let newest = try #require(house.engine.snapshot.newestEvent)
        let listener = await Listener(house, "/events", lastID: id)
        _ = await listener.next()
        #expect(listener.events.map(\.kind) == ["reset"])
        let reset = try decode(ResetEventBody.self, listener.events[0].data)
        #expect(reset == ResetEventBody(reason: .unknownID, newest: newest))
        #expect(listener.events[0].id == newest)
        async let told = listener.next()
        await house.timer.untilSleeping()
        _ = await house.send("DELETE", "/opt-in")
        _ = await told
        #expect(listener.events.map(\.kind) == ["reset", "opt-in"])
    }

    @Test func `an id whose successors are no longer kept is told so`() async throws {
        let house = await ServerHarness()
        for _ in 0...(2 * EventPage.kept) {
            try await house.history.recordOptIn(enabled: true, at: house.clock.now())
        }
        _ = await house.send("POST", "/tick")
        let newest = try #require(house.engine.snapshot.newestEvent)
        let oldest = try #require(
            try await house.history.events(after: 0, through: 1, limit: 1).oldest)
        let late = await Listener(house, "/events?follow=false&after=\(oldest - 2)").all()
        let body = try decode(ResetEventBody.self, try #require(late.first).data)
        #expect(late.count == 1 && body == ResetEventBody(reason: .tooOld, newest: newest))
        for after in [oldest - 1, oldest] {
            let listener = await Listener(house, "/events?after=\(after)")
            _ = await listener.next()
            #expect(listener.events.first?.id == after + 1)
        }
        let everything = await Listener(house, "/events?after=0")
        _ = await everything.next()
        #expect(everything.events.first?.id == oldest)
    }

    @Test func `a slow reader holds one page, and misses nothing`() async throws {
        let house = await ServerHarness()
        let listener = await Listener(house, "/events")
        _ = await listener.piece()
        _ = await listener.piece()
        for number in 0..<50 {
            _ = await house.send("PUT", "/opt-in", body: #"{"enabled":\#(number % 2 == 1)}"#)
        }
        let before = try #require(house.engine.snapshot.newestEvent)
        while listener.events.last?.id != before { _ = await listener.piece() }
        #expect(listener.events.count == 50)
        #expect(listener.pieces.allSatisfy { $0.components(separatedBy: "data: ").count <= 17 })
    }

    @Test func `silence is broken by a comment after 15 seconds, and only then`() async throws {
        let house = await ServerHarness()
        let listener = await Listener(house, "/events")
        _ = await listener.piece()
        _ = await listener.piece()
        for _ in 0..<2 {
            async let beat = listener.piece()
            await house.timer.untilSleeping()
            house.timer.advance(seconds: 14)
            #expect(house.timer.sleeperCount == 1)
            house.timer.advance(seconds: 1)
            #expect(await beat == ":\n\n")
        }
    }

    @Test func `there is room for so many, and a place is given back`() async throws {
        var limits = ControlLimits()
        limits.listeners = 1
        let house = await ServerHarness(limits: limits)
        do {
            let first = await Listener(house, "/events")
            #expect(first.status == 200)
            let second = await house.send("GET", "/events")
            #expect(second.status == 503 && second.code == "too-many-listeners")
            #expect(second.fields.single("Retry-After") == "5")
            withExtendedLifetime(first) {}
        }
        for _ in 0..<3 { #expect(await house.send("HEAD", "/events").status == 200) }
        #expect(house.handler.listeners.count == 0)
        #expect(await Listener(house, "/events").status == 200)
    }

    @Test func `a stop ends the stream after the last event, and refuses new ones`() async throws {
        let house = await ServerHarness()
        let listener = await Listener(house, "/events")
        _ = await listener.piece()
        _ = await listener.piece()
        _ = await house.send("DELETE", "/opt-in")
        await house.engine.stop()
        #expect(await listener.next()?.contains("event: opt-in") == true)
        #expect(await listener.next() == nil)
        let refused = await house.send("GET", "/events")
        #expect(refused.status == 503 && refused.code == "stopping")
    }

    @Test func `a reader that leaves ends the wait`() async throws {
        let house = await ServerHarness()
        let response = await house.send(house.request("GET", "/events"))
        guard case .stream(let stream) = response.body else {
            Issue.record("no stream")
            return
        }
        for _ in 0..<2 { _ = await stream.next() }
        let task = Task { await stream.next() }
        await house.timer.untilSleeping()
        task.cancel()
        #expect(await task.value == nil)
        #expect(house.timer.sleeperCount == 0)
    }

    @Test func `a history that fails ends the stream; one that never opened refuses`() async throws
    {
        let house = await ServerHarness()
        house.history.failNext(.events, .unavailable("disk"))
        _ = await house.send("DELETE", "/opt-in")
        let listener = await Listener(house, "/events?after=0")
        #expect(await listener.next() == nil)
    }

    @Test(arguments: [
        "after=x", "after=-1", "after=", "last-event-id=x", "after=1&last-event-id=1",
        "follow=maybe",
    ])
    func `what cannot be meant is refused`(query: String) async {
        let house = await ServerHarness()
        let answer = await house.send("GET", "/events?" + query)
        #expect(answer.status == 400 && answer.code == "bad-request")
    }
}
