// The simulated vendor with a relay in front: the harness is told before a
// request reaches the vendor and before its answer leaves, and may kill the
// service in between. It also keeps every token that was ever issued.

import Foundation
import LoopbackHTTP
import Synchronization
import VendorSimulator

final class Vendor: Sendable {
    /// Requests are counted from 1.
    enum Moment: Hashable, Sendable {
        /// The vendor has not seen it.
        case asked(Int)
        /// The vendor has answered; the service does not know.
        case answered(Int)
    }

    static let tokenPath = "/v1/oauth/token"

    let simulator: VendorSimulator
    /// Of the relay; what the service is given as the vendor's address.
    let address: String
    private let relay: HTTPServer
    private let state: RelayState

    init(_ accounts: [SimulatedAccount]) throws {
        simulator = VendorSimulator(
            accounts: accounts,
            clockMilliseconds: { Int64(Date().timeIntervalSince1970 * 1000) }, seed: 4711)
        state = RelayState(
            simulator, emails: accounts.map(\.email), port: try simulator.start())
        relay = HTTPServer(handler: state)
        address = "http://127.0.0.1:\(try relay.start([.ipv4(port: 0)])[0].port)"
        state.noteTokens()
    }

    func stop() {
        let (relay, simulator) = (relay, simulator)
        OwnThread.wait {
            await relay.stop(drainMilliseconds: 0)
            await simulator.stop()
        }
    }

    /// Called on the relay's thread; what it answers false to goes no further.
    func onMoment(_ hook: @escaping @Sendable (Moment) -> Bool) {
        state.mutable.withLock { $0.hook = hook }
    }

    /// Requests of the service, by path, in order.
    var requests: [String] { state.mutable.withLock { $0.paths } }

    /// Whose token this is or was.
    func owner(of token: String) -> String? {
        state.mutable.withLock { $0.issued[token] }
    }

    /// As Claude Code would renew the live account; answers the new pair.
    func renew(_ email: String) throws {
        guard let account = simulator.account(email) else { return }
        let body =
            #"{"grant_type":"refresh_token","refresh_token":"\#(account.refreshToken)","#
            + #""client_id":"claude-code"}"#
        let answer = try state.client.exchange(
            method: "POST", target: Self.tokenPath,
            fields: HTTPFields([.init(name: "Content-Type", value: "application/json")]),
            body: Array(body.utf8), timeoutMilliseconds: 30_000)
        guard answer.status == 200 else {
            throw HarnessError(description: "the simulator answered \(answer.status)")
        }
        state.noteTokens()
    }
}

private final class RelayState: HTTPHandler {
    struct Mutable {
        var hook: @Sendable (Vendor.Moment) -> Bool = { _ in true }
        var paths: [String] = []
        var issued: [String: String] = [:]
    }

    let mutable = Mutex(Mutable())
    let client: HTTPClient
    private let simulator: VendorSimulator
    private let emails: [String]

    init(_ simulator: VendorSimulator, emails: [String], port: UInt16) {
        self.simulator = simulator
        self.emails = emails
        client = HTTPClient(.ipv4(port: port))
    }

    func noteTokens() {
        let accounts = emails.compactMap(simulator.account)
        mutable.withLock { state in
            for account in accounts {
                state.issued[account.accessToken] = account.email
                state.issued[account.refreshToken] = account.email
            }
        }
    }

    /// Blocks the relay's thread, which has nothing else to do.
    func reply(to request: HTTPRequest) -> HTTPReply {
        let (number, hook) = mutable.withLock { state in
            state.paths.append(String(request.rawPath))
            return (state.paths.count, state.hook)
        }
        let nothing = HTTPReply.now(HTTPResponse(status: 503))
        guard hook(.asked(number)) else { return nothing }
        let dropped: Set = ["host", "connection", "content-length", "expect", "accept-encoding"]
        let fields = HTTPFields(
            request.fields.lines.filter { !dropped.contains($0.name.lowercased()) })
        do {
            let answer = try client.exchange(
                method: request.method, target: request.target, fields: fields,
                body: request.body, timeoutMilliseconds: 30_000)
            noteTokens()
            guard hook(.answered(number)) else { return nothing }
            let own: Set = ["connection", "content-length", "date", "transfer-encoding"]
            return .now(
                HTTPResponse(
                    status: answer.status,
                    fields: HTTPFields(
                        answer.fields.lines.filter { !own.contains($0.name.lowercased()) }),
                    body: .bytes(answer.body)))
        } catch {
            return nothing
        }
    }
}
