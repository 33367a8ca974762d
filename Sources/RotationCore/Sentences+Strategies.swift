// What is said of the alternate a strategy puts first, and of the others.

extension Sentences {
    /// What the first of a strategy's order is, after "the".
    static func merit(_ choice: Reason) -> String {
        switch choice {
        case .lapsesFirst: "usable alternate whose five hours lapse first"
        case .soonestReset: "usable alternate whose quota resets soonest"
        case .leastUsed: "usable alternate farthest from its own limit"
        case .roundRobin: "next usable alternate in turn"
        case .priorityOrder: "first usable alternate of the configured order"
        default: "usable alternate closest to its own limit"
        }
    }

    static func tie(_ level: String, _ s: Situation) -> String {
        s.bounds.strategy == .drainFirst
            ? "is as drained (\(level)) as the chosen one; ties go by account id"
            : "ranks as the chosen one does (\(level)); ties go by account id"
    }
}
