// One listener's stream of events (WHATWG HTML §9.2, server-sent events). The
// history is the queue: what was not sent yet is read from it a page at a time,
// when the reader has taken the page before. Nothing waits in memory, and who
// falls behind, or comes back after a restart, is served from the same rows.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine

actor EventFeed {
    enum Start: Sendable {
        /// What happens from now on.
        case now
        /// 0 is everything that is kept.
        case after(Int64)
        /// A `Last-Event-ID` that is none of ours.
        case unknown
    }

    private let engine: RotationEngine
    private let timer: any EngineClock
    private let limits: ControlLimits
    /// Ends when it has told all there is.
    private let follows: Bool
    private let seat: Seats.Seat
    private let start: Start
    /// The last event told; nil until it is known where to begin.
    private var last: Int64?
    private var hasBegun = false
    private var beatAt: Timestamp

    init(
        engine: RotationEngine, timer: any EngineClock, limits: ControlLimits, start: Start,
        follows: Bool, seat: Seats.Seat
    ) {
        self.engine = engine
        self.timer = timer
        self.limits = limits
        self.start = start
        self.follows = follows
        self.seat = seat
        beatAt = timer.now().adding(seconds: limits.beatSeconds)
    }

    /// The next piece of the stream; nil is its end.
    func next() async -> [UInt8]? {
        let text = await nextText()
        beatAt = timer.now().adding(seconds: limits.beatSeconds)
        return text.map { Array($0.utf8) }
    }

    private func nextText() async -> String? {
        if !hasBegun {
            hasBegun = true
            return "retry: \(limits.retryMilliseconds)\n\n"
        }
        while !Task.isCancelled {
            let snapshot = engine.snapshot
            if let newest = snapshot.newestEvent {
                if last == nil { return begin(at: newest) }
                if let last, last != newest { return await tell(after: last, newest) }
            }
            guard follows, !engine.hasStopped else { return nil }
            guard timer.now() < beatAt else { return ":\n\n" }
            let (engine, timer, beatAt) = (engine, timer, beatAt)
            await firstOf(
                { await engine.published(past: snapshot.version) },
                { try? await timer.sleep(until: beatAt) })
        }
        return nil
    }

    private func begin(at newest: Int64) -> String {
        switch start {
        case .now:
            last = newest
            // Without data nothing is dispatched, but a reader that loses the
            // connection before the first event comes back with this id.
            return "id: \(newest)\n\n"
        case .after(let id) where id <= newest:
            last = id
            return ":\n\n"
        case .after, .unknown: return reset(.unknownID, newest)
        }
    }

    private func tell(after last: Int64, _ newest: Int64) async -> String? {
        // Another history is in the place of the one the ids were of.
        guard last < newest else { return reset(.unknownID, newest) }
        let page: EventPage
        do {
            page = try await engine.events(
                after: last, through: newest, limit: limits.pageOfEvents)
        } catch {
            // The reader comes back, and is told why not.
            return nil
        }
        let isWhole = last == 0 || page.oldest.map { $0 <= last + 1 } ?? false
        guard isWhole, let end = page.items.last?.id else { return reset(.tooOld, newest) }
        self.last = end
        return page.items.map(Self.text).joined()
    }

    private func reset(_ reason: ResetEventBody.Reason, _ newest: Int64) -> String {
        last = newest
        let body = ResetEventBody(reason: reason, newest: newest)
        return Self.frame(newest, "reset", Answers.encode(body))
    }

    // MARK: Framing

    private static func frame(_ id: Int64, _ kind: String, _ json: [UInt8]?) -> String {
        // One line: JSON escapes what would break it.
        let data = json.map { String(decoding: $0.dropLast(), as: UTF8.self) }
        guard let data else { return "id: \(id)\n\n" }
        return "id: \(id)\nevent: \(kind)\ndata: \(data)\n\n"
    }

    static func text(_ event: EventRecord) -> String {
        frame(event.id, event.content.kind, data(event))
    }

    /// Nil where there is nothing to tell but that it was.
    private static func data(_ event: EventRecord) -> [UInt8]? {
        let at = event.at.rfc3339
        switch event.content {
        case .decision(let record): return Answers.encode(DecisionBody(record))
        case .rotation(let record): return Answers.encode(RotationBody(record))
        case .accounts(let emails):
            return Answers.encode(AccountsEventBody(at: at, emails: emails))
        case .nudgeRaised(let nudge), .nudgeCleared(let nudge), .nudgeAcknowledged(let nudge):
            return Answers.encode(NudgeBody(nudge))
        case .optIn(let enabled): return Answers.encode(OptInEventBody(at: at, enabled: enabled))
        case .pause(let pause): return Answers.encode(PauseBody(pause, at: event.at))
        case .login(let signIn): return Answers.encode(LoginBody(signIn))
        case .unknown: return nil
        }
    }
}

extension ControlHandler {
    func events(_ request: HTTPRequest, _ target: RequestTarget) -> HTTPReply {
        let start: EventFeed.Start
        let follows: Bool
        do throws(ProblemBody) {
            (start, follows) = try listening(request, target)
        } catch {
            return .now(Answers.problem(error))
        }
        guard !engine.hasStopped else { return .now(stopping) }
        let snapshot = engine.snapshot
        // Version 0: it is being opened, which takes a moment.
        guard snapshot.newestEvent != nil || snapshot.version == 0 else {
            return .now(Answers.problem(.historyUnavailable, "the history cannot be read"))
        }
        guard let seat = listeners.take() else { return .now(noRoom("listeners are there")) }
        let feed = EventFeed(
            engine: engine, timer: timer, limits: limits, start: start, follows: follows,
            seat: seat)
        return .now(
            HTTPResponse(
                status: 200, fields: Answers.fields("text/event-stream"),
                body: .stream(HTTPStream { await feed.next() })))
    }

    /// A browser repeats the address it was given and adds `Last-Event-ID`, so
    /// that the field is the newer word.
    private func listening(
        _ request: HTTPRequest, _ target: RequestTarget
    ) throws(ProblemBody) -> (EventFeed.Start, follows: Bool) {
        guard let follows = target.flag("follow", default: true) else {
            throw ProblemBody(code: .badRequest, detail: "`follow` is `true` or `false`")
        }
        let (after, last) = (target.text("after"), target.text("last-event-id"))
        guard after == nil || last == nil else {
            throw ProblemBody(
                code: .badRequest, detail: "give `after` or `last-event-id`, not both")
        }
        var start = EventFeed.Start.now
        if let text = after ?? last {
            guard let id = Int64(text), id >= 0 else {
                throw ProblemBody(
                    code: .badRequest,
                    detail: "`after` and `last-event-id` are the id of an event, or 0")
            }
            start = .after(id)
        }
        let fields = request.fields.all("Last-Event-ID").filter { !$0.isEmpty }
        if let field = fields.first {
            let id = Int64(field).flatMap { $0 >= 0 && fields.count == 1 ? $0 : nil }
            start = id.map(EventFeed.Start.after) ?? .unknown
        }
        return (start, follows)
    }
}
