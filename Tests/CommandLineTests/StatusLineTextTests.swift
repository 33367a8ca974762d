// The one line itself: what is drawn from which answer, and how.

import ControlWire
import RotationCore
import Testing

@testable import rotator

@Suite struct StatusLineTextTests {
    private let now = Timestamp(seconds: 1_790_000_000)

    private func body(
        optedIn: Bool = true, live: String? = "a@example.com", _ used: [Double?] = [50, 20],
        resetIn: Int64? = nil, usable: Int = 2
    ) -> StatusLineBody {
        StatusLineBody(
            optedIn: optedIn, live: live,
            windows: zip(["five_hour", "seven_day"], used).map {
                WindowBody(name: $0, utilization: $1)
            }, nextResetAt: resetIn.map { now.adding(seconds: $0).rfc3339 }, knownAlternates: 2,
            usableAlternates: usable)
    }

    private func line(_ body: StatusLineBody, input: String = "") -> String {
        StatusLineText(body, StatusLineInput(Array(input.utf8)), at: now)
            .line(at: now, palette: nil)
    }

    @Test(arguments: [
        (0.0, "░░░░░░░░ 0 %"), (12.4, "░░░░░░░░ 12 %"), (12.5, "█░░░░░░░ 12 %"),
        (99.9, "███████░ 99 %"), (100, "████████ 100 %"), (200, "████████ 200 %"),
    ])
    func `a bar is full only when the window is`(used: Double, bar: String) {
        #expect(line(body([used])) == "a@example.com  5 h \(bar)  2 alternates left")
    }

    @Test(arguments: [
        (Int64(59), "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h 0 min"),
        (86_399, "23 h 59 min"), (86_400, "1 d 0 h"), (450_000, "5 d 5 h"),
    ])
    func `the next reset is told in two units at most`(seconds: Int64, text: String) {
        #expect(line(body(resetIn: seconds)).contains("  reset in \(text)  "))
    }

    @Test(arguments: [(0, "no alternate left"), (1, "1 alternate left"), (2, "2 alternates left")])
    func `what is left is counted`(usable: Int, text: String) {
        #expect(line(body(usable: usable)).hasSuffix("  " + text))
    }

    @Test func `a reset that is over is not told, nor an unknown window`() {
        #expect(line(body([nil, 20], resetIn: 0)).hasPrefix("a@example.com  7 d "))
        #expect(!line(body(resetIn: 0)).contains("reset"))
        #expect(line(body([nil, nil])) == "a@example.com  usage unknown  2 alternates left")
    }

    @Test func `while off, or with nobody live, what Claude Code says is drawn`() {
        let input = #"{"rate_limits":{"five_hour":{"used_percentage":75}}}"#
        #expect(line(body(optedIn: false), input: input) == "5 h ██████░░ 75 %  rotation off")
        #expect(line(body(live: nil), input: input) == "no live account  5 h ██████░░ 75 %")
    }

    @Test func `a window that is over is not drawn`() {
        let input =
            #"{"rate_limits":{"five_hour":{"used_percentage":75,"resets_at":1790000000},"#
            + #""seven_day":{"used_percentage":5,"resets_at":1790000060}}}"#
        let text = StatusLineText(StatusLineInput(Array(input.utf8)), at: now)
        #expect(text.line(at: now, palette: nil) == "7 d ░░░░░░░░ 5 %  reset in 1 min")
    }

    @Test func `nothing a terminal acts on gets through`() {
        let text = line(body(live: "a\u{1B}]0;x\u{7}\u{202E}\n@example.com"))
        #expect(text.hasPrefix("a]0;x@example.com  "))
    }

    @Test func `what is sent is what was said, reduced`() throws {
        let input = StatusLineInput(
            Array(
                (#"{"session_id":"s","model":{"id":"m"},"cost":{"total_api_duration_ms":4100.7},"#
                    + #""rate_limits":{"five_hour":{"used_percentage":7.5,"resets_at":1790000000},"#
                    + #""seven_day":{"used_percentage":null}},"transcript_path":"/x"}"#).utf8))
        #expect(
            input.observation
                == ObservationRequestBody(
                    session: "s", apiMilliseconds: 4100, model: "m",
                    windows: [
                        ObservedWindowBody(
                            name: "five_hour", utilization: 7.5,
                            resetsAt: Timestamp(seconds: 1_790_000_000).rfc3339)
                    ]))
    }

    @Test(arguments: [(128, true), (129, false)])
    func `a session without a name that can be sent is not`(count: Int, isSent: Bool) {
        let name = String(repeating: "ö", count: count)
        let input = StatusLineInput(Array(#"{"session_id":"\#(name)"}"#.utf8))
        #expect((input.observation != nil) == isSent)
    }

    @Test(arguments: [(1e11, false), (-1, false), (0, true)])
    func `a reset that is no time is none`(seconds: Double, isTime: Bool) {
        let text =
            #"{"rate_limits":{"five_hour":{"used_percentage":7,"resets_at":\#(seconds)}}}"#
        #expect((StatusLineInput(Array(text.utf8)).windows.first?.resetsAt != nil) == isTime)
    }
}
