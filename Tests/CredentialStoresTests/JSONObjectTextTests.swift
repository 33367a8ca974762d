// The lossless JSON: what is not touched keeps its bytes, what is not an
// object is refused, and no input makes it crash.

import Testing

@testable import CredentialStores

@Suite struct JSONObjectTextTests {
    static let samples = [
        "{}", " { } ", "{\n}\n", #"{"a":1}"#, #"{ "a" : 1.50e+3 , "b":[ ],"c":{"d":"\u00e9\"" } }"#,
        "{\r\n\t\"k\\u0041\": null ,\"x\":true,\"y\":-0.0,\"z\":\"ä€😀\"}\n\n",
    ]

    @Test(arguments: samples)
    func `unchanged it is the same bytes`(text: String) throws {
        #expect(try JSONObjectText(Array(text.utf8)).text == Array(text.utf8))
    }

    @Test(arguments: [
        "", "[]", "1", "null", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1}}",
        "{\"a\":1 \"b\":2}", "{'a':1}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":+1}", "{\"a\":.5}",
        "{\"a\":tru}", "{\"a\":\"\u{1}\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":NaN}",
        "\u{FEFF}{}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"\\ud800\":1}",
    ])
    func `what is not one object with unique keys is refused`(text: String) {
        #expect(throws: JSONTextError.self) { try JSONObjectText(Array(text.utf8)) }
    }

    @Test(arguments: [(128, true), (129, false), (100_000, false)])
    func `nesting is bounded`(depth: Int, isFine: Bool) {
        let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let text = Array("{\"a\":\(value)}".utf8)
        #expect(((try? JSONObjectText(text)) != nil) == isFine)
    }

    @Test func `a member is set in place, added at the end, removed with its comma`() throws {
        var object = try JSONObjectText(Array("{\n  \"a\": 1,\n  \"b\": 2\n}".utf8))
        object.set("a", Array("[9]".utf8))
        object.set("c", Array("3".utf8))
        #expect(
            String(decoding: object.text, as: UTF8.self)
                == "{\n  \"a\": [9],\n  \"b\": 2,\n  \"c\": 3\n}")
        object.remove("c")
        object.remove("a")
        #expect(String(decoding: object.text, as: UTF8.self) == "{\n  \"b\": 2\n}")
        object.remove("b")
        #expect((try? JSONObjectText(object.text))?.members.isEmpty == true)
    }

    @Test(arguments: [
        (#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#, "a\"\\/\u{8}\u{C}\n\r\té😀"), (#""""#, ""),
    ])
    func `strings are decoded`(text: String, value: String) {
        #expect(JSONText.string(Array(text.utf8)) == value)
        #expect(JSONText.string(JSONText.quoted(value)) == value)
    }

    @Test(arguments: UInt64(0)..<4)
    func `no damage makes it crash, and what it accepts it gives back`(seed: UInt64) {
        var generator = Generator(state: seed)
        for _ in 0..<2000 {
            var bytes = Array((Self.samples.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                if Bool.random(using: &generator) {
                    bytes[index] = UInt8.random(in: 0...255, using: &generator)
                } else {
                    bytes.remove(at: index)
                }
            }
            guard let object = try? JSONObjectText(bytes), object.text != bytes else { continue }
            Issue.record("seed \(seed): \(bytes)")
        }
    }

    @Test(arguments: UInt64(0)..<8)
    func `whatever valid object it is given, unchanged it is the same bytes`(seed: UInt64) throws {
        var generator = Generator(state: seed)
        for _ in 0..<200 {
            let object = RandomJSON.object(members: 0...6, &generator)
            #expect(try JSONObjectText(object.text).text == object.text, "seed \(seed)")
        }
    }

    @Test(arguments: UInt64(0)..<8)
    func `a changed member leaves every other as it was`(seed: UInt64) throws {
        var generator = Generator(state: seed)
        for _ in 0..<200 {
            let sample = RandomJSON.object(members: 1...6, &generator)
            let before = try JSONObjectText(sample.text)
            let key = try #require(sample.keys.randomElement(using: &generator))
            let value = RandomJSON.value(depth: 2, &generator)
            let others = sample.keys.filter { $0 != key }

            var set = before
            set.set(key, value)
            try Self.expectSame(others, set, before)
            #expect(try JSONObjectText(set.text)[key] == value)

            var removed = before
            removed.remove(key)
            try Self.expectSame(others, removed, before)
            #expect(try JSONObjectText(removed.text)[key] == nil)

            var added = before
            added.set("new\"key", value)
            try Self.expectSame(sample.keys, added, before)
            #expect(try JSONObjectText(added.text)["new\"key"] == value)
        }
    }

    /// As read again from the changed text.
    private static func expectSame(
        _ keys: [String], _ changed: JSONObjectText, _ before: JSONObjectText
    ) throws {
        let after = try JSONObjectText(changed.text)
        for key in keys { #expect(after[key] == before[key]) }
        #expect(after.members.map(\.key).filter(keys.contains) == keys)
    }

    @Test func `a long text costs its length, not its square`() throws {
        // 4 MiB of members: were it quadratic, this would not end.
        let members = (0..<200_000).map { "\"key\($0)\":\"\($0)\"" }.joined(separator: ",")
        let text = Array("{\(members)}".utf8)
        #expect(try JSONObjectText(text).text == text)
    }
}

struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

/// Valid JSON with white space, escapes and numbers of every form.
enum RandomJSON {
    static func object(
        members: ClosedRange<Int>, _ generator: inout Generator
    ) -> (text: [UInt8], keys: [String]) {
        var text = space(&generator) + "{" + space(&generator)
        var keys: [String] = []
        for index in 0..<Int.random(in: members, using: &generator) {
            if index > 0 { text += "," + space(&generator) }
            let key = "k\(index)"
            keys.append(key)
            let written = Bool.random(using: &generator) ? key : "\\u006b\(index)"
            text += "\"\(written)\"" + space(&generator) + ":" + space(&generator)
            text += String(decoding: value(depth: 3, &generator), as: UTF8.self)
            text += space(&generator)
        }
        return (Array((text + "}" + space(&generator)).utf8), keys)
    }

    static func value(depth: Int, _ generator: inout Generator) -> [UInt8] {
        let leaves = [
            "null", "true", "false", "0", "-0.0", "1e+9", "12.50", "\"\"", "\"\\u00e9\\n\"",
            "\"ä😀\"",
            "\"}],:{[\"", "\"\\\\\"",
        ]
        let choice = depth == 0 ? 0 : Int.random(in: 0...3, using: &generator)
        switch choice {
        case 2:
            let items = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                String(decoding: value(depth: depth - 1, &generator), as: UTF8.self)
            }
            return Array(
                ("[" + space(&generator) + items.joined(separator: " ,") + "]").utf8)
        case 3:
            return object(members: 0...3, &generator).text.trimmed
        default:
            return Array((leaves.randomElement(using: &generator) ?? "null").utf8)
        }
    }

    private static func space(_ generator: inout Generator) -> String {
        ["", "", " ", "\n  ", "\t", "\r\n"].randomElement(using: &generator) ?? ""
    }
}

extension [UInt8] {
    /// Without white space around it.
    fileprivate var trimmed: [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
        return Array(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
