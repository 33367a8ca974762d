// The configuration in force, from all its sources. Pure: environment, flags
// and the file's text are arguments.

import LoginDesk
import RotationCore

struct SettingValue: Hashable, Sendable {
    var text: String
    var source: SettingSource
}

struct Configuration: Sendable {
    private(set) var values: [SettingKey: SettingValue]
    /// Percent per window name; see `Bounds.thresholdByWindow`.
    private(set) var thresholdByWindow: [String: Double] = [:]
    private let environment: [String: String]

    /// `file`: path and flattened content of the YAML file, if there is one.
    init(
        file: (path: String, content: [String: String])?, environment: [String: String],
        flags: [SettingKey: String]
    ) throws(ConfigurationError) {
        self.environment = environment
        values = [:]
        for (key, text) in Self.defaults {
            values[key] = SettingValue(text: text, source: .standard)
        }
        if let file { try adopt(file.content, from: file.path) }
        for key in SettingKey.allCases {
            guard let text = environment[key.variable], !text.isEmpty else { continue }
            try set(key, text, .environment(key.variable))
        }
        for (key, text) in flags.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try set(
                key, text, .flag(key.rawValue.split(separator: ".").last.map(String.init) ?? ""))
        }
        if values[.dataDirectory] == nil { values[.dataDirectory] = standardDataDirectory }
    }

    func text(_ key: SettingKey) -> String { values[key]?.text ?? "" }

    var port: UInt16 { UInt16(text(.port)) ?? 0 }
    var dataDirectory: String { text(.dataDirectory) }
    var socketPath: String { dataDirectory + "/rotator.sock" }

    var bounds: Bounds {
        var bounds = Bounds()
        bounds.threshold = Double(text(.threshold)) ?? bounds.threshold
        bounds.thresholdByWindow = thresholdByWindow
        bounds.tickIntervalSeconds = Int64(text(.tickInterval)) ?? bounds.tickIntervalSeconds
        bounds.dwellSeconds = Int64(text(.dwell)) ?? bounds.dwellSeconds
        bounds.hysteresisPoints = Double(text(.hysteresis)) ?? bounds.hysteresisPoints
        bounds.staleAfterSeconds = Int64(text(.staleAfter)) ?? bounds.staleAfterSeconds
        bounds.strategy = StrategyName(rawValue: text(.strategy)) ?? bounds.strategy
        bounds.weighsPlans = text(.weighPlans) == "true"
        bounds.priority = SettingKey.names(in: text(.priority))
        return bounds
    }

    /// `CLAUDE_PLUGIN_DATA`, when it is our plugin's: other plugins export the
    /// same variable.
    var pluginDataDirectory: String? {
        guard let path = environment["CLAUDE_PLUGIN_DATA"], !path.isEmpty,
            let last = path.split(separator: "/").last, last.contains(text(.pluginName))
        else { return nil }
        return path
    }

    // MARK: -

    private static let defaults: [SettingKey: String] = {
        let bounds = Bounds()
        return [
            .port: "9429", .requireToken: "false", .rateLimits: "true", .store: "auto",
            .pluginName: "janitor",
            .threshold: plain(bounds.threshold), .tickInterval: "\(bounds.tickIntervalSeconds)",
            .dwell: "\(bounds.dwellSeconds)", .hysteresis: plain(bounds.hysteresisPoints),
            .staleAfter: "\(bounds.staleAfterSeconds)",
            .strategy: bounds.strategy.rawValue, .priority: "", .weighPlans: "false",
            .apiBaseURL: "https://api.anthropic.com",
            .tokenURL: "https://platform.claude.com/v1/oauth/token", .allowOtherHosts: "false",
            .statusLineCommand: "", .claude: "", .browser: "", .browserArguments: "",
            .loginPages: AuthorizationPages.vendor.addresses.joined(separator: ","),
            .loginTimeout: "300", .bootstrap: "false", .consent: "ask", .logLevel: "notice",
            .logRequests: "false", .webhookURL: "", .webhookSecretFile: "", .desktopCommand: "",
        ]
    }()

    private static func plain(_ number: Double) -> String {
        number == number.rounded() ? "\(Int64(number))" : "\(number)"
    }

    private mutating func set(
        _ key: SettingKey, _ text: String, _ source: SettingSource
    ) throws(ConfigurationError) {
        if let complaint = key.complaint(about: text) {
            throw ConfigurationError(key, source, complaint)
        }
        values[key] = SettingValue(text: text, source: source)
    }

    private mutating func adopt(
        _ content: [String: String], from path: String
    ) throws(ConfigurationError) {
        let windows = "policy.threshold-by-window."
        for (name, text) in content.sorted(by: { $0.key < $1.key }) {
            if name.hasPrefix(windows) {
                guard let percent = Double(text), (1...100).contains(percent) else {
                    throw ConfigurationError(
                        description: "\(name) (\(path)) cannot be that; it takes a number from 1 "
                            + "to 100")
                }
                thresholdByWindow[String(name.dropFirst(windows.count))] = percent
            } else if let key = SettingKey(rawValue: name) {
                try set(key, text, .file(path))
            } else {
                throw ConfigurationError(
                    description: "\(path) has an unknown key `\(name)`; see `rotator config`")
            }
        }
    }

    private var standardDataDirectory: SettingValue {
        if let plugin = pluginDataDirectory {
            return SettingValue(
                text: plugin + "/oauth-rotator", source: .environment("CLAUDE_PLUGIN_DATA"))
        }
        let home = environment["HOME"] ?? ""
        #if os(macOS)
            let path = home + "/Library/Application Support/oauth-rotator"
            return SettingValue(text: path, source: .standard)
        #else
            if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
                return SettingValue(
                    text: state + "/oauth-rotator", source: .environment("XDG_STATE_HOME"))
            }
            return SettingValue(text: home + "/.local/state/oauth-rotator", source: .standard)
        #endif
    }
}
