// What `rotator top` shows, line by line, for what is known, the room there is
// and the time.

import ControlWire
import RotationCore
import Testing

@testable import rotator

@Suite struct TopScreenTests {
    private let now = Timestamp(seconds: 1_790_000_000)

    private func snapshot(accounts: Int = 2, nudges: Int = 1, decisions: Int = 2) -> TopSnapshot {
        TopSnapshot(
            optIn: OptInBody(
                enabled: true, tickIntervalSeconds: 120, threshold: 97, strategy: "drain-first",
                knownAccounts: accounts, message: "ON"),
            pause: PauseBody(paused: false),
            accounts: (0..<accounts).map {
                .sample("user\($0)@example.com", live: $0 == accounts - 1, now: now)
            },
            decisions: (0..<decisions).map { index in
                DecisionBody(
                    id: Int64(index), at: now.rfc3339, outcome: "stayed", trigger: "timer",
                    reason: "below-threshold", sentence: "Sentence \(index).", considerations: [],
                    repeats: 1, lastAt: now.rfc3339)
            },
            nudges: (0..<nudges).map { _ in
                NudgeBody(
                    code: "c", severity: "warning", since: now.rfc3339, message: "Sign in.",
                    command: "rotator login")
            })
    }

    private func lines(
        _ snapshot: TopSnapshot, rows: Int = 24, columns: Int = 80, isHelp: Bool = false,
        isColoured: Bool = false
    ) -> [String] {
        TopScreen(
            snapshot, size: TerminalSize(rows: rows, columns: columns), isHelp: isHelp,
            Presentation(style: Style(isColoured: isColoured), now: now)
        ).lines
    }

    @Test func `everything is there at 80 by 24`() {
        let clock = LocalTime.text(now, from: now)
        #expect(
            lines(snapshot()) == [
                "rotator  ON  user1@example.com".padded(to: 80 - clock.count) + clock,
                "",
                "   account            5 h             resets        7 d             slot",
                "*  user1@example.com  ███░░░░░  40 %  in 2 h 5 min  ███████░  97 %  usable",
                "   user0@example.com  ███░░░░░  40 %  in 2 h 5 min  ███████░  97 %  usable",
                "",
                "Needs you",
                "! Sign in.",
                "    rotator login",
                "",
                "Last decisions",
                "2026-09-21T14:13:20Z  stayed  Sentence 0.",
                "2026-09-21T14:13:20Z  stayed  Sentence 1.",
            ] + Array(repeating: "", count: 10) + ["q quit  t tick  ? help"])
    }

    @Test func `it is as high as the terminal and never wider`() {
        for snapshot in [
            TopSnapshot(), snapshot(), snapshot(accounts: 50, nudges: 9, decisions: 50),
        ] {
            for (rows, columns) in [
                (0, 80), (1, 80), (2, 80), (3, 10), (5, 1), (10, 40), (24, 80), (60, 200),
            ] {
                for isHelp in [false, true] {
                    let lines = lines(snapshot, rows: rows, columns: columns, isHelp: isHelp)
                    #expect(lines.count == rows)
                    #expect(lines.allSatisfy { $0.count <= columns }, "\(columns): \(lines)")
                }
            }
        }
    }

    @Test func `what does not fit is counted, and the live account always fits`() {
        let lines = lines(snapshot(accounts: 50, decisions: 50))
        #expect(lines.contains { $0.hasPrefix("*") && $0.contains("user49@example.com") })
        let shown = lines.filter { $0.contains("@example.com  ") && $0.contains("%") }.count
        #expect(lines.contains("  and \(50 - shown) more"))
        #expect(lines.contains { $0.hasPrefix("  and ") && $0.hasSuffix(" lines more") })
    }

    @Test func `off, paused, unreachable and ticking are said`() {
        var snapshot = snapshot()
        snapshot.pause = PauseBody(paused: true, until: now.adding(seconds: 60).rfc3339)
        #expect(lines(snapshot)[0].contains("PAUSED, ends in 1 min"))
        snapshot.optIn?.enabled = false
        #expect(lines(snapshot)[0].contains("OFF"))
        snapshot.isTicking = true
        #expect(lines(snapshot)[23] == "q quit  t tick  ? help  |  ticking …")
        snapshot.trouble = "the service is gone; start it"
        #expect(lines(snapshot)[23] == "the service is gone; start it")
        #expect(lines(TopSnapshot())[0].contains("nobody is live"))
    }

    @Test func `help names every key`() {
        let help = lines(snapshot(), isHelp: true).joined(separator: "\n")
        for key in ["q  quit", "t  one tick", "?  this", "Ctrl-Z"] { #expect(help.contains(key)) }
    }

    @Test func `nothing a terminal would act on comes from the service`() {
        var snapshot = snapshot()
        snapshot.accounts[0].email = "a\u{1B}[2J@example.com"
        snapshot.decisions[0].sentence = "x\u{1B}]0;title\u{07}\ny"
        snapshot.nudges[0].message = "\u{9B}2J"
        #expect(
            lines(snapshot).joined().unicodeScalars.allSatisfy { $0.value >= 32 && $0 != "\u{9B}" })
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: width - count)
    }
}
