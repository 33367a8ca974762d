// The service's log: swift-log in front (decision 21), one line an event, to
// standard error or to `rotator.log`. Levels say who must act: `error` somebody
// now, `warning` somebody in time, `notice` nobody although something changed,
// `info` and `debug` nobody.

import Logging
import RotationCore
import RotationEngine

struct ServiceLog: EngineLog {
    private let engine: Logger
    /// Nil unless requests are logged.
    private let requests: Logger?

    /// Without a path the lines go to standard error. Requests are `info`, and
    /// logged when asked for whatever `minimum` is.
    init(
        _ path: String?, minimum: LogLine.Level, requests: Bool = false,
        now: @escaping @Sendable () -> Timestamp
    ) {
        let file = path.map { LogFile($0) }
        let put: @Sendable ([UInt8]) -> Void = { bytes in
            if let file { file.append(bytes) } else { LogFile.put(2, bytes) }
        }
        func logger(_ label: String, _ level: Logger.Level) -> Logger {
            let handler = LineHandler(logLevel: level, now: now, write: put)
            return Logger(label: label, factory: { (_: String) -> any LogHandler in handler })
        }
        engine = logger("rotator", Logger.Level(minimum))
        self.requests = requests ? logger("rotator.requests", .info) : nil
    }

    func write(_ line: LogLine) { engine.log(level: Logger.Level(line.level), "\(line.message)") }

    /// Nil when requests are not logged.
    var requestSink: (@Sendable (String) -> Void)? {
        guard let requests else { return nil }
        return { line in requests.info("\(line)") }
    }
}

/// Puts an event on one line.
private struct LineHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let now: @Sendable () -> Timestamp
    let write: @Sendable ([UInt8]) -> Void

    init(
        logLevel: Logger.Level, now: @escaping @Sendable () -> Timestamp,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.logLevel = logLevel
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        write(
            LogText.line(
                event.message.description, level: event.level.rawValue, at: now().rfc3339))
    }
}

extension Logger.Level {
    fileprivate init(_ level: LogLine.Level) {
        self =
            switch level {
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            }
    }
}
