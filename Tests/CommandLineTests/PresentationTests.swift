// What is printed for whom: colour, width, times, and tables that fit.

import ControlWire
import RotationCore
import Testing

@testable import rotator

@Suite struct PresentationTests {
    private let now = Timestamp(seconds: 1_790_000_000)

    @Test(
        arguments: [
            ([:], true, true), ([:], false, false), (["TERM": "dumb"], true, false),
            (["NO_COLOR": "1"], true, false), (["NO_COLOR": ""], true, true),
            (["CLICOLOR": "0"], true, false), (["CLICOLOR_FORCE": "1"], false, true),
            (["CLICOLOR_FORCE": "0"], false, false), (["CLICOLOR_FORCE": ""], false, false),
            (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
            (["CLICOLOR_FORCE": "1", "TERM": "dumb"], false, true),
        ] as [([String: String], Bool, Bool)])
    func `colour is for terminals, unless the environment says otherwise`(
        environment: [String: String], isTerminal: Bool, isColoured: Bool
    ) {
        #expect(Style(environment, isTerminal: isTerminal).isColoured == isColoured)
    }

    @Test func `COLUMNS wins over the terminal, and nonsense over nothing`() {
        let size = TerminalSize(rows: 24, columns: 90)
        #expect(TerminalSize.columns(["COLUMNS": "50"], size) == 50)
        #expect(TerminalSize.columns(["COLUMNS": "50"], nil) == 50)
        for nonsense in ["", "0", "-1", "wide"] {
            #expect(TerminalSize.columns(["COLUMNS": nonsense], size) == 90)
            #expect(TerminalSize.columns(["COLUMNS": nonsense], nil) == nil)
        }
    }

    @Test(arguments: [
        (Int64(0), "now"), (1, "in 1 s"), (-1, "1 s ago"), (59, "in 59 s"), (60, "in 1 min"),
        (7_500, "in 2 h 5 min"), (-7_500, "2 h 5 min ago"), (86_400, "in 1 d 0 h"),
    ])
    func `times are told from now`(seconds: Int64, text: String) {
        #expect(RelativeTime.text(now.adding(seconds: seconds), from: now) == text)
        #expect(RelativeTime.text("soon", from: now) == nil)
    }

    @Test func `a program reads the time itself, a person how long ago`() {
        let time = now.adding(seconds: -180).rfc3339
        #expect(Presentation(now: now).time(time) == time)
        let told = Presentation(isTerminal: true, now: now).time(time)
        #expect(told.hasSuffix(", 3 min ago") && told.count == 16)
        #expect(Presentation(isTerminal: true, now: now).time("soon") == "soon")
    }

    @Test(arguments: [
        (12, "someone@a.org", "someon…a.org"), (13, "someone@a.org", "someone@a.org"),
        (2, "someone", "s…"), (1, "someone", "…"), (0, "someone", ""), (-1, "someone", ""),
    ])
    func `what is too long loses its middle`(width: Int, text: String, shown: String) {
        #expect(TerminalText.middle(text, width) == shown)
    }

    @Test func `nothing a terminal would act on is printed`() {
        let cell = TextTable.Cell("a\u{1B}[2Jb\u{202E}c\nd")
        #expect(cell.text == "a[2Jbcd")
    }

    @Test(arguments: [
        (0.0, "░░░░░░░░   0 %"), (12.5, "█░░░░░░░  12 %"), (99.99, "███████░  99 %"),
        (100, "████████ 100 %"), (130, "████████ 130 %"), (-1, "░░░░░░░░   0 %"),
    ])
    func `a meter is full when its window is`(used: Double, text: String) {
        #expect(Meter.text(used) == text)
    }

    @Test(arguments: [
        (88.9, Paint.good), (89, .warning), (96.9, .warning), (97, .bad), (120, .bad),
    ])
    func `a meter turns yellow near the threshold and red at it`(used: Double, paint: Paint) {
        var bounds = Bounds()
        bounds.threshold = 97
        #expect(Paint(used: used, bounds) == paint)
    }
}

@Suite struct TextTableTests {
    private let plain = Style(isColoured: false)
    private let now = Timestamp(seconds: 1_790_000_000)

    private func accounts(_ email: String) -> TextTable {
        let face = Presentation(now: now)
        return Report.accountsTable(
            [AccountBody.sample(email, live: true, now: now), .sample("b@x.org", now: now)], face)
    }

    @Test func `no line is wider than the terminal, whatever its width`() {
        let table = accounts("a.very.long.name.of.somebody@a.very.long.company.example.com")
        for width in 1...200 {
            let lines = table.lines(width: width, style: plain)
            #expect(lines.count == 3)
            #expect(lines.allSatisfy { $0.count <= width }, "\(width): \(lines)")
        }
    }

    @Test func `at 80 columns the account, its meters and its slot are there`() {
        let table = accounts("a.very.long.name.of.somebody@a.very.long.company.example.com")
        #expect(
            table.lines(width: 80, style: plain) == [
                "   account                  5 h             resets        7 d             slot",
                "*  a.very.long…example.com  ███░░░░░  40 %  in 2 h 5 min  ███████░  97 %  usable",
                "   b@x.org                  ███░░░░░  40 %  in 2 h 5 min  ███████░  97 %  usable",
            ])
    }

    @Test func `without a width nothing is cut and the columns stand in line`() {
        let lines = accounts("someone@example.com").lines(width: nil, style: plain)
        #expect(lines[1].contains("someone@example.com") && lines[1].contains("3 min ago"))
        let starts = lines.dropFirst().map { $0.prefix { $0 != "█" }.count }
        #expect(starts[0] == starts[1])
    }

    @Test func `colour takes no room`() {
        let table = accounts("someone@example.com")
        let coloured = table.lines(width: 80, style: Style(isColoured: true))
        #expect(coloured != table.lines(width: 80, style: plain))
        let bare = coloured.map { $0.replacing(#/\u{1B}\[\d+m/#, with: "") }
        #expect(bare == table.lines(width: 80, style: plain))
    }
}

extension AccountBody {
    /// Five-hour window at 40 %, the week at 97.5 %, read three minutes ago.
    static func sample(_ email: String, live: Bool = false, now: Timestamp) -> AccountBody {
        AccountBody(
            id: "a.o", email: email, accountUUID: "a", organizationUUID: "o", live: live,
            slot: SlotBody(
                state: "usable", kind: "login", capturedAt: now.rfc3339, canRefresh: true),
            usage: UsageBody(
                status: "known", readAt: now.adding(seconds: -180).rfc3339,
                windows: [
                    WindowBody(
                        name: "five_hour", utilization: 40,
                        resetsAt: now.adding(seconds: 7_500).rfc3339),
                    WindowBody(
                        name: "seven_day", utilization: 97.5,
                        resetsAt: now.adding(seconds: 300_000).rfc3339),
                ]))
    }
}
