// Who may ask: the same user's programs and our own pages, on every route.

import LoopbackHTTP
import Testing

@testable import ControlServer

@Suite struct GateTests {
    @Test(arguments: ["localhost:9429", "127.0.0.1:9429", "[::1]:9429", "LOCALHOST:9429"])
    func `our own names pass`(host: String) async {
        let house = await ServerHarness()
        #expect(await house.send(house.request("GET", "/health", host: host)).status == 200)
    }

    @Test(arguments: [
        "localhost", "localhost:80", "127.0.0.1", "example.com:9429", "localhost:9429.", "",
        "127.0.0.2:9429", "0.0.0.0:9429", "localhost:9429@x", "[::1]",
    ])
    func `any other name is refused: a page of another site may have it rebound`(
        host: String
    ) async {
        let house = await ServerHarness()
        let answer = await house.send(house.request("GET", "/health", host: host))
        #expect(answer.status == 403)
    }

    @Test func `a missing name is refused`() async {
        let house = await ServerHarness()
        #expect(await house.send(house.request("GET", "/health", host: nil)).status == 403)
    }

    @Test(arguments: [("localhost", 200), ("localhost:9429", 403), ("127.0.0.1", 403)])
    func `on the unix socket our name is localhost`(host: String, status: Int) async {
        let house = await ServerHarness()
        let request = house.request("GET", "/health", transport: .unixSocket, host: host)
        #expect(await house.send(request).status == status)
    }

    @Test(arguments: [
        (HTTPConnectionInfo.Peer.uid(ownUID), 200), (.uid(ownUID + 1), 403), (.uid(0), 403),
        (.unknown, 403),
    ])
    func `only the same user is answered`(peer: HTTPConnectionInfo.Peer, status: Int) async {
        let house = await ServerHarness()
        for transport in [HTTPConnectionInfo.Transport.tcp(port: 9429), .unixSocket] {
            let host = transport == .unixSocket ? "localhost" : "localhost:9429"
            let request = house.request(
                "GET", "/health", transport: transport, peer: peer, host: host)
            #expect(await house.send(request).status == status)
        }
    }

    @Test(arguments: [
        ("Origin", "http://localhost:9429", 200), ("Origin", "http://127.0.0.1:9429", 403),
        ("Origin", "http://localhost", 403), ("Origin", "null", 403), ("Origin", "", 403),
        ("Origin", "https://localhost:9429", 403), ("Origin", "http://localhost:9429.evil", 403),
        ("Origin", "https://evil.example", 403), ("Referer", "http://localhost:9429/", 200),
        ("Referer", "http://localhost:9429", 200), ("Referer", "http://localhost:94291/", 403),
        ("Referer", "http://localhost:9429@evil.example/", 403),
        ("Referer", "https://evil.example/", 403), ("Sec-Fetch-Site", "none", 200),
        ("Sec-Fetch-Site", "same-origin", 200), ("Sec-Fetch-Site", "same-site", 403),
        ("Sec-Fetch-Site", "cross-site", 403), ("Sec-Fetch-Site", "", 403),
    ])
    func `a page is answered only when it is ours`(field: String, value: String, status: Int) async
    {
        let house = await ServerHarness()
        for (method, target) in [("GET", "/health"), ("PUT", "/opt-in"), ("GET", "/nowhere")] {
            let request = house.request(method, target, fields: [(field, value)])
            // What changes something must have an Origin: PermissionTests.
            let isIncomplete = method == "PUT" && field != "Origin"
            let passed = target == "/nowhere" ? 404 : isIncomplete ? 403 : 200
            #expect(await house.send(request).status == (status == 200 ? passed : status))
        }
    }

    @Test func `two origins are one too many`() async {
        let house = await ServerHarness()
        let request = house.request(
            "GET", "/health",
            fields: [("Origin", "http://localhost:9429"), ("Origin", "https://evil.example")])
        #expect(await house.send(request).status == 403)
    }

    @Test(arguments: Route.all.map { "\($0.method) \($0.template)" })
    func `every answer is guarded, and open to no other origin`(route: String) async {
        let house = await ServerHarness()
        let parts = route.split(separator: " ").map(String.init)
        let target = parts[1].replacing("{email}", with: "bob@example.com")
            .replacing("{code}", with: "rotation-stuck").replacing("{name}", with: "main.js")
        let answer = Answer(await house.send(house.request(parts[0], target)))
        #expect(answer.fields.single("X-Content-Type-Options") == "nosniff")
        let isOwnFile = target == "/" || target.hasPrefix("/assets/")
        #expect(answer.fields.single("Cache-Control") == (isOwnFile ? "no-cache" : "no-store"))
        #expect(
            answer.fields.single("Content-Security-Policy")?.contains("default-src 'none'") == true)
        #expect(answer.fields.all("Access-Control-Allow-Origin").isEmpty)
        #expect(!answer.text.contains("canary"))
    }
}
