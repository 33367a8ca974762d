// Chrome's DevTools protocol over its pipe (`--remote-debugging-pipe`): JSON
// messages, each ended by a NUL, on the browser's descriptors 3 and 4. No port
// is opened, so nobody else on the machine can talk to the browser. One request
// at a time, blocking; for a thread of its own.

import CSystem
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum DevToolsError: Error {
    /// The browser has closed the pipe.
    case ended
    case timedOut
    /// It said no, or something else than was asked.
    case refused(String)
}

final class DevToolsPipe {
    private let reading: Int32
    private let writing: Int32
    private var unread: [UInt8] = []
    private var lastID = 0
    private static let messageLimit = 8 << 20

    /// Borrowed; whoever made the pipes closes them.
    init(reading: Int32, writing: Int32) {
        self.reading = reading
        self.writing = writing
    }

    struct Target: Decodable {
        let targetId: String
        let type: String
        let url: String
    }

    private struct Request<Parameters: Encodable>: Encodable {
        let id: Int
        let method: String
        let params: Parameters
        let sessionId: String?
    }

    private struct Reply: Decodable {
        struct Failure: Decodable { let message: String }
        struct Remote: Decodable { let value: String? }
        struct Result: Decodable {
            let targetInfos: [Target]?
            let sessionId: String?
            let result: Remote?
        }

        let id: Int?
        let error: Failure?
        let result: Result?
    }

    // MARK: What is asked

    func targets() throws(DevToolsError) -> [Target] {
        try call("Target.getTargets", [String: String]()).targetInfos ?? []
    }

    /// A session with a page.
    func attach(_ target: String) throws(DevToolsError) -> String {
        struct Parameters: Encodable {
            let targetId: String
            let flatten = true
        }
        guard
            let session = try call(
                "Target.attachToTarget", Parameters(targetId: target)
            ).sessionId
        else { throw .refused("no session with the page") }
        return session
    }

    /// What a script that answers a text answers.
    func evaluate(_ script: String, in session: String) throws(DevToolsError) -> String {
        struct Parameters: Encodable {
            let expression: String
            let returnByValue = true
        }
        guard
            let text = try call(
                "Runtime.evaluate", Parameters(expression: script), session: session
            ).result?.value
        else { throw .refused("the page did not answer") }
        return text
    }

    /// Presses and lets go of the first button, in pixels of the viewport.
    func click(x: Double, y: Double, in session: String) throws(DevToolsError) {
        struct Parameters: Encodable {
            let type: String
            let x: Double
            let y: Double
            let button = "left"
            let clickCount = 1
        }
        for type in ["mousePressed", "mouseReleased"] {
            _ = try call(
                "Input.dispatchMouseEvent", Parameters(type: type, x: x, y: y), session: session)
        }
    }

    // MARK: -

    private func call(
        _ method: String, _ parameters: some Encodable, session: String? = nil
    ) throws(DevToolsError) -> Reply.Result {
        lastID += 1
        let id = lastID
        let request = Request(
            id: id, method: method, params: parameters, sessionId: session)
        guard let data = try? JSONEncoder().encode(request) else { throw .refused(method) }
        let deadline = csystem_uptime_ms() + 10_000
        try send(Array(data) + [0], by: deadline)
        while true {
            let message = try nextMessage(by: deadline)
            // Events, and answers to what was given up, are passed over.
            guard let reply = try? JSONDecoder().decode(Reply.self, from: Data(message)),
                reply.id == id
            else { continue }
            if let error = reply.error { throw .refused("\(method): \(error.message)") }
            guard let result = reply.result else { throw .refused(method) }
            return result
        }
    }

    private func send(_ bytes: [UInt8], by deadline: Int64) throws(DevToolsError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try wait(writing, for: Int16(POLLOUT), by: deadline)
            let count = rest.withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                throw .ended
            }
            rest = rest.dropFirst(count)
        }
    }

    private func nextMessage(by deadline: Int64) throws(DevToolsError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            if let end = unread.firstIndex(of: 0) {
                let message = Array(unread[..<end])
                unread.removeFirst(end + 1)
                return message
            }
            guard unread.count <= Self.messageLimit else { throw .refused("a message too long") }
            try wait(reading, for: Int16(POLLIN), by: deadline)
            let count = buffer.withUnsafeMutableBytes { read(reading, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                throw .ended
            }
            unread += buffer[..<count]
        }
    }

    private func wait(
        _ fd: Int32, for events: Int16, by deadline: Int64
    ) throws(DevToolsError) {
        while true {
            let left = deadline - csystem_uptime_ms()
            guard left > 0 else { throw .timedOut }
            var polled = pollfd(fd: fd, events: events, revents: 0)
            let ready = poll(&polled, 1, Int32(clamping: left))
            if ready > 0 { return }
            if ready < 0, errno != EINTR { throw .ended }
        }
    }
}
