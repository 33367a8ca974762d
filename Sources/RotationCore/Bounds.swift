// Every bound and threshold of the judge, with unit, range and reason. A
// number that decides something stands here and nowhere else.

package struct Bounds: Hashable, Sendable {
    /// Percent, 1…100. Live is left at or above it; a target must be strictly
    /// below. 97 leaves room for the turn in flight; at 99 it can still hit
    /// the wall.
    package var threshold: Double = 97
    /// Percent per window name, overriding `threshold`. Empty by default: one
    /// number is easier to reason about.
    package var thresholdByWindow: [String: Double] = [:]
    /// Seconds between ticks, 10…3600.
    package var tickIntervalSeconds: Int64 = 60
    /// Seconds after our own last automatic swap in which no other happens,
    /// 0…3600: a swap costs the session its prompt cache.
    package var dwellSeconds: Int64 = 300
    /// Percentage points below its threshold an account just left must be
    /// before it is taken again, 0…50: stops two full accounts alternating.
    package var hysteresisPoints: Double = 5
    /// Seconds after which a reading no longer decides anything, 300…7200.
    package var staleAfterSeconds: Int64 = 900
    /// Seconds a rejected or expired live credential is given to renew itself:
    /// Claude Code refreshes its own within one request.
    package var liveRenewalGraceSeconds: Int64 = 300
    /// Distinct HTTP answers, 1…10, of the same refusal (429, 401) before it
    /// is believed: a single one is often a passing throttle.
    package var debounceAnswers: Int = 2

    // Reading cadence: about 28 requests per trailing hour and account are
    // answered before 429s begin.

    /// Seconds between readings of the live account, at most and at least. In
    /// between, so much of the time its room to the wall would last at the
    /// pace work could take on.
    package var liveReadSeconds: Int64 = 600
    package var liveReadNearSeconds: Int64 = 10
    package var wallCaution: Double = 0.8
    /// The pace work could take on, in points of five hours a minute: at least
    /// this, or so many times the fastest measured. A session with subagents
    /// was seen to go from 90 to 100 % within two minutes.
    package var burstPoints: Double = 4.5
    package var burstFactor: Double = 1.5
    /// A reading is planned for so many times the usual pace too, and for this
    /// at most: fast work has faster bursts.
    package var burstOfUsual: Double = 5
    package var burstMostPoints: Double = 6
    /// Seconds after which the fastest pace is forgotten.
    package var burstMemorySeconds: Int64 = 10_800
    /// Points of seven days one point of five hours takes, at most.
    package var mostWeekShare: Double = 0.25
    /// Seconds over which a pace is measured, and points that are a rise
    /// steep enough to be measured over less.
    package var paceSeconds: Int64 = 120
    package var steepPoints: Double = 3
    package var steepSeconds: Int64 = 15
    /// Seconds after which a faster pace is no longer the pace of now.
    package var paceMemorySeconds: Int64 = 1200
    /// Seconds ahead, beside the reading's age, in which a wall that comes at
    /// the measured pace is left before it is met: two looks as near the wall as
    /// looks come. Left sooner, points lapse that are missed later.
    package var wallLeadSeconds: Int64 = 30
    /// Seconds ahead in which that wall makes it urgent to leave an account at
    /// its threshold: two ticks, since a pace grows.
    package var wallHorizonSeconds: Int64 = 120
    /// Seconds a swap takes to reach the session, beside the next reading.
    package var swapReachSeconds: Int64 = 5
    /// Seconds between ticks the reading schedule may ask for.
    package var soonestTickSeconds: Int64 = 10
    /// Points of seven days one point of five hours takes, while not measured.
    package var usualWeekShare: Double = 0.15
    /// Seconds over which the usual pace of the work is averaged, and below
    /// which nothing is called usual.
    package var usualSeconds: Int64 = 7200
    package var usualLeastSeconds: Int64 = 300
    /// Points of five hours a minute work is taken to burn while nothing is
    /// called usual: a busy session's. What lapses meanwhile is gone.
    package var assumedPace: Double = 0.8
    /// So many times the usual pace must be served, for so many seconds, for
    /// quota not to be thin.
    package var thinFactor: Double = 3
    package var thinHorizonSeconds: Int64 = 18_000
    /// Points an account must have left for its lapsing to be worth a swap, and
    /// seconds it must last then at the pace work could take on: it is looked at
    /// again before its wall.
    package var lapsePoints: Double = 3
    package var lapseLastsSeconds: Double = 60
    /// Points of five hours a minute work takes at least, once there is any.
    package var leastPace: Double = 0.2
    /// Seconds a swap that can wait is put off for the end of a turn.
    package var turnPatienceSeconds: Int64 = 300
    /// Seconds an account must begin anew before the live one does, to be used
    /// first where quota is thin.
    package var lapseLeadSeconds: Int64 = 300
    /// How many times as long another account must last at the pace work could
    /// take on, to be swapped to for that alone.
    package var betterFactor: Double = 2
    /// Seconds between two looks that found every session waiting, for nobody to
    /// have worked in between.
    package var idleLookSeconds: Int64 = 120
    /// Seconds between readings of an alternate below its threshold: parked, it
    /// does not change, and it is read again before it is taken.
    package var alternateReadSeconds: Int64 = 1800
    /// Seconds between readings of an account at or above its threshold; resets
    /// can come early, so it is looked at before its stated reset too.
    package var exhaustedReadSeconds: Int64 = 600
    /// Seconds: an alternate's reading older than this is read again before it
    /// is swapped to.
    package var targetReadSeconds: Int64 = 120
    /// Requests per account in any rolling hour, scheduled and forced together.
    package var readsPerHour: Int = 24
    /// Requests beside those, and the points from its threshold within which the
    /// live account has them: there a reading decides most. Where a window of its
    /// begins anew within the hour, the last is for that. Together one fewer than
    /// the endpoint was measured to answer.
    package var readsInReserve: Int = 3
    package var readReservePoints: Double = 3
    /// Seconds added to a `Retry-After` of the usage endpoint: more than half
    /// of the blocks that had just lapsed were seen to be armed again within
    /// 900 s. Added only up to `backOffCapSeconds` in all.
    package var retryAfterMarginSeconds: Int64 = 900
    /// Seconds of back-off after a 429 without `Retry-After`; doubles per
    /// consecutive one up to `backOffCapSeconds`. The longest block measured
    /// is an hour; only a `Retry-After` that says longer is longer.
    package var backOffSeconds: Int64 = 600
    package var backOffCapSeconds: Int64 = 4500

    /// Seconds after a 429 in which an account is read seldom, and the seconds
    /// between two requests for it then, never more than the longest back-off.
    package var throttledSeconds: Int64 = 3600
    package var throttledReadSeconds: Int64 = 360
    /// Part of the time between readings of a parked account by which it is
    /// moved, so that accounts do not stay in step.
    package var readJitter: Double = 0.1

    // What Claude Code's own status line says.

    /// Seconds after a swap in which it may still be of the account before.
    package var observationQuietSeconds: Int64 = 30
    /// Seconds between ticks it may ask for.
    package var observedTickSeconds: Int64 = 10

    /// Seconds of work that are worth a swap where every account is at its
    /// threshold and the live one is about to meet its wall (decision 13).
    package var worthSeconds: Double = 60
    /// The same where it has met it, or cannot serve for another reason: less
    /// would only meet a wall again.
    package var worthAfterWallSeconds: Double = 180
    /// How many times as long as live another at its threshold must last to be
    /// taken before the wall is near.
    package var lastsLongerFactor: Double = 3
    /// The same once it is near: of two that are about as full none is taken.
    package var lastsLongerNearWall: Double = 1.5

    // Filling the live account up where quota is thin (decision 13).

    /// Seconds within which the next status line is counted on: one is drawn with
    /// every answer. Ticks come sooner, and live is left where none came.
    package var lineSeconds: Int64 = 15
    /// Without one, live is read as often as may be, and left where the next
    /// reading would come more than so many seconds after the last.
    package var fillLookSeconds: Int64 = 20
    /// The pace the work could take on until the next word: so many times the
    /// measured one, and at least so many points of five hours a minute.
    package var fillFactor: Double = 1.5
    package var fillPoints: Double = 2.5

    // Refreshes (RFC 6749 §6). An access token lives about 8 hours.

    /// Seconds before its expiry from which a parked slot is refreshed; Claude
    /// Code renews its own 300 s ahead.
    package var refreshLeadSeconds: Int64 = 1800
    /// Up to so many seconds earlier, so that slots do not stay in step.
    package var refreshJitterSeconds: Int64 = 600
    /// Seconds after its issue in which a 401 says "not yet".
    package var settlingSeconds: Int64 = 900
    /// Seconds of back-off after a refresh that brought nothing; doubles per
    /// consecutive one up to the cap.
    package var refreshBackOffSeconds: Int64 = 60
    package var refreshBackOffCapSeconds: Int64 = 3600
    /// Seconds added to a `Retry-After` of the token endpoint. Less than for a
    /// reading: a grant does not count against the usage endpoint's budget, and
    /// an access token that lapses meanwhile leaves its account unmeasured.
    package var refreshRetryAfterMarginSeconds: Int64 = 60
    /// Seconds before a login ends (about 30 days after the sign-in) from which
    /// the human is told.
    package var loginWarningSeconds: Int64 = 3 * 86400
    /// Seconds before its end from which only a sign-in helps in time: after
    /// two nights away, and after one.
    package var loginNeededSeconds: Int64 = 48 * 3600
    package var loginUrgentSeconds: Int64 = 24 * 3600

    // Nudges.

    /// Looks in a row that failed before a person is told: one is a hiccup.
    package var failedLooks: Int = 3
    /// Seconds without a finished tick, or three intervals of ticks if that is
    /// longer, after which ticks count as stalled.
    package var tickStallSeconds: Int64 = 600
    /// Seconds a nudge that is over is remembered as announced: one that comes
    /// and goes is told once.
    package static let announcementMemorySeconds: Int64 = 900

    // Others at the same store.

    /// Ticks in a row put off for a held lock before being stuck.
    package var lockDeferrals: Int = 10
    /// Seconds after another manager's write in which only an account that
    /// cannot serve at all is left: two managers must not undo each other.
    package var otherManagerQuietSeconds: Int64 = 900
    /// Seconds the human is told about that for.
    package var otherManagerNudgeSeconds: Int64 = 3600

    /// Seconds before the profile endpoint is asked again about a live
    /// credential it would not name.
    package var profileRetrySeconds: Int64 = 600

    // Forecast and plan (decision 14).

    /// Seconds of history the burn is measured from: two weeks hold a user's
    /// week-ends and both kinds of weeks.
    package var burnHistorySeconds: Int64 = 14 * 86400
    /// Seconds between two readings, more than which says nothing of when in
    /// between the work was done: a 429 lasts an hour, parked accounts are read
    /// every half hour.
    package var burnGapSeconds: Int64 = 5400
    /// Minutes of an hour that must be covered for it to be a sample.
    package var burnHourMinutes: Int = 30
    /// Minutes of the last hour that must be covered for a recent burn.
    package var burnRecentMinutes: Int = 10
    /// Hours of work below which percentiles say little, and the band is
    /// widened by `burnFewFactor` both ways.
    package var burnFewHours: Int = 5
    package var burnFewFactor: Double = 2
    /// Points a window falls by without its reset having come: it came early.
    package var earlyResetPoints: Double = 2
    /// Points of the seven-day window a five-hour point costs where nothing is
    /// measured, and the five-hour points that belief is worth.
    package var sevenDayShare: Double = 0.11
    package var sevenDayShareWorth: Double = 50
    /// Seconds after which a reading is no longer planned on: parked accounts
    /// are read every half hour, and a throttled one after an hour or more.
    package var planReadingSeconds: Int64 = 7200
    /// Seconds a plan looks beyond the time asked for, to say by how much it
    /// lasts.
    package var planBeyondSeconds: Int64 = 10800
    /// Seconds ahead a plan may be asked for.
    package var planMostSeconds: Int64 = 7 * 86400

    // Whom to prefer (decision 15).

    /// In which order usable alternates are preferred.
    package var strategy = StrategyName.drainFirst
    /// E-mails or account ids for the priority order, most preferred first.
    package var priority: [String] = []
    /// Whether room is compared in points of the smallest plan instead of in
    /// percent.
    package var weighsPlans = false
    /// Seconds after a model was last seen at work in which it still counts as
    /// in use: a session may pause, and one that is spent rises no more.
    package var modelInUseSeconds: Int64 = 3600

    package init() {}
}
