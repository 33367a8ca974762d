// The log: small whoever writes, one line an event, and never a secret.

import Foundation
import RotationCore
import RotationEngine
import Support
import Synchronization
import Testing

@testable import rotator

@Suite struct LogFileTests {
    private let home = TemporaryDirectory()

    private func bytes(_ count: Int, _ letter: Character = "a") -> [UInt8] {
        Array((String(repeating: letter, count: count - 1) + "\n").utf8)
    }

    @Test(arguments: [(49, false), (50, false), (51, true)])
    func `a line that would take the file over its limit comes into a new one`(
        count: Int, isRenamed: Bool
    ) {
        let log = LogFile(home.file("log"), limitBytes: 100)
        log.append(bytes(50, "a"))
        log.append(bytes(count, "b"))
        #expect((home.read("log.1") != nil) == isRenamed)
        #expect(home.read("log")?.utf8.count == (isRenamed ? count : 50 + count))
        #expect(home.mode("log") == 0o600)
    }

    @Test func `the file before the last is given up, and a line over the limit is kept`() {
        let log = LogFile(home.file("log"), limitBytes: 100)
        for letter: Character in ["a", "b", "c"] { log.append(bytes(101, letter)) }
        #expect(home.read("log")?.first == "c" && home.read("log.1")?.first == "b")
        #expect(home.names().sorted() == ["log", "log.1"])
    }

    @Test func `a link, a directory or no directory costs the line and nothing else`() {
        home.write("other", "mine")
        home.link("log", to: home.file("other"))
        LogFile(home.file("log")).append(bytes(5))
        #expect(home.read("other") == "mine")
        home.makeDirectory("d")
        LogFile(home.file("d")).append(bytes(5))
        LogFile(home.file("none/log")).append(bytes(5))
    }

    @Test func `one that comes too late leaves the new file where it is`() {
        let path = home.file("log")
        let other = LogFile(path, limitBytes: 100)
        let (line, late) = (bytes(60, "b"), bytes(30, "c"))
        let log = LogFile(path, limitBytes: 100, full: { other.append(line) })
        log.append(bytes(90, "a"))
        log.append(late)
        #expect(home.read("log.1") == String(decoding: bytes(90, "a"), as: UTF8.self))
        #expect(home.read("log") == String(decoding: line + late, as: UTF8.self))
    }

    /// Each writer has the file open for itself, as processes do. A rename by
    /// a writer that came too late would move a nearly empty file over a full
    /// one; then there are more renames than full files.
    @Test func `of writers that find it full at once one renames it`() {
        let (writers, lines, length, limit) = (8, 400, 50, 1000)
        let renames = Atomic<Int>(0)
        let path = home.file("log")
        DispatchQueue.concurrentPerform(iterations: writers) { writer in
            let log = LogFile(
                path, limitBytes: limit, renamed: { renames.add(1, ordering: .relaxed) })
            let letter = Character(UnicodeScalar(UInt8(0x61 + writer)))
            for _ in 0..<lines { log.append(bytes(length, letter)) }
        }
        let count = renames.load(ordering: .relaxed)
        let full = limit - length
        #expect(count > 0 && count <= writers * lines * length / full)
        for name in ["log", "log.1"] {
            let text = home.read(name) ?? ""
            // A writer that met another at the rename may add its one line.
            #expect(text.utf8.count <= limit + writers * length)
            for line in text.split(separator: "\n") {
                #expect(line.count == length - 1 && Set(line).count == 1)
            }
        }
    }
}

@Suite struct LogTextTests {
    @Test(arguments: [
        ("a\nb\r\u{1B}[2Jc", "a\\u{a}b\\u{d}\\u{1b}[2Jc"), ("a\u{2028}b", "a\\u{2028}b"),
        ("ünïcode 97 %", "ünïcode 97 %"),
    ])
    func `an event is one line, whatever names are in it`(message: String, line: String) {
        #expect(LogText.clean(message) == line)
    }

