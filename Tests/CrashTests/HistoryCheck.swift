// The SQLite file itself, opened after the service has gone: whole, and its
// rotations one unbroken chain from the account that was live to the one that
// is.

#if os(Linux)
    import Foundation
    import GRDB

    struct HistoryCheck {
        let scene: Scene

        private struct Swap {
            let from: String?
            let to: String?
            let outcome: String
        }

        var violations: [Violation] {
            let path = scene.home.file("data/rotator.sqlite")
            guard FileManager.default.fileExists(atPath: path) else {
                return [Violation(.databaseIsSound, "there is none")]
            }
            do {
                let queue = try DatabaseQueue(path: path)
                defer { try? queue.close() }
                return try queue.read { db in try sound(db) + chain(db) + decisions(db) }
            } catch {
                return [Violation(.databaseIsSound, "\(error)")]
            }
        }

        private func sound(_ db: Database) throws -> [Violation] {
            let answers = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            let strays = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
            var found: [Violation] = []
            if answers != ["ok"] { found.append(Violation(.databaseIsSound, "\(answers)")) }
            if strays > 0 { found.append(Violation(.databaseIsSound, "\(strays) stray rows")) }
            return found
        }

        /// Two rows for one swap, a swap without a row and a row without a swap
        /// all break the chain.
        private func chain(_ db: Database) throws -> [Violation] {
            let swaps = try Row.fetchAll(
                db,
                sql: """
                    SELECT decisions.from_email, decisions.to_email, decisions.outcome
                    FROM rotations JOIN decisions ON decisions.id = rotations.decision_id
                    ORDER BY rotations.id
                    """
            ).map { Swap(from: $0["from_email"], to: $0["to_email"], outcome: $0["outcome"]) }
            var live = Scene.email("alice")
            var found: [Violation] = []
            for (index, swap) in swaps.enumerated() {
                if swap.from != live || swap.outcome != "rotated" {
                    found.append(
                        Violation(
                            .historyIsTrue,
                            "rotation \(index + 1) is from \(swap.from ?? "nobody") and \(live) "
                                + "was live (\(swap.outcome))"))
                }
                live = swap.to ?? "nobody"
            }
            let now = scene.live.map(Scene.email) ?? "nobody"
            if live != now {
                found.append(
                    Violation(
                        .historyIsTrue, "\(now) is live and the history ends with \(live)"))
            }
            return found
        }

        private func decisions(_ db: Database) throws -> [Violation] {
            let unlike = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM decisions LEFT JOIN rotations
                        ON rotations.decision_id = decisions.id
                    WHERE (decisions.outcome = 'rotated') <> (rotations.id IS NOT NULL)
                    """)
            let ticks = try Row.fetchAll(
                db, sql: "SELECT tick FROM decisions WHERE tick IS NOT NULL ORDER BY id"
            ).map { $0["tick"] as Int64 }
            var found: [Violation] = []
            if unlike != 0 {
                found.append(
                    Violation(.historyIsTrue, "rotations and rotating decisions differ"))
            }
            if ticks != ticks.sorted() {
                found.append(Violation(.historyIsTrue, "ticks run backwards: \(ticks)"))
            }
            return found
        }
    }
#endif
