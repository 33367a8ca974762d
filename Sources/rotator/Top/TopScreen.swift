// What `rotator top` shows: lines, from what is known, the room there is and
// the time. Nothing here draws or asks; what does not fit is counted, never
// silently left out.

import ControlWire

struct TopScreen {
    let snapshot: TopSnapshot
    let size: TerminalSize
    let isHelp: Bool
    let face: Presentation

    /// `face` is made as wide as the screen.
    init(
        _ snapshot: TopSnapshot, size: TerminalSize, isHelp: Bool = false, _ face: Presentation
    ) {
        self.snapshot = snapshot
        self.size = size
        self.isHelp = isHelp
        var face = face
        face.width = size.columns
        self.face = face
    }

    /// As many as the screen has rows; none is wider than it.
    var lines: [String] {
        guard size.rows > 1 else { return size.rows == 1 ? [foot] : [] }
        let body = isHelp ? Self.help.map { clipped($0) } : sections
        let top = Array(([head] + body).prefix(size.rows - 1))
        let gap = Array(repeating: "", count: size.rows - 1 - top.count)
        return top + gap + [foot]
    }

    static let help = [
        "",
        "q  quit                 t  one tick now, as `rotator tick`",
        "?  this, or back        Ctrl-Z  stop; `fg` comes back",
        "",
        "*  the account Claude Code uses now. A bar is how much of a window is used;",
        "   yellow is near the threshold, red at it. `rotator why` explains the last",
        "   decision, `rotator accounts` prints the table, `rotator plan` looks ahead.",
    ]

    // MARK: First and last line

    private var head: String {
        let clock = LocalTime.text(face.now, from: face.now)
        let live = snapshot.accounts.first { $0.live }?.email ?? "nobody is live"
        let words = ["rotator", state, TerminalText.plain(live)].joined(separator: "  ")
        let room = size.columns - clock.count - 2
        guard room > 0 else {
            return face.style.paint(TerminalText.end(words, size.columns), .bold)
        }
        let text = TerminalText.padded(TerminalText.end(words, room), room + 2)
        return face.style.paint(text + clock, .bold)
    }

    private var state: String {
        guard let optIn = snapshot.optIn else { return "?" }
        guard optIn.enabled else { return "OFF" }
        guard let pause = snapshot.pause, pause.paused else { return "ON" }
        return "PAUSED"
            + (RelativeTime.text(pause.until, from: face.now).map { ", ends \($0)" } ?? "")
    }

    private var foot: String {
        let keys = "q quit  t tick  ? help"
        if let trouble = snapshot.trouble {
            return face.style.paint(clip(trouble), .bad)
        }
        let said = snapshot.isTicking ? "ticking …" : snapshot.notice
        return face.style.paint(clip(keys + (said.map { "  |  \($0)" } ?? "")), .faint)
    }

    // MARK: Between them

    /// Accounts get at most half of the room where something else needs some,
    /// what a person must do comes next, decisions take what is left.
    private var sections: [String] {
        let room = size.rows - 2
        let others = snapshot.nudges.isEmpty && snapshot.decisions.isEmpty
        let accounts = accountLines(room: others ? room : max(room / 2, 4))
        var lines = [""] + accounts
        lines += titled("Needs you", nudgeLines, room: room - lines.count)
        lines += titled("Last decisions", decisionLines, room: room - lines.count)
        return lines
    }

    private func accountLines(room: Int) -> [String] {
        guard !snapshot.accounts.isEmpty else {
            let text =
                snapshot.optIn == nil
                ? "Nothing is known yet."
                : "No account is known yet. Sign in with `claude` and run `rotator capture`."
            return [clip(text)]
        }
        // The live one is never among those that do not fit.
        let sorted = snapshot.accounts.filter(\.live) + snapshot.accounts.filter { !$0.live }
        let fits = sorted.count + 2 <= room
        let shown = fits ? sorted.count : max(room - 3, 1)
        let table = Report.accountsTable(Array(sorted.prefix(shown)), face)
        let more = fits ? [] : [clip("  and \(sorted.count - shown) more")]
        return table.lines(width: size.columns, style: face.style) + more
    }

    private var nudgeLines: [String] {
        snapshot.nudges.flatMap { nudge in
            let paint: Paint? = nudge.urgency == "notice" ? .warning : .bad
            return [face.style.paint(clip("! " + nudge.message), paint)]
                + (nudge.command.map { [clip("    " + $0)] } ?? [])
        }
    }

    private var decisionLines: [String] {
        snapshot.decisions.flatMap { Report.decision($0, face) }.map { clip($0) }
    }

    /// Nothing where there is no room for one line of it.
    private func titled(_ title: String, _ lines: [String], room: Int) -> [String] {
        guard !lines.isEmpty, room >= 3 else { return [] }
        let shown =
            lines.count <= room - 2
            ? lines : lines.prefix(room - 3) + [clip("  and \(lines.count - room + 3) lines more")]
        return ["", face.style.paint(clip(title), .bold)] + shown
    }

    private func clipped(_ text: String) -> String { TerminalText.end(text, size.columns) }

    private func clip(_ text: String) -> String { clipped(TerminalText.plain(text)) }
}
