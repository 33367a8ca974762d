// `rotator accounts --watch`: the table again whenever it changes. The service
// is asked to wait for the change (`?wait=`, RFC 9110 If-None-Match), so that
// nothing is asked twice; it may come and go meanwhile.

import CSystem
import ControlWire
import LoopbackHTTP
import Synchronization

final class AccountsWatch: Sendable {
    private struct State {
        var body: [UInt8]?
        var trouble: HTTPClientError?
        /// An answer that ends the watch.
        var refusal: HTTPClientResponse?
        var isNew = false
    }

    private let client: ServiceClient
    private let wakeUps: WakeUps
    private let state = Mutex(State())

    /// Seconds the service may wait; 60 at most (docs/SCRIPTING.md).
    private static let waitSeconds: Int64 = 30
    private static let pauseMilliseconds: Int32 = 1000

    init?(_ client: ServiceClient) {
        guard let wakeUps = WakeUps(keys: nil) else { return nil }
        self.client = client
        self.wakeUps = wakeUps
    }

    /// Until SIGINT, which is a good end, or another signal, whose number plus
    /// 128 is the exit code.
    func run(json: Bool, _ face: () -> Presentation) throws {
        guard BlockingThread.start({ self.follow() }) else {
            Output.error("no thread could be started; end some programs and try again")
            throw ExitStatus.code(.failed)
        }
        var drawn = 0
        while true {
            let face = face()
            // A countdown goes on although nothing changed.
            let awakening = wakeUps.next(timeoutMilliseconds: face.isTerminal ? 10_000 : -1)
            if case .signal(let number) = awakening, let code = SignalEnd.code(number) {
                return try SignalEnd.end(code)
            }
            if case .signal(SignalEnd.stop) = awakening { SignalEnd.stopSelf() }
            let (now, isNew) = state.withLock { state in
                defer { state.isNew = false }
                return (state, state.isNew)
            }
            if let refusal = now.refusal { _ = try client.accepted(refusal) }
            guard let body = now.body else {
                if let trouble = now.trouble { throw client.unreachable(trouble) }
                continue
            }
            if json {
                if isNew { Output.bytes(body.last == 0x0A ? body : body + [0x0A]) }
            } else if isNew || face.isTerminal {
                var lines = Report.accounts(try client.decode(AccountsBody.self, body), face)
                if let trouble = now.trouble { lines.append(ServiceClient.text(of: trouble)) }
                drawn = show(lines, over: drawn, face)
            }
        }
    }

    /// In the place of what was drawn before; one after the other where no
    /// person looks on. How many lines there are now.
    private func show(_ lines: [String], over drawn: Int, _ face: Presentation) -> Int {
        guard face.isTerminal else {
            Output.lines(drawn == 0 ? lines : [""] + lines)
            return 1
        }
        let up = drawn > 0 ? "\u{1B}[\(drawn)A\r\u{1B}[J" : ""
        Output.text(up + lines.map { $0 + "\n" }.joined())
        return lines.count
    }

    /// On a thread of its own, for good.
    private func follow() {
        var tag: String?
        while true {
            let target = tag == nil ? "/accounts" : "/accounts?wait=\(Self.waitSeconds)"
            do throws(HTTPClientError) {
                let answer = try client.exchange(
                    "GET", target, ifNoneMatch: tag, timeoutSeconds: Self.waitSeconds + 15)
                tag = answer.fields.single("ETag") ?? tag
                take(answer)
            } catch {
                tag = nil
                publish { $0.trouble = error }
                csystem_pause(Self.pauseMilliseconds)
            }
        }
    }

    private func take(_ answer: HTTPClientResponse) {
        switch answer.status {
        case 200:
            publish { state in
                state.isNew = state.isNew || state.body != answer.body
                state.body = answer.body
                state.trouble = nil
            }
        case 304: publish { $0.trouble = nil }
        case 503: csystem_pause(Self.pauseMilliseconds)
        default: publish { $0.refusal = answer }
        }
    }

    private func publish(_ change: (inout sending State) -> Void) {
        state.withLock { change(&$0) }
        wakeUps.wake()
    }
}
