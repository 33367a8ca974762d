// `GET /metrics`: what the text exposition format asks for, and that the
// numbers are the ones the other routes tell.

import ControlWire
import LoopbackHTTP
import RotationCore
import RotationEngine
import Support
import Testing

@testable import ControlServer

/// A second reading of the format, strict: what it does not know is wrong.
private struct Exposition {
    private(set) var types: [String: String] = [:]
    private(set) var samples: [String: Double] = [:]
    private(set) var wrong: [String] = []

    init(_ text: String) {
        if !text.hasSuffix("\n") { wrong.append("does not end with a line feed") }
        var family = ""
        var helped: Set<String> = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if let match = line.wholeMatch(of: #/# HELP ([a-z_]+) (.+)/#) {
                if !helped.insert(String(match.1)).inserted { wrong.append("twice: \(line)") }
            } else if let match = line.wholeMatch(of: #/# TYPE ([a-z_]+) (counter|gauge)/#) {
                family = String(match.1)
                if !helped.contains(family) { wrong.append("no help: \(line)") }
                if types.updateValue(String(match.2), forKey: family) != nil {
                    wrong.append("twice: \(line)")
                }
            } else if let match = line.wholeMatch(of: Self.sample) {
                if String(match.1) != family { wrong.append("outside of its family: \(line)") }
                let key = String(match.1) + String(match.2 ?? "")
                let value = Double(match.3)
                if value == nil { wrong.append("no number: \(line)") }
                if samples.updateValue(value ?? 0, forKey: key) != nil {
                    wrong.append("twice: \(line)")
                }
            } else {
                wrong.append("not understood: \(line)")
            }
        }
        for (name, type) in types where (type == "counter") != name.hasSuffix("_total") {
            wrong.append("\(name) is a \(type)")
        }
    }

    private static var sample: Regex<(Substring, Substring, Substring?, Substring)> {
        // One label and then more; what may stand between the quotes twice.
        #/
            ([a-z_]+)
            (\{[a-z_]+="(?:[^"\\\n]|\\[\\n"])*"
                (?:,[a-z_]+="(?:[^"\\\n]|\\[\\n"])*")*\})?
            \x20(\S+)
        /#
    }
}

@Suite struct MetricsTests {
    private func scrape(_ house: ServerHarness) async -> (Answer, Exposition) {
        let answer = await house.send("GET", "/metrics")
        return (answer, Exposition(answer.text))
    }

    @Test func `it is the text format, before the first tick and after`() async {
        let house = await ServerHarness()
        for _ in 0..<2 {
            let (answer, text) = await scrape(house)
            #expect(answer.status == 200)
            #expect(
                answer.fields.single("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            #expect(text.wrong.isEmpty)
            #expect(text.samples[#"rotator_build_info{version="1.2.3"}"#] == 1)
            #expect(!answer.text.contains("canary"))
            _ = await house.send("POST", "/tick")
        }
    }

    @Test func `the reader of this test finds what is wrong`() {
        let good = "# HELP a_total b\n# TYPE a_total counter\na_total{x=\"y\"} 1\n"
        #expect(Exposition(good).wrong.isEmpty)
        for bad in [
            String(good.dropLast()), good + good, good + "a_total{x=\"y\"} 2\n",
            good + "b 1\n", good + "a_total{x=\"\"\"} 1\n", good + "a_total{x=\"\\q\"} 1\n",
            good + "a_total one\n", good.replacing("counter", with: "gauge"), good + "\n",
            "# TYPE a gauge\na 1\n",
        ] {
            #expect(!Exposition(bad).wrong.isEmpty, "\(bad)")
        }
    }

    @Test func `the numbers are what happened`() async throws {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        house.clock.advance(seconds: 90)
        let (_, text) = await scrape(house)
        let alice = #"{account="alice.org",email="alice@example.com""#
        #expect(
            text.samples[
                "rotator_account_utilization_ratio\(alice),window=\"five_hour\",model=\"\"}"]
                == 0.98)
        #expect(text.samples["rotator_account_live\(alice)}"] == 0)
        let carol = alice.replacing("alice", with: "carol")
        #expect(text.samples["rotator_account_live\(carol)}"] == 1)
        #expect(text.samples["rotator_account_slot_usable\(carol)}"] == 1)
        #expect(text.samples["rotator_seconds_since_last_tick"] == 90)
        #expect(text.samples[#"rotator_ticks_total{outcome="rotated"}"#] == 1)
        #expect(text.samples[#"rotator_ticks_total{outcome="stuck"}"#] == 0)
        #expect(
            text.samples[#"rotator_swaps_total{trigger="request",reason="at-threshold"}"#] == 1)
        #expect(text.samples[#"rotator_usage_reads_total{result="windows"}"#] == 3)
        #expect(text.samples[#"rotator_usage_reads_total{result="rate-limited"}"#] == 0)
        #expect(text.samples[#"rotator_refreshes_total{result="refreshed"}"#] == 0)
        #expect(text.samples["rotator_opted_in"] == 1)
        #expect(text.samples["rotator_event_listeners"] == 0)
    }

    @Test func `what is not known any more is absent, not zero`() async {
        let house = await ServerHarness()
        _ = await house.send("POST", "/tick")
        house.clock.advance(seconds: 7200)
        let (_, text) = await scrape(house)
        let ratios = text.samples.keys.filter { $0.hasPrefix("rotator_account_utilization_ratio") }
        #expect(ratios.count == 3 && ratios.allSatisfy { $0.contains("seven_day") })
    }

    @Test func `labels and help are escaped as the format says`() {
        var text = MetricsText()
        text.family(
            "a", .gauge, "back\\slash \"quoted\"\nline",
            [.init([("x", "q\"b\\n\n√")], 1.5), .init([("x", "2")], .infinity)])
        text.family("b", .gauge, "none", [])
        #expect(
            text.text == "# HELP a back\\\\slash \"quoted\"\\nline\n# TYPE a gauge\n"
                + "a{x=\"q\\\"b\\\\n\\n√\"} 1.5\na{x=\"2\"} +Inf\n")
        #expect(Exposition(text.text.replacing("+Inf", with: "1")).wrong.isEmpty)
    }

    @Test func `listeners and those who wait are counted`() async throws {
        let house = await ServerHarness()
        let stream = await house.send(house.request("GET", "/events"))
        let (_, text) = await scrape(house)
        #expect(text.samples["rotator_event_listeners"] == 1)
        withExtendedLifetime(stream) {}
    }
}
