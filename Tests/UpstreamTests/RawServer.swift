// A server that says exactly what a test tells it to, however wrong: what a
// real HTTP server would refuse to say.

import Foundation
import Synchronization

#if canImport(Darwin)
    private let stream = SOCK_STREAM
    private let noSignal: Int32 = 0
#else
    private let stream = Int32(SOCK_STREAM.rawValue)
    private let noSignal = Int32(MSG_NOSIGNAL)
#endif

/// One connection, blocking.
struct RawConnection: Sendable {
    let fd: Int32

    /// Everything up to the empty line; empty when the client has gone. A body
    /// that came along stays unread.
    func readHead() -> String {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(fd, &byte, 1, 0) == 1 else { return "" }
            head.append(byte)
        }
        return String(decoding: head, as: UTF8.self)
    }

    func readBody(bytes count: Int) -> String {
        var body = [UInt8](repeating: 0, count: count)
        let got = recv(fd, &body, count, Int32(MSG_WAITALL))
        return String(decoding: body.prefix(max(0, got)), as: UTF8.self)
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(fd, bytes, bytes.count, noSignal)
    }

    func answer(_ body: String, status: String = "200 OK", fields: String = "") {
        write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")
    }
}

/// Calls `serve` with each connection in turn, on a thread of its own.
final class RawServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let serve: @Sendable (RawConnection) -> Void
    private let accepted = Mutex(0)

    init(_ serve: @escaping @Sendable (RawConnection) -> Void) throws {
        self.serve = serve
        listener = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else { throw RawServerError() }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.run() }
    }

    /// Connections so far.
    var connections: Int { accepted.withLock { $0 } }

    /// Ends the thread once the connection it serves has ended.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func run() {
        while true {
            let fd = accept(listener, nil, nil)
            guard fd >= 0 else { break }
            accepted.withLock { $0 += 1 }
            #if canImport(Darwin)
                var on: Int32 = 1
                setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
            #endif
            serve(RawConnection(fd: fd))
            close(fd)
        }
        close(listener)
    }
}

struct RawServerError: Error {}
