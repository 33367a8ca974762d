// llhttp, Node.js's parser, as a second opinion on the same bytes: its events
// gathered into the requests it saw. Only what ours also knows is kept.

import CLLHTTP

@testable import LoopbackHTTP

package struct SecondOpinion {
    package struct Request: Equatable {
        var method: [UInt8] = []
        var target: [UInt8] = []
        package var fields: [[UInt8]] = []
        package var body: [UInt8] = []
        var isPersistent = false
    }

    /// False where Debian's package `node-llhttp` was not there when this was
    /// compiled.
    package static var isThere: Bool { cllhttp_is_there() == 1 }

    package private(set) var requests: [Request] = []
    private(set) var error: Int32 = 0
    private var current = Request()
    private var name: [UInt8] = []
    private var value: [UInt8] = []

    var knowsNoSuchMethod: Bool { error == cllhttp_invalid_method() }

    package init(_ bytes: [UInt8], piece: Int = .max) {
        var gathered = SecondOpinion()
        let code = withUnsafeMutablePointer(to: &gathered) { pointer in
            cllhttp_parse(
                bytes, bytes.count, piece,
                { context, kind, bytes, count in
                    let text = UnsafeBufferPointer(start: bytes, count: count)
                    context?.assumingMemoryBound(to: SecondOpinion.self).pointee
                        .take(UInt8(bitPattern: kind), text)
                }, pointer)
        }
        self = gathered
        error = code
    }

    private init() {}

    private mutating func take(_ kind: UInt8, _ text: UnsafeBufferPointer<UInt8>) {
        switch kind {
        case UInt8(ascii: "M"): current.method += text
        case UInt8(ascii: "U"): current.target += text
        case UInt8(ascii: "N"): name += text
        case UInt8(ascii: "V"): value += text
        case UInt8(ascii: "v"):
            current.fields.append(name + [0x3A] + Self.trimmed(value))
            (name, value) = ([], [])
        case UInt8(ascii: "B"): current.body += text
        case UInt8(ascii: "E"):
            current.isPersistent = text.first == UInt8(ascii: "1")
            requests.append(current)
            current = Request()
        default: break
        }
    }

    /// It leaves white space at a value's end, which is no part of the value
    /// (RFC 9110 §5.5).
    private static func trimmed(_ value: [UInt8]) -> [UInt8] {
        Array(value.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed())
    }
}

extension SecondOpinion.Request {
    /// Ours, in the same words. A field value is compared as the text we make
    /// of it, so bytes that are not UTF-8 are repaired on both sides.
    init(_ ours: ParsedRequest) {
        method = Array(ours.head.method.utf8)
        target = Array(ours.head.target.utf8)
        fields = ours.head.fields.lines.map { Array($0.name.utf8) + [0x3A] + Array($0.value.utf8) }
        body = ours.body
        isPersistent = ours.head.isPersistent
    }

    var repaired: Self {
        var copy = self
        copy.fields = fields.map { Array(String(decoding: $0, as: UTF8.self).utf8) }
        return copy
    }
}
