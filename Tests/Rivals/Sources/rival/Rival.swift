// `rival flyingfox|hummingbird PORT FILE`: the bytes of a file at /accounts,
// on 127.0.0.1, each framework as its own first example shows it: no limit is
// added that a newcomer would not know to add.

import FlyingFox
import Foundation
import Hummingbird

@main
struct Rival {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let port = UInt16(arguments[2]) else {
            throw Misuse(usage: "rival flyingfox|hummingbird PORT FILE")
        }
        let bytes = try Data(contentsOf: URL(filePath: arguments[3]))
        switch arguments[1] {
        case "flyingfox": try await flyingFox(port, bytes)
        case "hummingbird": try await hummingbird(port, bytes)
        default: throw Misuse(usage: "\(arguments[1]) is not one of the rivals")
        }
    }

    private struct Misuse: Error { let usage: String }

    private static func flyingFox(_ port: UInt16, _ bytes: Data) async throws {
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port))
        await server.appendRoute("GET /accounts") { _ in
            FlyingFox.HTTPResponse(
                statusCode: .ok, headers: [.contentType: "application/json"], body: bytes)
        }
        try await server.run()
    }

    private static func hummingbird(_ port: UInt16, _ bytes: Data) async throws {
        let router = Router()
        let buffer = ByteBuffer(bytes: bytes)
        router.get("accounts") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: .init(byteBuffer: buffer))
        }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: Int(port))))
        try await application.runService()
    }
}
