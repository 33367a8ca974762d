// In which order the usable alternates are preferred. A strategy ranks them and
// decides nothing else: what may be taken at all, the dwell and the room the
// pace of the work asks for are the policy's. Pure, and without memory of its
// own; equal ranks go by account id.

/// The strategies, as configuration and API name them.
package enum StrategyName: String, Sendable, CaseIterable {
    case drainFirst = "drain-first"
    case soonestReset = "soonest-reset"
    case leastUsed = "least-used"
    case roundRobin = "round-robin"
    case priorityOrder = "priority-order"
}

protocol RotationStrategy: Sendable {
    /// Said of the alternate that is taken because it comes first.
    var choice: Reason { get }
    /// Said of one that comes after it.
    var passedOver: Reason { get }
    /// Said of one whose rank is the same; nil where that means nothing.
    var tie: Reason? { get }
    /// What a usable alternate is ordered by, smallest first; compared member
    /// by member, never NaN.
    func rank(of account: AccountID, in situation: Situation) -> [Double]
}

extension RotationStrategy {
    var passedOver: Reason { .otherPreferred }
    var tie: Reason? { .tieOrder }

    /// The same accounts, most preferred first: a total order, whatever order
    /// they come in.
    func order(_ alternates: [AccountID], in situation: Situation) -> [AccountID] {
        alternates.map { (rank: rank(of: $0, in: situation), account: $0) }.sorted { left, right in
            if left.rank == right.rank { return left.account < right.account }
            return left.rank.lexicographicallyPrecedes(right.rank)
        }.map(\.account)
    }
}

/// The one closest to its own limit, so that fresh accounts stay in reserve.
struct DrainFirst: RotationStrategy {
    var choice: Reason { .drainFirst }
    var passedOver: Reason { .lessDrained }

    func rank(of account: AccountID, in situation: Situation) -> [Double] {
        [situation.points(of: account)]
    }
}

/// The one whose week resets soonest, then whose five hours do: what is left of
/// them then is lost. One that does not say when comes last.
struct SoonestReset: RotationStrategy {
    var choice: Reason { .soonestReset }

    func rank(of account: AccountID, in situation: Situation) -> [Double] {
        [
            reset(.sevenDay, of: account, in: situation),
            reset(.fiveHour, of: account, in: situation), situation.points(of: account),
        ]
    }

    /// A window that has reset has not said yet when it will next.
    private func reset(_ key: WindowKey, of account: AccountID, in s: Situation) -> Double {
        let window = s.usage(of: account).reading?.windows.first { $0.key == key }
        guard let reset = window?.resetsAt, reset > s.now else { return .infinity }
        return Double(reset.milliseconds)
    }
}

/// The one farthest from its own limit.
struct LeastUsed: RotationStrategy {
    var choice: Reason { .leastUsed }

    func rank(of account: AccountID, in situation: Situation) -> [Double] {
        [-situation.points(of: account)]
    }
}

/// The one after the live account in the order of account ids, and from the
/// start again: who is live is all there is to remember.
struct RoundRobin: RotationStrategy {
    var choice: Reason { .roundRobin }
    var tie: Reason? { nil }

    func rank(of account: AccountID, in situation: Situation) -> [Double] {
        [situation.live < account ? 0 : 1]
    }
}

/// The first of a list of e-mails or account ids; those not in it come after,
/// drain-first among themselves.
struct PriorityOrder: RotationStrategy {
    private let places: [String: Double]

    init(_ list: [String]) {
        places = Dictionary(
            list.enumerated().map { ($1.lowercased(), Double($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    var choice: Reason { .priorityOrder }

    func rank(of account: AccountID, in situation: Situation) -> [Double] {
        let names = [account.description, situation.email(of: account)]
        let place = names.compactMap { places[$0.lowercased()] }.min()
        return [place ?? .infinity, situation.points(of: account)]
    }
}

extension StrategyName {
    /// Whether it goes by what is left, and so by what lapses where that is
    /// thin.
    var mindsLapses: Bool { self == .drainFirst || self == .soonestReset }
}

extension Bounds {
    var chosenStrategy: any RotationStrategy {
        switch strategy {
        case .drainFirst: DrainFirst()
        case .soonestReset: SoonestReset()
        case .leastUsed: LeastUsed()
        case .roundRobin: RoundRobin()
        case .priorityOrder: PriorityOrder(priority)
        }
    }
}

extension Situation {
    /// Percentage points to the threshold of the tightest window. Every
    /// account that may be taken has a reading.
    func room(of account: AccountID) -> Double {
        judged(account)?.margin ?? .infinity
    }

    /// The strategy's order of accounts that may be taken.
    func preferred(_ usable: [AccountID]) -> [AccountID] {
        bounds.chosenStrategy.order(usable, in: self)
    }

    /// Why an alternate that could have been taken was not, where `chosen` was.
    /// `lasts` says whether an account lasts for the dwell at the pace of the
    /// work.
    func passedOver(
        _ account: AccountID, for chosen: AccountID, lasts: (AccountID) -> Bool
    ) -> Reason {
        if !spentModels(of: account).isEmpty, spentModels(of: chosen).isEmpty {
            return .modelAtThreshold
        }
        let strategy = bounds.chosenStrategy
        let (mine, other) = (
            strategy.rank(of: account, in: self), strategy.rank(of: chosen, in: self)
        )
        if mine == other, let tie = strategy.tie { return tie }
        let isPreferred = strategy.order([account, chosen], in: self).first == account
        if isPreferred || !lasts(chosen) { return .tooLittleRoom }
        return strategy.passedOver
    }
}
