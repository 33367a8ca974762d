// What holds for the readers of foreign files and answers: what is not
// understood is unknown, never a number out of its range; white space around
// the text changes nothing.

import Foundation
import RotationCore

@testable import CredentialStores
@testable import HostFacts
@testable import Upstream

enum ForeignFileLaws {
    static func usageViolation(_ bytes: [UInt8]) -> String? {
        let report = UsageDecoder.report(bytes)
        guard report == UsageDecoder.report(spaced(bytes)) else { return "white space matters" }
        guard let report else { return nil }
        if case .windows(let windows) = report.answer {
            guard Set(windows.map(\.key)).count == windows.count else { return "a window twice" }
            guard windows.map(\.key) == windows.map(\.key).sorted() else { return "no order" }
            for window in windows {
                if let used = window.utilization, !(0...200).contains(used) {
                    return "a utilization of \(used)"
                }
                if let reset = window.resetsAt, let wrong = instantViolation(reset) {
                    return wrong
                }
            }
        }
        if let places = report.extra?.decimalPlaces, !(0...6).contains(places) {
            return "\(places) decimal places"
        }
        return nil
    }

    /// What is written as RFC 3339 reads as the same second.
    private static func instantViolation(_ instant: Timestamp) -> String? {
        let text = instant.rfc3339
        return Timestamp(rfc3339: text)?.rfc3339 == text ? nil : "the instant \(text)"
    }

    static func sessionViolation(_ bytes: [UInt8]) -> String? {
        SessionFile.isBusy(in: bytes) == SessionFile.isBusy(in: spaced(bytes))
            ? nil : "white space matters"
    }

    static func settingsViolation(_ bytes: [UInt8]) -> String? {
        let names = SettingsFile.pinningNames(in: Data(bytes))
        guard names == SettingsFile.pinningNames(in: Data(spaced(bytes))) else {
            return "white space matters"
        }
        let known = PinningVariables.names + ["apiKeyHelper"]
        return names.allSatisfy(known.contains) ? nil : "an unknown name among \(names)"
    }

    static func configurationViolation(_ bytes: [UInt8]) -> String? {
        guard let cached = ClaudeUsageCache.cached(in: bytes) else { return nil }
        guard !cached.accountUUID.isEmpty, cached.accountUUID.utf8.count <= 128 else {
            return "an account of \(cached.accountUUID.utf8.count) bytes"
        }
        if let wrong = instantViolation(cached.fetchedAt) { return wrong }
        return usageViolation(cached.body)
    }

    /// Names and values as `env` would show them: bytes, not characters.
    static func environmentViolation(_ bytes: [UInt8]) -> String? {
        let wanted = WantedEnvironment(block: bytes)
        var plain: [String: String] = [:]
        for entry in bytes.split(separator: 0) {
            guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: entry[..<equals], as: UTF8.self)
            plain[name] = String(decoding: entry[(equals + 1)...], as: UTF8.self)
        }
        guard wanted.home.map({ Array($0.utf8) }) == plain["HOME"].map({ Array($0.utf8) }) else {
            return "another HOME"
        }
        guard wanted.pinning == PinningVariables.present(in: plain) else {
            return "\(wanted.pinning) pin"
        }
        return nil
    }

    private static func spaced(_ bytes: [UInt8]) -> [UInt8] { [0x20, 0x0A] + bytes + [0x09] }
}
