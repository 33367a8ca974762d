// Whose process is on the other end: found by each look-up, of every kind of
// socket, and never guessed. Another user's real process needs root to start.

import CSystem
import Testing

@testable import LoopbackHTTP

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A listener on 127.0.0.1 and what connects to it.
private final class Line {
    let listener = csystem_listen_ipv4(0)
    private(set) var client: Int32 = -1
    private(set) var accepted: Int32 = -1

    var port: UInt16 { UInt16(csystem_bound_port(listener)) }

    func connect() {
        client = csystem_connect_ipv4(port, 5000)
        accept()
    }

    /// From an IPv6 socket to the same listener (RFC 4291 §2.5.5.2).
    func connectMapped() {
        client = socket(AF_INET6, streamKind, 0)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &address.sin6_addr) { bytes in
            for (index, byte) in [0xFF, 0xFF, 127, 0, 0, 1].enumerated() {
                bytes[10 + index] = UInt8(byte)
            }
        }
        let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let failed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                systemConnect(client, $0, size)
            }
        }
        #expect(failed == 0)
        accept()
    }

    private func accept() {
        #expect(csystem_wait(listener, 0, 5000) == 1)
        accepted = csystem_accept(listener)
    }

    /// Closes the client, with a reset instead of an end if so wished, and
    /// waits until the other side has heard.
    func closeClient(resetting: Bool = false) {
        if resetting {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                client, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout.size(ofValue: linger)))
        }
        close(client)
        client = -1
        #expect(csystem_wait(accepted, 0, 5000) == 1)
    }

    func peer(_ lookup: csystem_peer_lookup) -> UInt32? {
        var uid: UInt32 = 0
        return csystem_peer_uid(accepted, 0, lookup, &uid) == 0 ? uid : nil
    }

    deinit { for fd in [client, accepted, listener] where fd >= 0 { close(fd) } }
}

#if canImport(Glibc)
    let streamKind = Int32(SOCK_STREAM.rawValue)
    private func systemConnect(
        _ fd: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> Int32 { Glibc.connect(fd, address, size) }
    private let lookups = [
        csystem_peer_by_any, csystem_peer_by_diagnosis, csystem_peer_by_table,
    ]
#else
    let streamKind = SOCK_STREAM
    private func systemConnect(
        _ fd: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> Int32 { Darwin.connect(fd, address, size) }
    private let lookups = [csystem_peer_by_any]
#endif

@Suite struct PeerTests {
    @Test(arguments: lookups)
    func `our own process is known, whichever way it is looked for`(
        lookup: csystem_peer_lookup
    ) {
        let line = Line()
        line.connect()
        #expect(line.peer(lookup) == getuid())
        let mapped = Line()
        mapped.connectMapped()
        #expect(mapped.peer(lookup) == getuid(), "an IPv6 socket to an IPv4 address")
    }

    @Test(arguments: lookups)
    func `one that only sends no more is still known`(lookup: csystem_peer_lookup) {
        let line = Line()
        line.connect()
        _ = csystem_shutdown_write(line.client)
        #expect(csystem_wait(line.accepted, 0, 5000) == 1)
        #expect(line.peer(lookup) == getuid())
    }

    /// The kernel then says 0 for the user, which is root's number.
    @Test(arguments: lookups, [false, true])
    func `one that is gone is nobody`(lookup: csystem_peer_lookup, resetting: Bool) {
        let line = Line()
        line.connect()
        line.closeClient(resetting: resetting)
        #expect(line.peer(lookup) == nil)
    }

    @Test(arguments: lookups)
    func `a listener, or no socket at all, has no peer`(lookup: csystem_peer_lookup) {
        var uid: UInt32 = 0
        let line = Line()
        #expect(csystem_peer_uid(line.listener, 0, lookup, &uid) < 0)
        #expect(csystem_peer_uid(-1, 0, lookup, &uid) < 0)
        #expect(csystem_peer_uid(-1, 1, lookup, &uid) < 0)
    }
}

/// Answers with who asks.
private struct WhoAsks: HTTPHandler {
    func reply(to request: HTTPRequest) -> HTTPReply {
        let name =
            switch request.connection.peer {
            case .uid(let uid): "uid \(uid)"
            case .unknown: "unknown"
            }
        return .now(HTTPResponse(status: 200, body: .bytes(Array(name.utf8))))
    }
}

@Suite(.serialized) struct PeerOfServerTests {
    @Test func `every listener knows our own process`() async throws {
        let directory = try TestDirectory()
        let path = directory.path + "/s.sock"
        let server = HTTPServer(handler: WhoAsks(), limits: .unhurried)
        let port = try server.start([.ipv4(port: 0), .unixSocket(path: path)])[0].port
        for address in [HTTPClient.Address.ipv4(port: port), .unixSocket(path: path)] {
            let answer = try HTTPClient(address).exchange(
                method: "GET", target: "/", timeoutMilliseconds: 600_000)
            #expect(answer.body == Array("uid \(getuid())".utf8))
        }
        await server.stop()
    }

    #if os(Linux)
        private static let canBecomeOthers =
            geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0
            && access("/usr/bin/curl", X_OK) == 0

        /// A program of the user `uid` asks; what it was told.
        private func asked(by uid: UInt32, _ url: String) throws -> String {
            var pipe: [Int32] = [-1, -1]
            try #require(pipe2(&pipe) == 0)
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
            let texts: [String] =
                [
                    "/usr/bin/setpriv", "--reuid=\(uid)", "--clear-groups", "--no-new-privs",
                    "/usr/bin/curl", "-q", "-s", "--noproxy", "*", "--max-time", "20", url,
                ]
            let words = texts.map { strdup($0) } + [nil]
            defer { for word in words { free(word) } }
            var pid: pid_t = 0
            let failed = posix_spawn(&pid, "/usr/bin/setpriv", &actions, nil, words, environ)
            close(pipe[1])
            defer { close(pipe[0]) }
            guard failed == 0 else { return "not started: \(failed)" }
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 256)
            while case let count = read(pipe[0], &buffer, buffer.count), count > 0 {
                text += buffer[..<count]
            }
            waitpid(pid, nil, 0)
            return String(decoding: text, as: UTF8.self)
        }

        /// Also the proof that the look-up is not the wrong way round: then
        /// it would find our own socket.
        @Test(.enabled(if: canBecomeOthers, "needs root, setpriv and curl"))
        func `another user's process is told apart`() async throws {
            let server = HTTPServer(handler: WhoAsks(), limits: .unhurried)
            let port = try server.start([.ipv4(port: 0), .ipv6(port: 0)])[0].port
            for host in ["127.0.0.1", "[::1]"] {
                let url = "http://\(host):\(port)/"
                #expect(try asked(by: 12345, url) == "uid 12345")
                #expect(try asked(by: 0, url) == "uid 0")
                #expect(try asked(by: 65534, url) == "unknown", "what is not mapped looks so")
            }
            await server.stop()
        }

        private func pipe2(_ fds: inout [Int32]) -> Int32 {
            guard Glibc.pipe(&fds) == 0 else { return -1 }
            for fd in fds { _ = fcntl(fd, F_SETFD, FD_CLOEXEC) }
            return 0
        }
    #endif
}
