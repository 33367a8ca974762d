// Takes a stream of server-sent events apart (WHATWG HTML §9.2.6), wherever
// its pieces are cut.

struct ServerSentEvent: Equatable {
    /// Empty when none was said yet.
    var id: String
    /// `message` unless said otherwise.
    var kind: String
    var data: String
}

struct EventStreamReader {
    /// What to come back with: the id of the last event that is complete.
    private(set) var lastID = ""
    /// Milliseconds to wait before coming back; nil until said.
    private(set) var retryMilliseconds: Int64?
    private var line: [UInt8] = []
    private var isAfterCR = false
    private var isAtStart = true
    private var id = ""
    private var kind = ""
    private var data: [String] = []

    init() {}

    /// The events that `bytes` complete.
    mutating func take(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            defer { isAfterCR = byte == 0x0D }
            switch byte {
            case 0x0A where isAfterCR: break
            case 0x0A, 0x0D:
                if let event = endLine() { events.append(event) }
            default: line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        if isAtStart, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isAtStart = false
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        guard !text.isEmpty else { return dispatch() }
        let name = text.prefix { $0 != ":" }
        var value = text.dropFirst(name.count + 1)
        if value.first == " " { value.removeFirst() }
        switch name {
        case "id" where !value.unicodeScalars.contains("\0"): id = String(value)
        case "event": kind = String(value)
        case "data": data.append(String(value))
        case "retry" where !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }:
            retryMilliseconds = Int64(value)
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer { (kind, data) = ("", []) }
        lastID = id
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(
            id: id, kind: kind.isEmpty ? "message" : kind, data: data.joined(separator: "\n"))
    }
}
