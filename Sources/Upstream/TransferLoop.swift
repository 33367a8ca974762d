// The transport's thread: drives libcurl, and is the only one that touches its
// handles (libcurl-thread(3)). It blocks in curl_multi_poll(3) while nothing
// happens.

import CSystem
import RotationCore
import RotationEngine

/// Lives on its thread from `run` on.
final class TransferLoop {
    private let multi: UnsafeMutableRawPointer?
    private let inbox: TransferInbox
    private var transfers: [UInt64: Transfer] = [:]
    /// Cancelled before they were started; the order of the two is not fixed.
    private var cancelledEarly: Set<UInt64> = []

    /// Milliseconds a wait lasts at most. libcurl shortens it for its own
    /// timers, and commands end it.
    private static let longestWait: Int32 = 3_600_000

    private static let headers = [
        "Accept: application/json", "anthropic-beta: oauth-2025-04-20",
        "Content-Type: application/json",
    ]

    /// `multi` is the handle's address; the loop frees it.
    init(_ multi: UInt, inbox: TransferInbox) {
        self.multi = UnsafeMutableRawPointer(bitPattern: multi)
        self.inbox = inbox
    }

    func run() {
        let why = turn()
        for case .start(_, _, let done) in inbox.close() {
            done.resume(returning: .failed(why, wasSent: false))
        }
        for id in Array(transfers.keys) { end(id, as: why) }
        csystem_curl_multi_free(multi)
    }

    /// Until it is shut down, or libcurl gives up; the next exchange then
    /// begins with a new thread.
    private func turn() -> UnreachableKind {
        while true {
            let (commands, isShutDown) = inbox.take()
            for command in commands { obey(command) }
            if isShutDown { return .cancelled }
            guard csystem_curl_perform(multi) == 0 else { return .offline }
            reap()
            guard csystem_curl_wait(multi, Self.longestWait) == 0 else { return .offline }
        }
    }

    private func reap() {
        var result = csystem_curl_result()
        while csystem_curl_next(multi, &result) == 1 {
            guard let transfer = transfers.removeValue(forKey: result.id) else { continue }
            transfer.finish(result)
            csystem_curl_finish(multi, transfer.handle)
        }
    }

    private func obey(_ command: TransferCommand) {
        switch command {
        case .start(let id, let order, let done):
            guard cancelledEarly.remove(id) == nil else {
                return done.resume(returning: .failed(.cancelled, wasSent: false))
            }
            start(id, order, done)
        case .cancel(let id):
            if transfers[id] == nil { cancelledEarly.insert(id) }
            end(id, as: .cancelled)
        case .forget(let id): cancelledEarly.remove(id)
        }
    }

    private func end(_ id: UInt64, as kind: UnreachableKind) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        let wasSent = csystem_curl_request_size(transfer.handle) > 0
        // Answered first: removing may wait for a name look-up to end.
        transfer.done.resume(returning: .failed(kind, wasSent: wasSent))
        csystem_curl_finish(multi, transfer.handle)
    }

    private func start(_ id: UInt64, _ order: TransferOrder, _ done: TransferDone) {
        let transfer = Transfer(bodyLimit: inbox.limits.bodyBytes, done: done)
        transfer.handle = Self.withStrings(order.headers ?? Self.headers) { headers in
            Self.withBytes(order.bearer) { bearer, bearerSize in
                Self.withBytes(order.body) { body, bodySize in
                    order.url.withCString { url in
                        inbox.userAgent.withCString { agent in
                            var request = csystem_curl_request(
                                id: id, url: url, user_agent: agent, headers: headers,
                                bearer: bearer, bearer_size: bearerSize, body: body,
                                body_size: bodySize,
                                connect_timeout_ms: inbox.limits.connectMilliseconds,
                                total_timeout_ms: inbox.limits.totalMilliseconds,
                                without_proxy: order.isLoopback ? 1 : 0, on_body: receiveBody,
                                on_header: receiveHeader,
                                context: Unmanaged.passUnretained(transfer).toOpaque())
                            return csystem_curl_start(multi, &request)
                        }
                    }
                }
            }
        }
        guard transfer.handle != nil else {
            return done.resume(returning: .failed(.offline, wasSent: false))
        }
        transfers[id] = transfer
    }

    // MARK: Lending to C

    /// A NULL-terminated list of C strings.
    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let text = strings.map { Array($0.utf8CString) }
        let joined = text.flatMap { $0 }
        return joined.withUnsafeBufferPointer { buffer in
            var offset = 0
            var list: [UnsafePointer<CChar>?] = text.map { line in
                defer { offset += line.count }
                return buffer.baseAddress.map { $0 + offset }
            }
            list.append(nil)
            return list.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }

    /// The bytes in place: Swift makes no copy of a secret here.
    private static func withBytes<Result>(
        _ secret: Secret?, _ body: (UnsafePointer<CChar>?, Int) -> Result
    ) -> Result {
        guard let secret else { return body(nil, 0) }
        return secret.withBytes { bytes in
            bytes.withUnsafeBytes {
                body($0.bindMemory(to: CChar.self).baseAddress, $0.count)
            }
        }
    }
}
