// One HTTP exchange with the vendor, before anybody knows what it means.

import CSystem
import RotationCore
import RotationEngine

/// What is to be sent. Secrets stay `Secret` until libcurl copies them.
struct TransferOrder: Sendable {
    var url: String
    var isLoopback: Bool
    /// Sent as `Authorization: Bearer`.
    var bearer: Secret?
    /// Makes it a POST with a JSON body.
    var body: Secret?
    /// Instead of the vendor's.
    var headers: [String]?
}

struct TransferResponse: Sendable {
    var status: Int
    /// The field as sent; nil when there was none.
    var retryAfter: String?
    /// `anthropic-ratelimit-unified-reset`, as sent.
    var unifiedReset: String?
    /// `Date`, as sent.
    var date: String?
    var body: [UInt8]
}

enum TransferOutcome: Sendable {
    case response(TransferResponse)
    /// `wasSent`: bytes of the request left this machine.
    case failed(UnreachableKind, wasSent: Bool)
}

/// Bounds of an exchange.
package struct TransferLimits: Sendable {
    package var connectMilliseconds = 10_000
    package var totalMilliseconds = 30_000
    /// Bytes of an answer's body; more is malformed.
    package var bodyBytes = 1 << 20
    package init() {}
}

/// An exchange under way; lives on the transport's thread only.
final class Transfer {
    let done: CheckedContinuation<TransferOutcome, Never>
    var handle: UnsafeMutableRawPointer?
    private var body: [UInt8] = []
    private var retryAfter: String?
    private var unifiedReset: String?
    private var date: String?
    private let bodyLimit: Int

    init(bodyLimit: Int, done: CheckedContinuation<TransferOutcome, Never>) {
        self.bodyLimit = bodyLimit
        self.done = done
    }

    func finish(_ result: csystem_curl_result) {
        guard result.code == 0 else {
            let kind = UnreachableKind(curlCode: result.code)
            return done.resume(returning: .failed(kind, wasSent: result.request_size > 0))
        }
        done.resume(
            returning: .response(
                TransferResponse(
                    status: result.status, retryAfter: retryAfter, unifiedReset: unifiedReset,
                    date: date, body: body)))
    }

    /// False stops the transfer: more came than any answer has.
    fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= bodyLimit else { return false }
        body.append(contentsOf: bytes)
        return true
    }

    fileprivate func take(header line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") { (retryAfter, unifiedReset, date) = (nil, nil, nil) }
        guard let colon = text.firstIndex(of: ":") else { return }
        let value = text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        switch text[..<colon].lowercased() {
        case "retry-after": retryAfter = value
        case "date": date = value
        case "anthropic-ratelimit-unified-reset": unifiedReset = value
        default: break
        }
    }
}

// MARK: What libcurl calls

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

let receiveBody: csystem_curl_data = { bytes, size, count, context in
    let total = size * count
    let chunk = UnsafeRawBufferPointer(start: bytes, count: total)
    return transfer(context)?.take(body: chunk) == true ? total : 0
}

let receiveHeader: csystem_curl_data = { bytes, size, count, context in
    transfer(context)?.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}
