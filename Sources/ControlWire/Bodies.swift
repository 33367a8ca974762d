// The bodies of the HTTP API, exactly as openapi.yaml describes them. JSON,
// camelCase, unknown members ignored on input; times are RFC 3339 UTC strings;
// utilization is percent. Absent values are written as null, so that a client
// can rely on every member being there.

package struct HealthBody: Codable, Equatable, Sendable {
    package var status: String
    package var version: String
    package var pid: Int32
    package var startedAt: String
    package var optedIn: Bool
    /// E-mail of the live account, or null.
    @Nullable package var live: String?
    @Nullable package var lastTickAt: String?
    /// Seconds this clock is ahead of the vendor's, as of its last answer.
    @Nullable package var clockAheadSeconds: Int64?

    package init(
        status: String, version: String, pid: Int32, startedAt: String, optedIn: Bool,
        live: String? = nil, lastTickAt: String? = nil, clockAheadSeconds: Int64? = nil
    ) {
        self.clockAheadSeconds = clockAheadSeconds
        self.status = status
        self.version = version
        self.pid = pid
        self.startedAt = startedAt
        self.optedIn = optedIn
        self.live = live
        self.lastTickAt = lastTickAt
    }
}

package struct OptInBody: Codable, Equatable, Sendable {
    package var enabled: Bool
    @Nullable package var since: String?
    package var tickIntervalSeconds: Int64
    package var threshold: Double
    package var strategy: String
    package var knownAccounts: Int
    /// The one-line report.
    package var message: String

    package init(
        enabled: Bool, since: String? = nil, tickIntervalSeconds: Int64, threshold: Double,
        strategy: String, knownAccounts: Int, message: String
    ) {
        self.enabled = enabled
        self.since = since
        self.tickIntervalSeconds = tickIntervalSeconds
        self.threshold = threshold
        self.strategy = strategy
        self.knownAccounts = knownAccounts
        self.message = message
    }
}

/// What `PUT /opt-in` accepts; an empty body means on.
package struct OptInRequest: Codable, Equatable, Sendable {
    package var enabled: Bool?
    package var callerPinningVariables: [String]?

    package init(
        enabled: Bool? = nil, callerPinningVariables: [String]? = nil
    ) {
        self.enabled = enabled
        self.callerPinningVariables = callerPinningVariables
    }
}

package struct WindowBody: Codable, Equatable, Sendable {
    package var name: String
    @Nullable package var model: String?
    @Nullable package var utilization: Double?
    @Nullable package var resetsAt: String?

    package init(
        name: String, model: String? = nil, utilization: Double? = nil, resetsAt: String? = nil
    ) {
        self.name = name
        self.model = model
        self.utilization = utilization
        self.resetsAt = resetsAt
    }
}

package struct TightestBody: Codable, Equatable, Sendable {
    package var name: String
    package var utilization: Double

    package init(
        name: String, utilization: Double
    ) {
        self.name = name
        self.utilization = utilization
    }
}

package struct UsageBody: Codable, Equatable, Sendable {
    package var status: String
    @Nullable package var readAt: String?
    @Nullable package var source: String?
    package var windows: [WindowBody]
    @Nullable package var tightest: TightestBody?
    /// What was spent beside the plan; null when not said since the start.
    @Nullable package var extra: ExtraUsageBody?

    package init(
        status: String, readAt: String? = nil, source: String? = nil, windows: [WindowBody],
        tightest: TightestBody? = nil, extra: ExtraUsageBody? = nil
    ) {
        self.extra = extra
        self.status = status
        self.readAt = readAt
        self.source = source
        self.windows = windows
        self.tightest = tightest
    }
}

package struct SlotBody: Codable, Equatable, Sendable {
    package var state: String
    package var kind: String
    package var capturedAt: String
    @Nullable package var refreshedAt: String?
    @Nullable package var accessTokenExpiresAt: String?
    /// True of a setup-token: a year from when it was filed.
    package var accessTokenExpiryIsEstimate: Bool
    @Nullable package var loginExpiresAt: String?
    package var canRefresh: Bool

    package init(
        state: String, kind: String, capturedAt: String, refreshedAt: String? = nil,
        accessTokenExpiresAt: String? = nil, accessTokenExpiryIsEstimate: Bool = false,
        loginExpiresAt: String? = nil, canRefresh: Bool
    ) {
        self.accessTokenExpiryIsEstimate = accessTokenExpiryIsEstimate
        self.state = state
        self.kind = kind
        self.capturedAt = capturedAt
        self.refreshedAt = refreshedAt
        self.accessTokenExpiresAt = accessTokenExpiresAt
        self.loginExpiresAt = loginExpiresAt
        self.canRefresh = canRefresh
    }
}

package struct AccountBody: Codable, Equatable, Sendable {
    package var id: String
    package var email: String
    package var accountUUID: String
    package var organizationUUID: String
    package var live: Bool
    @Nullable package var plan: String?
    @Nullable package var rateLimitTier: String?
    @Nullable package var slot: SlotBody?
    package var usage: UsageBody
    package var policy: PolicyBody

    package init(
        id: String, email: String, accountUUID: String, organizationUUID: String, live: Bool,
        plan: String? = nil, rateLimitTier: String? = nil, slot: SlotBody? = nil,
        usage: UsageBody, policy: PolicyBody = PolicyBody()
    ) {
        self.policy = policy
        self.id = id
        self.email = email
        self.accountUUID = accountUUID
        self.organizationUUID = organizationUUID
        self.live = live
        self.plan = plan
        self.rateLimitTier = rateLimitTier
        self.slot = slot
        self.usage = usage
    }
}

