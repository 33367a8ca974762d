// Every setting: its key, default, variable and what it accepts. Values come
// from defaults, a YAML file, the environment and flags, later ones winning;
// where each came from is kept for `rotator config`.

import RotationCore

/// Something in a configuration is wrong: which key, where, and what it takes.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(description: String) { self.description = description }

    init(_ key: SettingKey, _ source: SettingSource, _ complaint: String?) {
        description =
            "\(key.rawValue) (\(source)) cannot be that; it "
            + (complaint ?? "takes something else")
    }
}

/// Where a value came from.
enum SettingSource: Hashable, Sendable, CustomStringConvertible {
    case standard
    case file(String)
    case environment(String)
    case flag(String)

    var description: String {
        switch self {
        case .standard: "default"
        case .file(let path): path
        case .environment(let name): "environment \(name)"
        case .flag(let name): "flag --\(name)"
        }
    }
}

enum SettingKey: String, CaseIterable, Sendable {
    case port = "server.port"
    case requireToken = "server.require-token"
    case rateLimits = "server.rate-limits"
    case store
    case dataDirectory = "data-dir"
    case pluginName = "plugin-name"
    case threshold = "policy.threshold"
    case tickInterval = "policy.tick-interval-seconds"
    case dwell = "policy.dwell-seconds"
    case hysteresis = "policy.hysteresis-points"
    case staleAfter = "policy.stale-after-seconds"
    case strategy = "policy.strategy"
    case priority = "policy.priority"
    case weighPlans = "policy.weigh-plans"
    case apiBaseURL = "upstream.api-base-url"
    case tokenURL = "upstream.token-url"
    case allowOtherHosts = "upstream.allow-other-hosts"
    case statusLineCommand = "statusline.command"
    case claude = "login.claude"
    case browser = "login.browser"
    case browserArguments = "login.browser-arguments"
    case loginPages = "login.pages"
    case loginTimeout = "login.timeout-seconds"
    case bootstrap = "bootstrap.enabled"
    case consent = "bootstrap.consent"
    case logLevel = "log.level"
    case logRequests = "log.requests"
    case webhookURL = "notify.webhook-url"
    case webhookSecretFile = "notify.webhook-secret-file"
    case desktopCommand = "notify.desktop-command"

    /// `ROTATOR_` and the key's last part, as contract and README name them.
    var variable: String {
        switch self {
        case .port: "ROTATOR_PORT"
        case .requireToken: "ROTATOR_REQUIRE_TOKEN"
        case .rateLimits: "ROTATOR_RATE_LIMITS"
        case .store: "ROTATOR_STORE"
        case .dataDirectory: "ROTATOR_DATA_DIR"
        case .pluginName: "ROTATOR_PLUGIN_NAME"
        case .threshold: "ROTATOR_THRESHOLD"
        case .tickInterval: "ROTATOR_TICK_INTERVAL_SECONDS"
        case .dwell: "ROTATOR_DWELL_SECONDS"
        case .hysteresis: "ROTATOR_HYSTERESIS_POINTS"
        case .staleAfter: "ROTATOR_STALE_AFTER_SECONDS"
        case .strategy: "ROTATOR_STRATEGY"
        case .priority: "ROTATOR_PRIORITY"
        case .weighPlans: "ROTATOR_WEIGH_PLANS"
        case .apiBaseURL: "ROTATOR_API_BASE_URL"
        case .tokenURL: "ROTATOR_TOKEN_URL"
        case .allowOtherHosts: "ROTATOR_ALLOW_OTHER_HOSTS"
        case .statusLineCommand: "ROTATOR_STATUSLINE_COMMAND"
        case .claude: "ROTATOR_CLAUDE"
        case .browser: "ROTATOR_BROWSER"
        case .browserArguments: "ROTATOR_BROWSER_ARGUMENTS"
        case .loginPages: "ROTATOR_LOGIN_PAGES"
        case .loginTimeout: "ROTATOR_LOGIN_TIMEOUT_SECONDS"
        case .bootstrap: "ROTATOR_BOOTSTRAP"
        case .consent: "ROTATOR_BOOTSTRAP_CONSENT"
        case .logLevel: "ROTATOR_LOG_LEVEL"
        case .logRequests: "ROTATOR_LOG_REQUESTS"
        case .webhookURL: "ROTATOR_WEBHOOK_URL"
        case .webhookSecretFile: "ROTATOR_WEBHOOK_SECRET_FILE"
        case .desktopCommand: "ROTATOR_DESKTOP_COMMAND"
        }
    }

    /// What is wrong with a value; nil when it is fine.
    func complaint(about text: String) -> String? {
        switch self {
        case .port: range(text, 0...65535)
        case .store: choice(text, ["auto", "keychain", "file", "secret-service"])
        case .threshold: range(text, 1...100)
        case .tickInterval: range(text, 10...3600)
        case .dwell: range(text, 0...3600)
        case .hysteresis: range(text, 0...50)
        case .staleAfter: range(text, 300...7200)
        case .strategy: choice(text, StrategyName.allCases.map(\.rawValue))
        case .priority: Self.names(in: text).allSatisfy(Self.isName) ? nil : Self.namesWanted
        case .loginTimeout: range(text, 5...3600)
        case .consent: choice(text, ["ask", "automatic"])
        case .claude, .browser, .webhookSecretFile:
            text.isEmpty || text.hasPrefix("/") ? nil : "takes an absolute path"
        case .allowOtherHosts, .weighPlans, .requireToken, .rateLimits, .logRequests, .bootstrap:
            choice(text, ["true", "false"])
        case .logLevel: choice(text, ["debug", "info", "notice", "warning", "error"])
        case .dataDirectory, .pluginName, .apiBaseURL, .tokenURL, .loginPages:
            text.isEmpty ? "may not be empty" : nil
        case .statusLineCommand, .webhookURL, .desktopCommand, .browserArguments: nil
        }
    }

    /// A list as the environment has it, separated by commas.
    static func names(in text: String) -> [String] {
        text.split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static let namesWanted = "takes e-mails or account ids, separated by commas"

    private static func isName(_ text: String) -> Bool {
        text.contains("@") || AccountID(text) != nil
    }

    /// As it may be shown: a webhook's address is as good as a password.
    func shown(_ text: String) -> String {
        self == .webhookURL && !text.isEmpty ? "(set)" : text
    }

    /// Whether the file may give several values.
    var isList: Bool {
        self == .priority || self == .browserArguments || self == .loginPages
    }

    private var isWhole: Bool { self != .threshold && self != .hysteresis }

    private func range(_ text: String, _ range: ClosedRange<Double>) -> String? {
        let number = isWhole ? Int64(text).map(Double.init) : Double(text)
        if let number, range.contains(number) { return nil }
        let kind = isWhole ? "whole number" : "number"
        return "takes a \(kind) from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
    }

    private func choice(_ text: String, _ choices: [String]) -> String? {
        choices.contains(text) ? nil : "takes one of \(choices.joined(separator: ", "))"
    }
}
