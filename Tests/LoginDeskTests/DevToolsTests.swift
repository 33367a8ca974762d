// The DevTools pipe's framing and manners, against a peer that says what the
// test wrote. The browser itself is in scripts/login-test.

import Foundation
import Testing

@testable import LoginDesk

/// The browser's end: answers each request with the next of `replies`, in which
/// ID stands for the request's own.
private final class Peer {
    let toPeer: PipeEnds
    let toUs: PipeEnds

    init(_ replies: [String]) throws {
        toPeer = try PipeEnds()
        toUs = try PipeEnds()
        let (reading, writing) = (toPeer, toUs)
        Thread.detachNewThread {
            var unread: [UInt8] = []
            for reply in replies {
                guard let request = Self.message(reading.read, &unread) else { break }
                let id = request.firstMatch(of: #/"id":(\d+)/#)?.1 ?? "0"
                let bytes = Array(reply.replacing("ID", with: id).utf8)
                // In two pieces, as pipes deliver them.
                for part in [bytes.prefix(bytes.count / 2), bytes.dropFirst(bytes.count / 2)] {
                    _ = part.withUnsafeBytes { write(writing.write, $0.baseAddress, $0.count) }
                }
            }
            writing.closeWrite()
        }
    }

    private static func message(_ fd: Int32, _ unread: inout [UInt8]) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !unread.contains(0) {
            let count = read(fd, &buffer, buffer.count)
            guard count > 0 else { return nil }
            unread += buffer[..<count]
        }
        let end = unread.firstIndex(of: 0) ?? unread.endIndex
        defer { unread.removeFirst(end + 1) }
        return String(decoding: unread[..<end], as: UTF8.self)
    }

    /// The descriptors are the peer's, which must outlive what borrows them.
    func lend<Answer>(_ body: (DevToolsPipe) throws -> Answer) throws -> Answer {
        try withExtendedLifetime(self) {
            try body(DevToolsPipe(reading: toUs.read, writing: toPeer.write))
        }
    }
}

@Suite struct DevToolsTests {
    @Test func `an answer is found among events and other answers`() throws {
        let peer = try Peer([
            #"{"method":"Target.targetCreated","params":{}}"# + "\0"
                + #"{"id":9999,"result":{"sessionId":"other"}}"# + "\0" + "not JSON\0"
                + #"{"id":ID,"result":{"sessionId":"mine","more":[1]}}"# + "\0",
            #"{"id":ID,"result":{"result":{"type":"string","value":"said"}}}"# + "\0",
        ])
        try peer.lend { (pipe) throws in
            #expect(try pipe.attach("t") == "mine")
            #expect(try pipe.evaluate("1", in: "mine") == "said")
        }
    }

    @Test func `targets are read with what they are`() throws {
        let peer = try Peer([
            #"{"id":ID,"result":{"targetInfos":[{"targetId":"a","type":"page","url":"u","x":1}]}}"#
                + "\0"
        ])
        let targets = try peer.lend { try $0.targets() }
        #expect(targets.map(\.targetId) == ["a"] && targets.map(\.type) == ["page"])
    }

    @Test func `a refusal, an answer of another kind and an end are errors`() throws {
        for (reply, word) in [
            (#"{"id":ID,"error":{"code":-1,"message":"no such target"}}"# + "\0", "no such target"),
            (#"{"id":ID,"result":{}}"# + "\0", "no session"),
            (#"{"id":ID,"result":{"sessionId":"cut"#, "ended"),
        ] {
            let peer = try Peer([reply])
            let error = try peer.lend { pipe in
                #expect(throws: DevToolsError.self) { try pipe.attach("t") }
            }
            #expect(error.map { "\($0)".contains(word) } == true, "\(reply)")
        }
    }
}