package struct AccountsBody: Codable, Equatable, Sendable {
    /// E-mail of the live account, or null.
    @Nullable package var live: String?
    package var accounts: [AccountBody]

    package init(
        live: String? = nil, accounts: [AccountBody]
    ) {
        self.live = live
        self.accounts = accounts
    }
}

package struct ConsiderationBody: Codable, Equatable, Sendable {
    package var email: String
    package var outcome: String
    package var reason: String
    package var sentence: String
    @Nullable package var tightest: TightestBody?

    package init(
        email: String, outcome: String, reason: String, sentence: String,
        tightest: TightestBody? = nil
    ) {
        self.email = email
        self.outcome = outcome
        self.reason = reason
        self.sentence = sentence
        self.tightest = tightest
    }
}

package struct DecisionBody: Codable, Equatable, Sendable {
    package var id: Int64
    @Nullable package var tick: Int64?
    package var at: String
    package var outcome: String
    package var trigger: String
    @Nullable package var from: String?
    @Nullable package var to: String?
    package var reason: String
    package var sentence: String
    package var considerations: [ConsiderationBody]
    /// When stuck: the earliest reset that helps.
    @Nullable package var earliestReset: String?
    package var repeats: Int64
    package var lastAt: String

    package init(
        id: Int64, tick: Int64? = nil, at: String, outcome: String, trigger: String,
        from: String? = nil, to: String? = nil, reason: String, sentence: String,
        considerations: [ConsiderationBody], earliestReset: String? = nil, repeats: Int64,
        lastAt: String
    ) {
        self.id = id
        self.tick = tick
        self.at = at
        self.outcome = outcome
        self.trigger = trigger
        self.from = from
        self.to = to
        self.reason = reason
        self.sentence = sentence
        self.considerations = considerations
        self.earliestReset = earliestReset
        self.repeats = repeats
        self.lastAt = lastAt
    }
}

package struct DecisionsBody: Codable, Equatable, Sendable {
    package var decisions: [DecisionBody]
    @Nullable package var next: Int64?

    package init(
        decisions: [DecisionBody], next: Int64? = nil
    ) {
        self.decisions = decisions
        self.next = next
    }
}

package struct RotationBody: Codable, Equatable, Sendable {
    package var id: Int64
    package var at: String
    @Nullable package var from: String?
    package var to: String
    package var trigger: String
    package var reason: String
    package var sentence: String
    package var tookMilliseconds: Int64

    package init(
        id: Int64, at: String, from: String? = nil, to: String, trigger: String,
        reason: String, sentence: String, tookMilliseconds: Int64
    ) {
        self.id = id
        self.at = at
        self.from = from
        self.to = to
        self.trigger = trigger
        self.reason = reason
        self.sentence = sentence
        self.tookMilliseconds = tookMilliseconds
    }
}

package struct HistoryBody: Codable, Equatable, Sendable {
    package var rotations: [RotationBody]
    @Nullable package var next: Int64?

    package init(
        rotations: [RotationBody], next: Int64? = nil
    ) {
        self.rotations = rotations
        self.next = next
    }
}

/// One line of an account's lineage; never a token.
package struct LineageEntryBody: Codable, Equatable, Sendable {
    package var at: String
    package var event: String
    package var writer: String
    /// A keyed fingerprint; the same credential, the same text.
    package var generation: String
    @Nullable package var parent: String?
    package var sentence: String

    package init(
        at: String, event: String, writer: String, generation: String, parent: String? = nil,
        sentence: String
    ) {
        self.at = at
        self.event = event
        self.writer = writer
        self.generation = generation
        self.parent = parent
        self.sentence = sentence
    }
}

package struct LineageBody: Codable, Equatable, Sendable {
    /// Newest first.
    package var entries: [LineageEntryBody]
    package init(entries: [LineageEntryBody]) { self.entries = entries }
}

package struct NudgeBody: Codable, Equatable, Sendable {
    package var code: String
    @Nullable package var email: String?
    package var severity: String
    package var urgency: String
    /// Tells nudges of one code apart.
    @Nullable package var kind: String?
    package var since: String
    package var message: String
    @Nullable package var command: String?

    package init(
        code: String, email: String? = nil, severity: String, urgency: String = "notice",
        kind: String? = nil, since: String, message: String, command: String? = nil
    ) {
        self.urgency = urgency
        self.kind = kind
        self.code = code
        self.email = email
        self.severity = severity
        self.since = since
        self.message = message
        self.command = command
    }
}

package struct NudgesBody: Codable, Equatable, Sendable {
    package var nudges: [NudgeBody]

    package init(
        nudges: [NudgeBody]
    ) {
        self.nudges = nudges
    }
}

package struct TickBody: Codable, Equatable, Sendable {
    package var tick: Int64
    package var at: String
    package var outcome: String
    package var decision: DecisionBody
    package var nudges: [NudgeBody]
    /// Of the nudges those not told before; empty unless asked with `announce`.
    package var announced: [NudgeBody]
    package var nextTickAt: String

    package init(
        tick: Int64, at: String, outcome: String, decision: DecisionBody, nudges: [NudgeBody],
        announced: [NudgeBody] = [], nextTickAt: String
    ) {
        self.announced = announced
        self.tick = tick
        self.at = at
        self.outcome = outcome
        self.decision = decision
        self.nudges = nudges
        self.nextTickAt = nextTickAt
    }
}

/// What `PUT /live` accepts.
package struct SwapRequestBody: Codable, Equatable, Sendable {
    package var email: String
    package var force: Bool?

    package init(
        email: String, force: Bool? = nil
    ) {
        self.email = email
        self.force = force
    }
}
