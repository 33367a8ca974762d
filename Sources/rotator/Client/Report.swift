// Bodies of the API as lines for people.

import ControlWire

enum Report {
    static func accounts(_ body: AccountsBody) -> [String] {
        guard !body.accounts.isEmpty else {
            return ["No account is known yet. Sign in with `claude` and run `rotator capture`."]
        }
        let rows =
            [["", "account", "5 h", "7 d", "slot", "read", ""]]
            + body.accounts.map { account in
                [
                    account.live ? "*" : " ", account.email, window("five_hour", of: account),
                    window("seven_day", of: account), slot(account.slot),
                    account.usage.readAt ?? account.usage.status, policy(account.policy) ?? "",
                ]
            }
        return table(rows)
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

    private static func window(_ name: String, of account: AccountBody) -> String {
        let window = account.usage.windows.first { $0.name == name && $0.model == nil }
        return window?.utilization.map { "\(plain($0)) %" } ?? "?"
    }

    static func decision(_ body: DecisionBody) -> [String] {
        let runs = body.repeats > 1 ? " (\(body.repeats) times, last \(body.lastAt))" : ""
        return ["\(body.at)  \(body.outcome)  \(body.sentence)\(runs)"]
    }

    static func why(_ body: DecisionBody) -> [String] {
        ["\(body.at)  \(body.outcome) (\(body.reason))", body.sentence]
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

    /// Columns padded to the widest cell.
    static func table(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
