// Small texts that several rooms agree on: digests, words of a shell, e-mails.

import RotationCore
import Testing

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
}
