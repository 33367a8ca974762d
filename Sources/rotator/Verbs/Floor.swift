// The benchmark's floor: a static body from the same sockets code, so that
// `scripts/bench` can say what the rotator itself costs. Hidden from the help.

import ArgumentParser
import CSystem
import DurableFiles
import LoopbackHTTP

struct Floor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a static file's bytes; for scripts/bench.", shouldDisplay: false)
    @Option(name: .long) var port: UInt16 = 0
    @Option(name: .long, help: "The file whose bytes are served.") var bytes: String

    private struct Handler: HTTPHandler {
        let response: HTTPResponse
        func reply(to request: HTTPRequest) -> HTTPReply { .now(response) }
    }

    func run() async throws {
        let body = try DurableFile.read(bytes, limitBytes: 1 << 20) ?? []
        let fields = HTTPFields([.init(name: "Content-Type", value: "application/json")])
        let response = HTTPResponse(status: 200, fields: fields, body: .bytes(body))
        let server = HTTPServer(handler: Handler(response: response))
        let stopSignal = csystem_signal_pipe()
        Output.line("\(try server.start([.ipv4(port: port)])[0].port)")
        await ThreadWait.untilReadable(stopSignal)
        await server.stop()
    }
}
