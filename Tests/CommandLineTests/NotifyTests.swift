// Nudges out of the built service: a webhook and a notification command get
// each once, over restarts.

import Foundation
import HistoryStore
import LoopbackHTTP
import Support
import Synchronization
import Testing

/// Keeps what is sent to it and wakes whoever waits for the first.
private final class Receiver: HTTPHandler {
    let got = Mutex<[HTTPRequest]>([])
    let first = Awaited<Bool>()

    func reply(to request: HTTPRequest) -> HTTPReply {
        got.withLock { $0.append(request) }
        first.set(true)
        return .now(HTTPResponse(status: 204, fields: HTTPFields(), body: .bytes([])))
    }
}

@Suite(.serialized) struct NotifyTests {
    @Test func `a nudge reaches the webhook and the desktop once, and no secret is said`()
        async throws
    {
        let receiver = Receiver()
        let server = HTTPServer(handler: receiver)
        let port = try server.start([.ipv4(port: 0)])[0].port
        let home = TemporaryDirectory()
        let url = "http://127.0.0.1:\(port)/hook?key=canary-url"
        let world = try World(more: [
            "ROTATOR_WEBHOOK_URL": url,
            "ROTATOR_DESKTOP_COMMAND": "printf '%s|' >> \(home.file("shown"))",
        ])
        world.signIn("alice")
        var said = ""
        for _ in 0..<3 {
            let service = try await world.serve()
            _ = try await world.rotator("on")
            _ = try await world.rotator("tick", "--even-if-not-running")
            service.terminate()
            #expect(await service.ended() == 0)
            said += service.errors.text + service.output.text
        }
        _ = await receiver.first.value()
        let letters = receiver.got.withLock { $0 }
        let codes = letters.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(codes.filter { $0.contains(#""code":"no-alternates""#) }.count == 1, "\(codes)")
        #expect(Set(letters.compactMap { $0.fields.single("webhook-id") }).count == letters.count)
        // A command that took too long is run again, and that is said.
        let shown = (home.read("shown") ?? "").components(separatedBy: "rotator: no-alternates|")
        let failed = said.components(separatedBy: "desktop: no-alternates was not delivered")
        #expect(shown.count - 1 == failed.count, "\(shown)")
        let config = try await world.rotator("config").output
        let key = world.home.read("janitor-data/oauth-rotator/webhook.secret") ?? "none"
        for secret in ["canary-url", String(key.dropLast())] {
            #expect(!(said + config).contains(secret))
        }
        await server.stop()
        await world.simulator.stop()
    }

    /// The command stops the service while it is being told: what is delivered
    /// meanwhile must not be told again by the next one.
    @Test func `a nudge that arrives while the service stops is written down`() async throws {
        let home = TemporaryDirectory()
        let tell = "f() { printf '%s' \"$1\" >> \(home.file("told"))"
        let command = tell + "; kill -TERM $PPID; sleep 0.3; }; f"
        let world = try World(more: ["ROTATOR_DESKTOP_COMMAND": command])
        world.signIn("alice")
        let service = try await world.serve()
        _ = try await world.rotator("on")
        _ = try await world.rotator("tick", "--even-if-not-running")
        service.terminate()
        #expect(await service.ended() == 0)
        let restarted = try await world.serve()
        #expect(await restarted.ended() == 0)
        let history = SQLiteHistory(path: world.data + "/rotator.sqlite")
        let untold = try await history.unannounced(on: .desktop).map {
            "rotator: \($0.nudge.code.rawValue)"
        }
        let told = try #require(home.read("told"))
        #expect(!untold.contains(told), "\(untold)")
        history.close()
        await world.simulator.stop()
    }
}
