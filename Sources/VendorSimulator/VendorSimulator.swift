// The embedded stand-in for the vendor, over real HTTP on loopback: it serves
// `rotator demo` and the tests, never a real account. The same seed issues the
// same tokens.

import LoopbackHTTP
import Synchronization

package final class VendorSimulator: Sendable {
    private let shared: Shared
    private let server: HTTPServer

    /// `clockMilliseconds` tells the time since the epoch; the demo compresses
    /// it.
    package init(
        accounts: [SimulatedAccount], clockMilliseconds: @escaping @Sendable () -> Int64,
        seed: UInt64
    ) {
        shared = Shared(VendorState(accounts: accounts, seed: seed), clockMilliseconds)
        server = HTTPServer(handler: Handler(shared: shared))
    }

    /// Serves on a free port of 127.0.0.1 and answers which.
    package func start() throws(HTTPServerError) -> UInt16 {
        try server.start([.ipv4(port: 0)])[0].port
    }

    package func stop() async { await server.stop() }

    /// `claudeAiOauth` as Claude Code would have stored it for this account.
    package func claudeAiOauth(of email: String) -> String? {
        guard let account = shared.state.withLock({ $0.account(email) }) else { return nil }
        return #"{"accessToken":"\#(account.accessToken)","#
            + #""refreshToken":"\#(account.refreshToken)","#
            + #""expiresAt":\#(account.accessTokenExpiresAt),"#
            + #""scopes":["user:inference","user:profile"],"#
            + #""subscriptionType":"\#(account.plan)","#
            + #""rateLimitTier":"\#(account.rateLimitTier)"}"#
    }

    package func account(_ email: String) -> SimulatedAccount? {
        shared.state.withLock { $0.account(email) }
    }

    /// The account whose access token this is.
    package func email(ofAccessToken token: String) -> String? {
        shared.state.withLock { $0.accounts.first { $0.accessToken == token }?.email }
    }

    package func change(_ email: String, _ body: (inout SimulatedAccount) -> Void) {
        shared.state.withLock { $0.change(email, body) }
    }

    /// What the authorization endpoint shows somebody who is signed in.
    package var authorizationPage: AuthorizationPage {
        get { shared.state.withLock { $0.authorization.page } }
        set { shared.state.withLock { $0.authorization.page = newValue } }
    }

    /// Nothing this account was issued is good any more.
    package func spendGrant(of email: String) {
        shared.state.withLock { $0.spendGrant(of: email) }
    }

    /// Every token, session and code there ever was, so that a test can look
    /// for them where they must not be.
    package var issuedSecrets: [String] { shared.state.withLock { $0.secrets } }

    /// Burns quota: percent of the 5 h window, and an eighth of it of the
    /// 7 d window.
    package func consume(email: String, percent: Double) {
        change(email) { account in _ = account.quota.serve(percent) }
    }

    package var requestLog: [SimulatedRequest] { shared.state.withLock { $0.log } }

    /// How many answers were being waited for at the same time, at most.
    package var peakConcurrency: Int { shared.inFlight.withLock { $0.peak } }
}

private final class Shared: Sendable {
    let state: Mutex<VendorState>
    let inFlight = Mutex((now: 0, peak: 0))
    let clockMilliseconds: @Sendable () -> Int64

    init(_ state: VendorState, _ clockMilliseconds: @escaping @Sendable () -> Int64) {
        self.state = Mutex(state)
        self.clockMilliseconds = clockMilliseconds
    }
}

private struct Handler: HTTPHandler {
    let shared: Shared

    func reply(to request: HTTPRequest) -> HTTPReply {
        let now = shared.clockMilliseconds()
        let (response, latency) = shared.state.withLock { $0.answer(request, now: now) }
        guard latency > 0 else { return .now(response) }
        return .later {
            shared.inFlight.withLock { count in
                count.now += 1
                count.peak = max(count.peak, count.now)
            }
            try? await Task.sleep(for: .milliseconds(latency))
            shared.inFlight.withLock { $0.now -= 1 }
            return response
        }
    }
}
