// Small texts that several rooms agree on: digests, words of a shell, e-mails,
// moments, the names of windows. And how a sentence is put together.

import Testing

@testable import RotationCore

@Suite struct TextTests {
    /// The vectors of the algorithm's authors (draft-eastlake-fnv).
    @Test(
        arguments: [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C),
            ("foobar", 0x8594_4171_F739_67E8),
        ] as [(String, UInt64)])
    func `a digest is the one FNV-1a gives`(text: String, digest: UInt64) {
        #expect(FNV1a.digest(text) == digest)
    }

    @Test func `parts are told apart`() {
        #expect(FNV1a.digest(of: ["ab", "c"]) != FNV1a.digest(of: ["a", "bc"]))
        #expect(FNV1a.digest(of: ["a", ""]) != FNV1a.digest(of: ["a"]))
    }

    @Test(arguments: [("", "''"), ("a'b", #"'a'\''b'"#), ("-x", "'-x'"), ("a b", "'a b'")])
    func `what is no word of a shell is quoted`(text: String, word: String) {
        #expect(ShellWord.word(text) == word && ShellWord.quoted(text) == word)
    }

    @Test func `what is a word already stays as it is`() {
        #expect(ShellWord.word("bob+1@example.com") == "bob+1@example.com")
    }

    @Test(arguments: [(253, true), (254, true), (255, false)])
    func `an e-mail address has 254 characters at most`(count: Int, isPlausible: Bool) {
        let text = String(repeating: "ä", count: count - 2) + "@b"
        #expect(EmailAddress.isPlausible(text) == isPlausible)
    }

    @Test(arguments: ["", "a", "@", "a@", "@b", "a@b@c", "-a@b", "a b@c", "a\u{7F}@b", "a\n@b"])
    func `what could be an option, or no word, is no e-mail address`(text: String) {
        #expect(!EmailAddress.isPlausible(text))
    }

    @Test(
        arguments: [
            (-62_167_219_201, "-1-12-31T23:59:59Z"), (-62_167_219_200, "0000-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"), (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (253_402_300_800, "10000-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func `a moment is written in UTC, to the second before it`(seconds: Int64, text: String) {
        let moment = Timestamp(milliseconds: seconds * 1000 + 999)
        #expect(moment.rfc3339 == text)
        #expect(moment.timeOfDay == text.suffix(9).prefix(5) + "Z")
    }

    @Test(arguments: [Int64.min, .max])
    func `the farthest moment there is can be written`(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339.hasSuffix("Z"))
    }

    @Test func `what is written of a moment is read as that moment`() {
        for seconds in stride(
            from: Int64(-62_167_219_200), through: 253_402_300_799, by: 912_345_671)
        {
            let moment = Timestamp(seconds: seconds)
            #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
        }
    }

    @Test func `a window has one key, whoever names it`() {
        #expect(WindowKey(name: "five_hour") == .fiveHour && WindowKey.fiveHour.isAccountWide)
        #expect(WindowKey(name: "seven_day") == .sevenDay && WindowKey.sevenDay.isAccountWide)
        let scoped = WindowKey(name: "five_hour", model: "Opus")
        #expect(scoped != .fiveHour && !scoped.isAccountWide && scoped.model == "Opus")
        for key in [WindowKey.fiveHour, .sevenDay, scoped, WindowKey(name: "other")] {
            #expect(WindowKey(name: key.name, model: key.model) == key)
        }
    }

    @Test func `windows are in the order of their names, then of their models`() {
        let ordered = [
            WindowKey.fiveHour, WindowKey(name: "five_hour", model: "Opus"),
            WindowKey(name: "five_hour_more"), .sevenDay, WindowKey(name: "weekly", model: "A"),
            WindowKey(name: "weekly", model: "B"),
        ]
        #expect(ordered.reversed().sorted() == ordered)
    }

    @Test(arguments: ["", "a", String(repeating: "ä", count: 200)])
    func `a sentence says what an interpolation says`(piece: String) {
        let words: Words = "\(piece) is at \(piece)."
        #expect(words.text == "\(piece) is at \(piece).")
        let (plain, until): (Words, Words) = ("\(piece)", "full\(until: Timestamp(seconds: 0)).")
        #expect(plain.text == piece && until.text == "full until 1970-01-01T00:00:00Z.")
        let never: Words = "full\(until: nil)."
        #expect(never.text == "full.")
    }
}