    @Test(arguments: [(3999, false), (4000, false), (4001, true)])
    func `a line ends somewhere`(count: Int, isCut: Bool) {
        let text = LogText.clean(String(repeating: "x", count: count))
        #expect(text.hasSuffix("…") == isCut)
        #expect(text.count == min(count, LogText.longest) + (isCut ? 1 : 0))
    }

    @Test(arguments: [
        ("a sk-ant-oat01-canary_-x/+= b", "a sk-ant-… b"),
        ("Authorization: Bearer canary-canary-canary.~", "Authorization: Bearer …"),
        ("sk-ant-canary sk-ant-canary", "sk-ant-… sk-ant-…"),
        ("sk-ant- alone", "sk-ant- alone"), ("Bearer of news", "Bearer of news"),
    ])
    func `what looks like a token is cut`(message: String, line: String) {
        #expect(LogText.clean(message) == line)
    }
}

@Suite(.serialized) struct LogOfServiceTests {
    /// Every way a secret comes near the service, with everything logged.
    @Test func `no secret and no address of a request is in the log, an error or an answer`()
        async throws
    {
        let world = try World(more: [
            "ROTATOR_LOG_LEVEL": "debug", "ROTATOR_LOG_REQUESTS": "true",
        ])
        let bearer = "canary-bearer-0123456789abcdefghijklmnop"
        world.home.makeDirectory("janitor-data/oauth-rotator")
        world.home.write(
            "janitor-data/oauth-rotator/bearer-token.header", "Authorization: Bearer \(bearer)\n")
        var said = ""
        let service = try await world.serve(["--log-to-file"])
        try await world.enrol()
        for verb in ["on", "tick", "status", "capture", "nudges", "off", "on"] {
            let run = try await world.rotator(verb)
            said += run.output + run.errors
        }
        let canaries = ["canary-header", "canary-path", "canary-query", "canary-body"]
        for (method, target) in [
            ("GET", "/accounts/canary-path@example.com"), ("GET", "/canary-path?canary-query=1"),
            ("PUT", "/live"), ("CANARY-PATH", "/"), ("POST", "/tick?fresh=canary-query"),
            ("GET", "/%zz-canary-path"), ("POST", "/imports"),
        ] {
            for authorization in ["Bearer \(bearer)", "Bearer canary-header-0123456789abc", ""] {
                let answer = try world.client.exchange(
                    method: method, target: target,
                    fields: .init([
                        .init(name: "Authorization", value: authorization),
                        .init(name: "Cookie", value: "canary-header"),
                        .init(name: "Content-Type", value: "application/json"),
                    ]), body: Array(#"{"email":7,"from":"canary-body"}"#.utf8),
                    timeoutMilliseconds: 60_000)
                said += String(decoding: answer.body, as: UTF8.self)
                    .replacing("canary-path@example.com", with: "")
            }
        }
        service.terminate()
        _ = await service.ended()
        await world.simulator.stop()
        let log = world.home.read("janitor-data/oauth-rotator/rotator.log") ?? ""
        said += service.output.text + service.errors.text
        for line in ["request PUT /opt-in 200", "request ? / 405", "notice filed", " info "] {
            #expect(log.contains(line), "\(line)")
        }
        #expect(log.contains("request GET /accounts/{email} 401"))
        for canary in canaries { #expect(!log.contains(canary), "\(canary)") }
        for secret in world.tokens + [bearer, "canary-header"] {
            #expect(!log.contains(secret) && !said.contains(secret))
        }
    }

    @Test func `requests are not logged unless asked for, and decisions are one line each`()
        async throws
    {
        let world = try World()
        let service = try await world.serve()
        try await world.enrol()
        for verb in ["on", "tick"] { _ = try await world.rotator(verb) }
        service.terminate()
        _ = await service.ended()
        await world.simulator.stop()
        let lines = service.errors.text.split(separator: "\n")
        #expect(lines.filter { $0.contains(" request ") } == [])
        #expect(lines.filter { $0.contains(" notice rotated at-threshold: ") }.count == 1)
        #expect(lines.allSatisfy { $0.wholeMatch(of: #/\S+Z (notice|warning|error) .+/#) != nil })
    }
}
