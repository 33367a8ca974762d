// Every route has a permission, and every permission means what decision 20
// says: one table here, one there, and each route asked for in every way.

import LoopbackHTTP
import RotationEngine
import Testing

@testable import ControlServer

private let ours = ("Origin", "http://localhost:9429")
private let token = "canary-bearer-0123456789abcdefghijklmnop"

@Suite struct PermissionTests {
    /// Written down a second time on purpose: a route that changes hands does
    /// so in both places.
    private static let table: [String: Permission] = [
        "GET /health": .read, "GET /opt-in": .read, "PUT /opt-in": .operate,
        "DELETE /opt-in": .operate, "GET /pause": .read, "PUT /pause": .operate,
        "DELETE /pause": .operate, "GET /accounts": .read, "GET /accounts/{email}": .read,
        "GET /accounts/{email}/lineage": .read, "PUT /accounts/{email}/policy": .operate,
        "DELETE /accounts/{email}": .administer, "POST /captures": .administer,
        "POST /imports": .administer, "POST /setup-tokens": .administer, "PUT /live": .operate,
        "POST /tick": .operate,
        "POST /observations": .administer, "GET /decisions": .read,
        "GET /decisions/latest": .read, "GET /history": .read, "GET /plan": .read,
        "GET /nudges": .read, "POST /nudges/{code}/{email}/acknowledge": .operate,
        "GET /accounts/{email}/login": .read, "POST /accounts/{email}/login": .administer,
        "DELETE /accounts/{email}/login": .administer, "GET /events": .read, "GET /metrics": .read,
        "GET /openapi.yaml": .page, "GET /": .page,
        "GET /assets/{name}": .page,
        "GET /readings": .read,
    ]

    static let routes = Route.all.map { "\($0.method) \($0.template)" }

    @Test func `the table is the one that was decided`() {
        let built = Dictionary(
            uniqueKeysWithValues: zip(Self.routes, Route.all.map(\.permission)))
        #expect(built == Self.table)
    }

    @Test
    func `what changes something is never a read, and what is asked for by GET changes nothing`() {
        for route in Route.all {
            let isSafe = route.permission == .page || route.permission == .read
            #expect((route.method == "GET") == isSafe, "\(route.template)")
            #expect((route.quota == nil) == isSafe, "\(route.template)")
        }
    }

    private func status(
        _ house: ServerHarness, _ route: String, _ fields: [(String, String)]
    ) async -> Int {
        let parts = route.split(separator: " ").map(String.init)
        let target = parts[1].replacing("{email}", with: "nobody@example.com")
            .replacing("{code}", with: "no-such")
        return await house.send(house.request(parts[0], target, fields: fields)).status
    }

    /// 401 and 403 are the gate's; anything else came from behind it.
    private func passes(_ status: Int) -> Bool { status != 401 && status != 403 }

    @Test(arguments: routes)
    func `a program may have every route, our page what is its own`(route: String) async throws {
        let house = await ServerHarness()
        let permission = try #require(Self.table[route])
        func may(_ fields: [(String, String)]) async -> Bool {
            passes(await status(house, route, fields))
        }
        #expect(await may([]))
        let sent = await may([ours, ("Sec-Fetch-Site", "same-origin")])
        #expect(sent == (permission != .administer))
        // No browser leaves the Origin out of a request that changes something.
        for mark in [
            ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"),
            ("Referer", "http://localhost:9429/"),
        ] {
            let isSafe = permission == .page || permission == .read
            #expect(await may([mark]) == isSafe, "\(mark)")
        }
        #expect(await may([ours, ours]) == (permission == .page || permission == .read))
        for foreign in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")] {
            #expect(await may([foreign]) == false, "\(foreign)")
        }
        let other = await house.send(
            house.request(
                String(route.prefix { $0 != " " }), "/health", peer: .uid(ownUID + 1)))
        #expect(other.status == 403)
    }

    @Test(arguments: routes)
    func `with a token on, only the page's own bytes come without`(route: String) async throws {
        let house = await ServerHarness(token: .required(Secret(Array(token.utf8))))
        let permission = try #require(Self.table[route])
        let without = await status(house, route, [])
        #expect((without == 401) == (permission != .page))
        let right = ("Authorization", "Bearer \(token)")
        #expect(passes(await status(house, route, [right])))
        let wrong = ("Authorization", "Bearer \(token.dropLast())x")
        #expect(await status(house, route, [wrong]) == (permission == .page ? without : 401))
        // The token opens nothing to a foreign page.
        let foreign = [right, ("Origin", "https://evil.example")]
        #expect(await status(house, route, foreign) == 403)
    }

    @Test(arguments: ["GET /nowhere", "PATCH /live", "OPTIONS /live", "GET /%zz", "HEAD /accounts"])
    func `what is no route is guarded like a read`(request: String) async {
        let house = await ServerHarness(token: .required(Secret(Array(token.utf8))))
        #expect(await status(house, request, []) == 401)
    }
}
