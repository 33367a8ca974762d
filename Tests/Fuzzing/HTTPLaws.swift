// What holds for the request parser whatever it is fed: the pieces bytes come
// in never matter, what comes out is within its limits, and a second parser
// sees the same requests.

@testable import ControlServer
@testable import LoopbackHTTP

package enum HTTPLaws {
    enum Outcome: Equatable {
        case requests([ParsedRequest])
        case failure([ParsedRequest], ProtocolError)

        var requests: [ParsedRequest] {
            switch self {
            case .requests(let requests), .failure(let requests, _): requests
            }
        }
    }

    /// Parses `bytes`, fed in pieces of `size`.
    static func parse(
        _ bytes: [UInt8], size: Int = .max, limits: HTTPLimits = .standard
    ) -> Outcome {
        var parser = RequestParser(limits: limits)
        var requests: [ParsedRequest] = []
        var rest = bytes[...]
        do throws(ProtocolError) {
            while !rest.isEmpty {
                let piece = Array(rest.prefix(size))
                rest = rest.dropFirst(piece.count)
                piece.withUnsafeBytes { parser.append($0) }
                while let request = try parser.next() { requests.append(request) }
            }
        } catch {
            return .failure(requests, error)
        }
        return .requests(requests)
    }

    /// So small that a fuzzer meets every one of them.
    private static let tight: HTTPLimits = {
        var limits = HTTPLimits.standard
        (limits.headBytes, limits.targetBytes) = (96, 16)
        (limits.fieldCount, limits.bodyBytes) = (4, 8)
        return limits
    }()

    static func violation(_ bytes: [UInt8]) -> String? {
        for limits in [HTTPLimits.standard, tight] {
            let whole = parse(bytes, limits: limits)
            // A size of its own for each input, beside the smallest.
            let odd = 2 + bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 63 }
            for size in [1, odd] where parse(bytes, size: size, limits: limits) != whole {
                return "in pieces of \(size) it is read in another way"
            }
            for request in whole.requests {
                if let wrong = violation(request, limits) { return wrong }
            }
        }
        guard SecondOpinion.isThere else { return nil }
        if case .differ(let how) = Comparison(bytes) { return how }
        return nil
    }

    private static func violation(_ request: ParsedRequest, _ limits: HTTPLimits) -> String? {
        let head = request.head
        guard request.body.count == head.contentLength, head.contentLength <= limits.bodyBytes
        else { return "a body of \(request.body.count) bytes" }
        guard head.target.utf8.count <= limits.targetBytes,
            head.target.hasPrefix("/") || head.target == "*"
        else { return "the target \(head.target)" }
        guard head.fields.lines.count <= limits.fieldCount else { return "too many fields" }
        let texts = [head.method, head.target] + head.fields.lines.flatMap { [$0.name, $0.value] }
        guard texts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } })
        else { return "a control character came through" }
        guard head.fields.all("transfer-encoding").isEmpty else { return "a transfer coding" }
        return nil
    }

    /// What is decoded, encoded again, decodes to the same.
    static func targetViolation(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let target = RequestTarget(text) else { return nil }
        let path = target.path.map { "/" + encoded($0) }.joined()
        guard RequestTarget(path)?.path == target.path else { return "the path \(path) differs" }
        let isClean = target.path.joined().utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        guard isClean else { return "a control character came through" }
        _ = target.flag("f", default: true)
        if let number = target.number("n", in: 1...10, default: 1), !(1...10).contains(number) {
            return "the number \(number) is out of its range"
        }
        return nil
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
