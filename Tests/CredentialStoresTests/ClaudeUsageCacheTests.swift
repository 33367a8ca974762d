// What is read of `.claude.json`: the utilization as its own bytes, who it is
// of and when it was fetched. Whatever is not as expected is nothing.

import RotationCore
import RotationEngine
import Support
import Testing

@testable import CredentialStores

@Suite struct ClaudeUsageCacheTests {
    private let home = TemporaryDirectory()

    private func read() async -> CachedUtilization? {
        await ClaudeUsageCache(paths: ClaudePaths(home: home.path, claudeConfigDir: nil)).read()
    }

    private func config(
        _ cache: String, shown: String = #"{"accountUuid":"a","organizationUuid":"o"}"#
    ) -> String {
        #"{"numStartups":3,"cachedUsageUtilization":\#(cache),"oauthAccount":\#(shown)}"#
    }

    private let good =
        #"{"fetchedAtMs":1790000000123,"accountUuid":"a","utilization":{ "five_hour" : {} }}"#

    @Test func `its bytes, its account, its time and its seat`() async {
        home.write(".claude.json", config(good))
        #expect(
            await read()
                == CachedUtilization(
                    accountUUID: "a", organizationUUID: "o",
                    fetchedAt: Timestamp(milliseconds: 1_790_000_000_123),
                    body: Array(#"{ "five_hour" : {} }"#.utf8)))
    }

    @Test(arguments: [
        #"{"accountUuid":"b","organizationUuid":"o"}"#, "{}", "null", "7",
        #"{"accountUuid":"a"}"#,
    ])
    func `the seat is not known from another account's`(shown: String) async {
        home.write(".claude.json", config(good, shown: shown))
        let cached = await read()
        #expect(cached?.accountUUID == "a" && cached?.organizationUUID == nil)
    }

    @Test(arguments: [
        "null", "[]", "{}", #"{"accountUuid":"a","utilization":{}}"#,
        #"{"fetchedAtMs":1,"utilization":{}}"#, #"{"fetchedAtMs":1,"accountUuid":"a"}"#,
        #"{"fetchedAtMs":null,"accountUuid":"a","utilization":{}}"#,
        #"{"fetchedAtMs":"soon","accountUuid":"a","utilization":{}}"#,
        #"{"fetchedAtMs":1,"accountUuid":"","utilization":{}}"#,
        #"{"fetchedAtMs":1,"accountUuid":7,"utilization":{}}"#,
        #"{"fetchedAtMs":1,"accountUuid":"a","utilization":null}"#,
        #"{"fetchedAtMs":1,"accountUuid":"a","utilization":[1]}"#,
    ])
    func `what lacks something is nothing`(cache: String) async {
        home.write(".claude.json", config(cache))
        #expect(await read() == nil)
    }

    @Test(arguments: ["", "nonsense", "[]", #"{"a":1,"a":2}"#, "{}"])
    func `a file not understood is nothing`(text: String) async {
        home.write(".claude.json", text)
        #expect(await read() == nil)
    }

    @Test func `no file is nothing, and none is made`() async {
        #expect(await read() == nil)
        #expect(home.read(".claude.json") == nil)
    }

    @Test(arguments: [(1 << 18, true), (1 << 18 + 1, false)])
    func `a utilization has an end`(size: Int, isRead: Bool) async {
        let body = "{" + String(repeating: " ", count: size - 2) + "}"
        home.write(
            ".claude.json",
            config(#"{"fetchedAtMs":1,"accountUuid":"a","utilization":\#(body)}"#))
        #expect(await read()?.body.count == (isRead ? size : nil))
    }
}
