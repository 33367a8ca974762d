// What `rotator doctor` says of one thing it looked at.

import ControlWire

enum FindingSeverity: String, Encodable, CaseIterable {
    case ok, info, warning, error

    var rank: Int {
        switch self {
        case .ok: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}

/// Stable codes; append only.
enum FindingCode: String, Encodable, CaseIterable {
    case configuration, service, port, store, slots, locks, permissions, database, pinning
    case pinnedSession = "pinned-session"
    case configDirectory = "config-directory"
    case claude, clock, browser, libraries, ticks
}

struct Finding: Equatable {
    let code: FindingCode
    let severity: FindingSeverity
    /// What is the case; one sentence, no secret.
    let message: String
    /// What to do; nil where nothing is to be done.
    var remedy: String?
    /// A command that does it, or says more.
    var command: String?
    /// What the program ends with because of an error; 0 for the rest.
    var exitCode = ExitCode.done

    static func ok(_ code: FindingCode, _ message: String) -> Finding {
        Finding(code: code, severity: .ok, message: message)
    }

    static func info(_ code: FindingCode, _ message: String) -> Finding {
        Finding(code: code, severity: .info, message: message)
    }

    static func warning(
        _ code: FindingCode, _ message: String, _ remedy: String, _ command: String
    ) -> Finding {
        Finding(
            code: code, severity: .warning, message: message, remedy: remedy, command: command)
    }

    static func error(
        _ code: FindingCode, _ message: String, _ remedy: String, _ command: String,
        _ exitCode: ExitCode = .failed
    ) -> Finding {
        Finding(
            code: code, severity: .error, message: message, remedy: remedy, command: command,
            exitCode: exitCode)
    }
}

/// All of them, in the order they were looked at.
struct Diagnosis {
    let findings: [Finding]

    /// Of the first error; 0 when there is none.
    var exitCode: ExitCode {
        findings.first { $0.severity == .error }?.exitCode ?? .done
    }

    var lines: [String] {
        findings.flatMap { finding in
            let head = "\(finding.severity.rawValue.padded(to: 8))\(finding.code.rawValue): "
            let remedy = finding.remedy.map { ["        " + $0] } ?? []
            let command = finding.command.map { ["        Run: " + $0] } ?? []
            return [head + finding.message] + remedy + command
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}

extension Diagnosis: Encodable {
    private enum Key: String, CodingKey { case findings, exitCode }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(findings, forKey: .findings)
        try container.encode(exitCode.rawValue, forKey: .exitCode)
    }
}

extension Finding: Encodable {
    private enum Key: String, CodingKey {
        case code, severity, message, remedy, command, exitCode
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(code, forKey: .code)
        try container.encode(severity, forKey: .severity)
        try container.encode(message, forKey: .message)
        try container.encode(remedy, forKey: .remedy)
        try container.encode(command, forKey: .command)
        try container.encode(exitCode.rawValue, forKey: .exitCode)
    }
}
