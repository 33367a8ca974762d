// Token buckets by an injected clock, and 429 where a route draws from one. A
// heartbeat and an operator at a normal pace never meet one.

import LoopbackHTTP
import Testing

@testable import ControlServer

@Suite struct RateLimitTests {
    @Test(arguments: Quota.allCases)
    func `a burst passes, one more does not, and time gives back exactly one`(
        quota: Quota
    ) throws {
        let rule = try #require(RateLimits.standard.rules[quota])
        let buckets = TokenBuckets(.standard, at: 1000)
        for _ in 0..<rule.burst { #expect(buckets.take([quota], at: 1000) == nil) }
        let step = rule.everyMilliseconds
        #expect(buckets.take([quota], at: 1000) == step)
        #expect(buckets.take([quota], at: 1000 + step - 1) == 1)
        #expect(buckets.take([quota], at: 1000 + step) == nil)
        #expect(buckets.take([quota], at: 1000 + step) == step)
    }

    @Test func `a bucket holds no more than its burst, however long nobody came`() {
        let rule = RateLimits.Rule(burst: 2, everyMilliseconds: 10)
        for later in [20, 21, 1_000_000, Int64.max - 1] {
            let buckets = TokenBuckets(RateLimits([.swaps: rule]), at: 0)
            for _ in 0..<2 { #expect(buckets.take([.swaps], at: 0) == nil) }
            for _ in 0..<2 { #expect(buckets.take([.swaps], at: later) == nil) }
            #expect(buckets.take([.swaps], at: later) == 10)
        }
    }

    @Test func `of two buckets both give or neither`() {
        let buckets = TokenBuckets(
            RateLimits([
                .ticks: .init(burst: 2, everyMilliseconds: 10),
                .freshTicks: .init(burst: 1, everyMilliseconds: 500),
            ]), at: 0)
        #expect(buckets.take([.ticks, .freshTicks], at: 0) == nil)
        #expect(buckets.take([.ticks, .freshTicks], at: 0) == 500)
        #expect(buckets.take([.ticks], at: 0) == nil, "the refused one took nothing")
        #expect(buckets.take([.ticks], at: 0) == 10)
    }

    @Test func `a clock that steps back gives nothing away`() {
        let rule = RateLimits.Rule(burst: 1, everyMilliseconds: 100)
        let buckets = TokenBuckets(RateLimits([.swaps: rule]), at: 1000)
        #expect(buckets.take([.swaps], at: 1000) == nil)
        #expect(buckets.take([.swaps], at: 0) == 100)
        #expect(buckets.take([.swaps], at: 1050) == 50)
    }

    @Test(arguments: [
        ("POST", "/captures", Quota.captures), ("POST", "/imports", .imports),
        ("PUT", "/live", .swaps), ("POST", "/tick", .ticks),
        ("POST", "/tick?fresh=true", .freshTicks),
        ("POST", "/tick?trigger=heartbeat", .heartbeats), ("POST", "/observations", .observations),
        ("PUT", "/opt-in", .changes), ("DELETE", "/pause", .changes),
    ])
    func `too many in a row are 429 with Retry-After, and later again answered`(
        method: String, target: String, quota: Quota
    ) async throws {
        let rule = RateLimits.Rule(burst: 2, everyMilliseconds: 1500)
        let house = await ServerHarness(rateLimits: RateLimits([quota: rule]))
        for _ in 0..<2 { #expect(await house.send(method, target).status != 429) }
        let answer = await house.send(method, target)
        #expect(answer.status == 429 && answer.code == "too-many-requests")
        #expect(answer.fields.single("Retry-After") == "2")
        #expect(answer.text.contains("try again in 2 s"))
        #expect(await house.send("GET", "/accounts").status == 200)
        house.clock.advance(seconds: 2)
        #expect(await house.send(method, target).status != 429)
    }

    @Test func `nobody else can use up what the heartbeat draws from`() async {
        let house = await ServerHarness()
        while await house.send("POST", "/tick").status != 429 {}
        while await house.send("POST", "/tick?fresh=true").status != 429 {}
        #expect(await house.send("POST", "/tick?trigger=heartbeat").status == 200)
    }

    @Test func `ten sessions' heartbeats, and an operator, go on for ever`() async {
        let house = await ServerHarness()
        for minute in 0..<60 {
            for _ in 0..<10 {
                let tick = await house.send("POST", "/tick?trigger=heartbeat")
                #expect(tick.status == 200, "minute \(minute)")
            }
            for (method, target) in [
                ("POST", "/tick"), ("POST", "/captures"), ("PUT", "/opt-in"),
                ("POST", "/tick?fresh=true"), ("DELETE", "/pause"),
            ] {
                #expect(await house.send(method, target).status == 200, "minute \(minute)")
            }
            house.clock.advance(seconds: 60)
        }
    }
}
