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

/// Compared member by member; never NaN.
struct Rank: Comparable {
    let first: Double
    let second: Double
    let third: Double

    init(_ first: Double, _ second: Double = 0, _ third: Double = 0) {
        self.first = first
        self.second = second
        self.third = third
    }

    static func < (left: Rank, right: Rank) -> Bool {
        (left.first, left.second, left.third) < (right.first, right.second, right.third)
    }
}

protocol RotationStrategy: Sendable {
    /// Said of the alternate that is taken because it comes first.
    var choice: Reason { get }
    /// Said of one that comes after it.
    var passedOver: Reason { get }
    /// Said of one whose rank is the same; nil where that means nothing.
    var tie: Reason? { get }
    /// What a usable alternate is ordered by, smallest first.
    func rank(of one: Assessment, in situation: Situation) -> Rank
}

extension RotationStrategy {
    var passedOver: Reason { .otherPreferred }
    var tie: Reason? { .tieOrder }

    /// The most preferred of them, whatever order they come in; nil of none.
    func first(of alternates: [Assessment], in situation: Situation) -> Assessment? {
        guard var first = alternates.first else { return nil }
        var least = rank(of: first, in: situation)
        for one in alternates.dropFirst() {
            let rank = rank(of: one, in: situation)
            if rank < least || (rank == least && one.account < first.account) {
                (first, least) = (one, rank)
            }
        }
        return first
    }
}

/// The one closest to its own limit, so that fresh accounts stay in reserve.
struct DrainFirst: RotationStrategy {
    var choice: Reason { .drainFirst }
    var passedOver: Reason { .lessDrained }

    func rank(of one: Assessment, in situation: Situation) -> Rank {
        Rank(situation.points(of: one))
    }
}

/// The one whose week resets soonest, then whose five hours do: what is left of
/// them then is lost. One that does not say when comes last.
struct SoonestReset: RotationStrategy {
    var choice: Reason { .soonestReset }

    func rank(of one: Assessment, in situation: Situation) -> Rank {
        Rank(
            reset(.sevenDay, of: one, at: situation.now),
            reset(.fiveHour, of: one, at: situation.now), situation.points(of: one))
    }

    /// A window that has reset has not said yet when it will next.
    private func reset(_ key: WindowKey, of one: Assessment, at now: Timestamp) -> Double {
        let window = one.reading?.windows.first { $0.key == key }
        guard let reset = window?.resetsAt, reset > now else { return .infinity }
        return Double(reset.milliseconds)
    }
}

/// The one farthest from its own limit.
struct LeastUsed: RotationStrategy {
    var choice: Reason { .leastUsed }

    func rank(of one: Assessment, in situation: Situation) -> Rank {
        Rank(-situation.points(of: one))
    }
}

/// The one after the live account in the order of account ids, and from the
/// start again: who is live is all there is to remember.
struct RoundRobin: RotationStrategy {
    var choice: Reason { .roundRobin }
    var tie: Reason? { nil }

    func rank(of one: Assessment, in situation: Situation) -> Rank {
        Rank(situation.live.account < one.account ? 0 : 1)
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

    func rank(of one: Assessment, in situation: Situation) -> Rank {
        let names = [one.account.description, one.email]
        let place = names.compactMap { places[$0.lowercased()] }.min()
        return Rank(place ?? .infinity, situation.points(of: one))
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
    /// The strategy's first of accounts that may be taken.
    func preferred(of usable: [Assessment]) -> Assessment? {
        bounds.chosenStrategy.first(of: usable, in: self)
    }

    /// Why an alternate that could have been taken was not, where another was.
    func passedOver(_ one: Assessment, for chosen: ChosenAlternate) -> Reason {
        if !chosen.hasSpentModel, !spentModels(of: one).isEmpty {
            return .modelAtThreshold
        }
        let rank = chosen.strategy.rank(of: one, in: self)
        if rank == chosen.rank {
            if let tie = chosen.strategy.tie { return tie }
            return one.account < chosen.account || !chosen.lasts
                ? .tooLittleRoom : chosen.strategy.passedOver
        }
        let isPreferred = rank < chosen.rank
        return isPreferred || !chosen.lasts ? .tooLittleRoom : chosen.strategy.passedOver
    }
}

/// The alternate that is taken, as the others are held against it.
final class ChosenAlternate {
    let account: AccountID
    let email: String
    let strategy: any RotationStrategy
    let rank: Rank
    let lasts: Bool
    let hasSpentModel: Bool

    init(_ one: Assessment, in situation: Situation) {
        account = one.account
        email = one.email
        strategy = situation.bounds.chosenStrategy
        rank = strategy.rank(of: one, in: situation)
        lasts = situation.hasRoomToStay(one)
        hasSpentModel = !situation.spentModels(of: one).isEmpty
    }
}
