// The page and its files: types, policy, caching, and that what is sent
// compressed is what is written.

import Foundation
import LoopbackHTTP
import Testing

@testable import ControlServer

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/ControlServer/Dashboard")

@Suite struct DashboardTests {
    private static let assets = dashboardFiles.map(\.name).filter { $0 != "index.html" }

    private func bytes(_ response: HTTPResponse) -> [UInt8] {
        guard case .bytes(let bytes) = response.body else { return [] }
        return bytes
    }

    private func get(
        _ target: String, _ fields: [(String, String)] = []
    ) async -> HTTPResponse {
        let house = await ServerHarness()
        return await house.send(house.request("GET", target, fields: fields))
    }

    @Test func `what is embedded is what is written`() throws {
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(written) == Set(dashboardFiles.map(\.name)))
        for file in dashboardFiles {
            let text = try Data(contentsOf: folder.appending(path: file.name))
            #expect(file.text == String(decoding: text, as: UTF8.self), "\(file.name)")
        }
    }

    /// RFC 1952 §2.3.1: a gzip member ends with the CRC-32 and the length of
    /// what it unpacks to.
    @Test(arguments: dashboardFiles.map(\.name))
    func `what is sent compressed unpacks to the same file`(name: String) async throws {
        let target = name == "index.html" ? "/" : "/assets/\(name)"
        let response = await get(target, [("Accept-Encoding", "br, gzip")])
        #expect(response.fields.single("Content-Encoding") == "gzip")
        let packed = bytes(response)
        let plain = bytes(await get(target))
        #expect(packed.prefix(3) == [0x1F, 0x8B, 0x08] && packed.count < plain.count)
        var end = packed.suffix(8).reversed().map(UInt32.init)
        let length = end[0] << 24 | end[1] << 16
        #expect(length | end[2] << 8 | end[3] == UInt32(plain.count))
        end.removeFirst(4)
        let sum = end[0] << 24 | end[1] << 16
        #expect(sum | end[2] << 8 | end[3] == Self.crc32(plain))
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd: Bool = sum & 1 == 1
                sum >>= 1
                if isOdd { sum ^= 0xEDB8_8320 }
            }
        }
        return ~sum
    }

    @Test(arguments: [
        ("/", "text/html; charset=utf-8"), ("/assets/main.js", "text/javascript; charset=utf-8"),
        ("/assets/dashboard.css", "text/css; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ])
    func `each file has its type, and is asked about each time`(
        target: String, type: String
    ) async {
        let response = await get(target)
        #expect(response.status == 200)
        #expect(response.fields.single("Content-Type") == type)
        #expect(response.fields.single("Cache-Control") == "no-cache")
        #expect(response.fields.single("Vary") == "Accept-Encoding")
        #expect(response.fields.single("Content-Encoding") == nil)
    }

    @Test func `the page may fetch from this service and nowhere else, and nothing is inline`()
        async
    {
        let policy = await get("/").fields.single("Content-Security-Policy") ?? ""
        let parts = Set(policy.split(separator: ";").map { $0.drop { $0 == " " } })
        #expect(
            parts == [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
                "img-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
            ])
        for file in dashboardFiles where file.name.hasSuffix(".html") {
            #expect(!file.text.contains(" style=") && !file.text.contains("<style"))
            #expect(!file.text.contains(#/<script(?![^>]* src=)/#))
            #expect(!file.text.contains(#/ on[a-z]+=/#))
        }
        for file in dashboardFiles {
            let text = file.text.replacing("http://www.w3.org/2000/svg", with: "")
            #expect(!text.contains("http://") && !text.contains("https://"), "\(file.name)")
            #expect(!text.contains("innerHTML"), "\(file.name)")
        }
    }

    @Test(arguments: assets + ["index.html"])
    func `a file that is known is not sent again`(name: String) async throws {
        let target = name == "index.html" ? "/" : "/assets/\(name)"
        for coding in ["identity", "gzip"] {
            let accept = ("Accept-Encoding", coding)
            let tag = try #require(await get(target, [accept]).fields.single("ETag"))
            for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let again = await get(target, [accept, ("If-None-Match", known)])
                #expect(again.status == 304 && bytes(again).isEmpty)
                #expect(again.fields.single("ETag") == tag)
                #expect(again.fields.single("Content-Security-Policy") != nil)
            }
            for other in ["\"x\"", "", String(tag.dropLast()), tag.replacing("\"", with: "")] {
                #expect(await get(target, [accept, ("If-None-Match", other)]).status == 200)
            }
        }
    }

    @Test func `two codings of a file have two tags, two files never the same`() async {
        let plain = await get("/").fields.single("ETag")
        let packed = await get("/", [("Accept-Encoding", "gzip")]).fields.single("ETag")
        #expect(plain != packed)
        #expect(Set(dashboardFiles.map(\.digest)).count == dashboardFiles.count)
    }

    @Test(arguments: [
        ("gzip", true), ("GZIP", true), ("br;q=1.0, gzip;q=0.8, *;q=0.1", true), ("x-gzip", false),
        ("gzip;q=0", false), ("gzip; q=0.000", false), ("gzip;q=0.001", true), ("", false),
        ("identity", false), ("br", false),
    ])
    func `it is compressed only where that is taken`(field: String, isPacked: Bool) async {
        let answer = await get("/", [("Accept-Encoding", field)])
        #expect((answer.fields.single("Content-Encoding") == "gzip") == isPacked)
    }

    @Test(arguments: ["/assets/index.html", "/assets/none.js", "/assets/..%2Findex.html"])
    func `there is no other file`(target: String) async {
        #expect(await get(target).status == 404)
    }

    @Test func `the page weighs less than 60 KB`() async {
        var sum = 0
        for name in Self.assets + [""] {
            let target = name.isEmpty ? "/" : "/assets/\(name)"
            sum += bytes(await get(target, [("Accept-Encoding", "gzip")])).count
        }
        #expect(sum < 60_000)
    }
}
