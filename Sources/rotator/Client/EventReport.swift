// An event as one line, for people or for programs.

import ControlWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum EventReport {
    /// One JSON object; `data` as the service sent it.
    static func json(_ event: ServerSentEvent) -> String {
        #"{"id":\#(Int64(event.id) ?? 0),"event":"\#(event.kind)","data":\#(event.data)}"#
    }

    static func line(_ event: ServerSentEvent) -> String {
        "\(event.id)  \(event.kind)  \(text(event) ?? event.data)"
    }

    /// Nil for what this version does not know.
    private static func text(_ event: ServerSentEvent) -> String? {
        switch event.kind {
        case "decision":
            decode(DecisionBody.self, event).map { "\($0.at)  \($0.outcome): \($0.sentence)" }
        case "rotation":
            decode(RotationBody.self, event).map {
                "\($0.at)  \($0.from ?? "nobody") -> \($0.to) in \($0.tookMilliseconds) ms"
            }
        case "accounts":
            decode(AccountsEventBody.self, event).map {
                "\($0.at)  \($0.emails.joined(separator: ", "))"
            }
        case "nudge-raised": decode(NudgeBody.self, event).map { Report.nudge($0) }
        case "nudge-cleared", "nudge-acknowledged":
            decode(NudgeBody.self, event).map { nudge in
                "[\(nudge.code)]" + (nudge.email.map { " \($0)" } ?? "")
            }
        case "opt-in":
            decode(OptInEventBody.self, event).map { "\($0.at)  \($0.enabled ? "on" : "off")" }
        case "pause": decode(PauseBody.self, event).map(pause)
        case "login":
            decode(LoginBody.self, event).map { login in
                "\(login.changedAt)  \(login.email)  \(login.state): \(login.detail)"
            }
        case "reset":
            decode(ResetEventBody.self, event).map { body in
                switch ResetEventBody.Reason(rawValue: body.reason) {
                case .tooOld: "what happened between is no longer kept as events"
                case .unknownID, nil: "the history has no such event; it may be another one"
                }
            }
        default: nil
        }
    }

    private static func pause(_ body: PauseBody) -> String {
        guard body.paused else { return "lifted" }
        return "\(body.since ?? "")  until \(body.until ?? "it is lifted")"
    }

    private static func decode<Body: Decodable>(
        _ type: Body.Type, _ event: ServerSentEvent
    ) -> Body? {
        try? JSONDecoder().decode(type, from: Data(event.data.utf8))
    }
}
