// The vendor's certificate is checked. Against a real TLS server with one
// nobody vouches for; its key is made for the test and thrown away.

import Foundation
import RotationCore
import RotationEngine
import Testing

@testable import Upstream

private let openssl = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

private func command(_ arguments: [String], output: Pipe? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: openssl ?? "")
    process.arguments = arguments
    process.standardInput = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
}

@Suite struct CertificateTests {
    @Test(.enabled(if: openssl != nil, "openssl is not installed"))
    func `a certificate nobody vouches for ends the exchange before the token`() async throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let key = directory.appending(path: "key.pem").path
        let certificate = directory.appending(path: "certificate.pem").path
        let request = try command([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1",
            "-keyout", key, "-out", certificate,
        ])
        request.waitUntilExit()
        try #require(request.terminationStatus == 0)

        let output = Pipe()
        let server = try command(
            ["s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert", certificate, "-www"],
            output: output)
        defer {
            // Not SIGTERM: a child inherits the mask of the thread that made it.
            kill(server.processIdentifier, SIGKILL)
            server.waitUntilExit()
        }
        let port = try #require(Self.port(output.fileHandleForReading))

        let base = "https://127.0.0.1:\(port)"
        let vendor = CurlVendor(
            endpoints: try VendorEndpoints(apiBaseURL: base, tokenURL: base), userAgent: "t",
            now: { Timestamp(seconds: 0) })
        let token = Secret([0x74])
        #expect(await vendor.readUsage(token) == .unreachable(.tls))
        guard case .unreachable(.tls, mayHaveRotated: false) = await vendor.refresh(token) else {
            Issue.record("the grant was sent to a stranger")
            return
        }
        vendor.shutdown()
    }

    /// From the line `ACCEPT 127.0.0.1:40000`; nil when the server ended first.
    private static func port(_ output: FileHandle) -> UInt16? {
        var said = ""
        while true {
            let data = output.availableData
            guard !data.isEmpty else { return nil }
            said += String(decoding: data, as: UTF8.self)
            for line in said.split(separator: "\n").dropLast(said.hasSuffix("\n") ? 0 : 1)
            where line.hasPrefix("ACCEPT ") {
                return line.split(separator: ":").last.flatMap { UInt16($0) }
            }
        }
    }
}
