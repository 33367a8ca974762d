// What Claude Code last kept of its account's usage, in `.claude.json`
// (reference A4): the members around it stay unread, and nothing is written.
// Undocumented, so whatever is not as expected is nothing.

import DurableFiles
import RotationCore
import RotationEngine

package struct ClaudeUsageCache: UsageCache {
    private let path: String

    /// Bytes at most; the file holds histories and grows large.
    private static let limit = 64 << 20
    /// Bytes of the utilization; 3 KB have been seen.
    private static let bodyLimit = 1 << 18
    /// Bytes of a uuid, generously.
    private static let longestName = 128

    package init(paths: ClaudePaths) { path = paths.configFile }

    package func read() async -> CachedUtilization? {
        guard let bytes = try? DurableFile.read(path, limitBytes: Self.limit) else { return nil }
        return Self.cached(in: bytes)
    }

    static func cached(in bytes: [UInt8]) -> CachedUtilization? {
        guard let config = try? JSONObjectText(bytes),
            let cache = config["cachedUsageUtilization"].flatMap({ try? JSONObjectText($0) }),
            let account = name(cache["accountUuid"]),
            let fetchedAt = cache["fetchedAtMs"], !JSONText.isNull(fetchedAt),
            let instant = JSONText.instant(fetchedAt),
            let body = cache["utilization"], body.first == 0x7B, body.count <= bodyLimit
        else { return nil }
        let shown = config["oauthAccount"].flatMap { try? JSONObjectText($0) }
        let isShown = name(shown?["accountUuid"]) == account
        return CachedUtilization(
            accountUUID: account,
            organizationUUID: isShown ? name(shown?["organizationUuid"]) : nil,
            fetchedAt: instant, body: body)
    }

    private static func name(_ text: [UInt8]?) -> String? {
        guard let text, text.count <= longestName, let name = JSONText.string(text), !name.isEmpty
        else { return nil }
        return name
    }
}
