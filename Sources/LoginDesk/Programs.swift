// Where the official client and the browser are on this machine.

import DurableFiles
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package struct Programs: Sendable {
    let client: String
    let browser: String

    /// Both, or an error that names the one that is missing.
    init(_ settings: LoginSettings) throws(SignInRefusal) {
        guard let client = Self.client(settings) else {
            throw .clientMissing(
                settings.client.isEmpty
                    ? "Claude Code's `claude` is not found on the service's PATH; install it, or "
                        + "name it with login.claude"
                    : "login.claude names \(settings.client), which cannot be run")
        }
        guard let browser = Self.browser(settings) else {
            throw .browserMissing(
                settings.browser.isEmpty
                    ? "neither Chrome nor Chromium is found; install one (it need not be your "
                        + "default browser), or name it with login.browser"
                    : "login.browser names \(settings.browser), which cannot be run")
        }
        self.client = client
        self.browser = browser
    }

    /// The `claude` a sign-in would run; nil when there is none.
    package static func client(_ settings: LoginSettings) -> String? {
        let search = ProgramSearch(environment: settings.environment)
        return search.find(settings.client, or: search.clients)
    }

    /// The browser a sign-in would open; nil when there is none.
    package static func browser(_ settings: LoginSettings) -> String? {
        let search = ProgramSearch(environment: settings.environment)
        return search.find(settings.browser, or: search.browsers)
    }
}

struct ProgramSearch {
    let environment: [String: String]

    private var path: [String] {
        (environment["PATH"] ?? "").split(separator: ":").map(String.init)
            .filter { $0.hasPrefix("/") }
    }
    private var home: String { environment["HOME"] ?? "" }

    var clients: [String] {
        path.map { $0 + "/claude" } + [
            home + "/.local/bin/claude", home + "/.claude/local/claude",
            "/opt/homebrew/bin/claude", "/usr/local/bin/claude",
        ]
    }

    var browsers: [String] {
        #if os(macOS)
            let names = ["Google Chrome", "Chromium"]
            return names.flatMap { name in
                ["", home].map { "\($0)/Applications/\(name).app/Contents/MacOS/\(name)" }
            }
        #else
            let names = [
                "google-chrome-stable", "google-chrome", "chromium", "chromium-browser",
            ]
            return names.flatMap { name in path.map { "\($0)/\(name)" } }
        #endif
    }

    /// `chosen` where it is not empty, else the first there is.
    func find(_ chosen: String, or candidates: [String]) -> String? {
        let candidates = chosen.isEmpty ? candidates : [chosen]
        return candidates.first { candidate in
            let facts = (try? FileFacts.of(candidate, following: true)) ?? nil
            return facts?.kind == .file && access(candidate, X_OK) == 0
        }
    }
}
