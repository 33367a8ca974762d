// Bodies of the API as lines for people.

import ControlWire

enum Report {
    static func accounts(_ body: AccountsBody, _ face: Presentation) -> [String] {
        guard !body.accounts.isEmpty else {
            return ["No account is known yet. Sign in with `claude` and run `rotator capture`."]
        }
        return accountsTable(body.accounts, face).lines(width: face.width, style: face.style)
    }

    static func accountsTable(_ accounts: [AccountBody], _ face: Presentation) -> TextTable {
        TextTable(
            columns: [
                .init(title: ""), .init(title: "account", shortens: true), .init(title: "5 h"),
                .init(title: "resets", dispensable: 2), .init(title: "7 d"),
                .init(title: "resets", dispensable: 4), .init(title: "slot", dispensable: 1),
                .init(title: "read", dispensable: 5),
                .init(title: "", shortens: true, dispensable: 3),
            ],
            rows: accounts.map { account in
                let read = RelativeTime.text(account.usage.readAt, from: face.now)
                let slotPaint: Paint? = account.slot?.state == "usable" ? nil : .warning
                return [
                    .init(account.live ? "*" : "", .good),
                    .init(account.email, account.live ? .bold : nil),
                    meter("five_hour", of: account, face), reset("five_hour", of: account, face),
                    meter("seven_day", of: account, face), reset("seven_day", of: account, face),
                    .init(slot(account.slot), slotPaint),
                    .init(read ?? account.usage.status, read == nil ? .warning : .faint),
                    .init(policy(account.policy) ?? "", .faint),
                ]
            })
    }

    /// An estimate is shown as one.
    static func slot(_ body: SlotBody?) -> String {
        guard let body else { return "none" }
        guard body.accessTokenExpiryIsEstimate, let end = body.accessTokenExpiresAt else {
            return body.state
        }
        return "\(body.state) (setup-token, until about \(end.prefix { $0 != "T" }))"
    }

    /// Nil when the operator wants nothing of it.
    static func policy(_ body: PolicyBody) -> String? {
        let words = [
            body.hold ? "held" : nil,
            body.reservePercent > 0 ? "\(plain(body.reservePercent)) % kept in reserve" : nil,
        ].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func window(_ name: String, of account: AccountBody) -> WindowBody? {
        account.usage.windows.first { $0.name == name && $0.model == nil }
    }

    private static func meter(
        _ name: String, of account: AccountBody, _ face: Presentation
    ) -> TextTable.Cell {
        guard let used = window(name, of: account)?.utilization else { return .init("?", .faint) }
        return .init(Meter.text(used), Paint(used: used, face.bounds))
    }

    private static func reset(
        _ name: String, of account: AccountBody, _ face: Presentation
    ) -> TextTable.Cell {
        .init(RelativeTime.text(window(name, of: account)?.resetsAt, from: face.now) ?? "", .faint)
    }

    static func decision(_ body: DecisionBody, _ face: Presentation) -> [String] {
        let runs =
            body.repeats > 1 ? " (\(body.repeats) times, last \(face.time(body.lastAt)))" : ""
        return ["\(face.time(body.at))  \(body.outcome)  \(body.sentence)\(runs)"]
    }

    static func why(_ body: DecisionBody, _ face: Presentation) -> [String] {
        ["\(face.time(body.at))  \(body.outcome) (\(body.reason))", body.sentence]
            + body.considerations.map { one in
                "  \(one.outcome == "chosen" ? ">" : "-") \(one.sentence) [\(one.reason)]"
            }
    }

    static func nudge(_ body: NudgeBody) -> String {
        "[\(body.code)] \(body.message)" + (body.command.map { " Run: \($0)" } ?? "")
    }

    static func plain(_ number: Double) -> String {
        number == number.rounded() ? "\(Int64(number))" : "\(number)"
    }

    /// Columns padded to the widest cell; no line is longer than `width`.
    static func table(_ rows: [[String]], width: Int? = nil) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        return TextTable(
            columns: Array(repeating: .init(title: "", shortens: true), count: columns),
            rows: rows.map { $0.map { TextTable.Cell($0) } }
        ).lines(width: width, style: Style(isColoured: false))
    }
}
