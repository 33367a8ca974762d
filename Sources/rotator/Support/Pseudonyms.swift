// Names of people and accounts replaced by numbers, the same name by the same
// number throughout, so that a bundle can be shown around.

struct Pseudonyms {
    private var emails: [String: String] = [:]
    private var ids: [String: String] = [:]
    private let home: String
    private let keepsEmails: Bool

    /// `known` are numbered first, in their order.
    init(known: [(email: String, id: String)], home: String, keepsEmails: Bool) {
        self.home = home
        self.keepsEmails = keepsEmails
        for account in known {
            _ = email(account.email.lowercased())
            ids[account.id] = ids[account.id] ?? "id-\(ids.count + 1)"
        }
    }

    mutating func replaced(_ text: String) -> String {
        var result = ""
        var word = ""
        for character in home.isEmpty ? text : text.replacing(home, with: "~") {
            if Self.isOfName(character) {
                word.append(character)
            } else {
                result += name(word) + String(character)
                word = ""
            }
        }
        return result + name(word)
    }

    /// A dot at the end belongs to the sentence.
    private mutating func name(_ word: String) -> String {
        guard word.count >= 5 else { return word }
        let end = word.reversed().prefix { $0 == "." || $0 == "-" }
        let core = String(word.dropLast(end.count))
        return (replacement(core) ?? core) + String(end.reversed())
    }

    private mutating func replacement(_ word: String) -> String? {
        if Self.isEmail(word) { return keepsEmails ? nil : email(word.lowercased()) }
        if let known = ids[word] { return known }
        let parts = word.split(separator: ".")
        guard (1...2).contains(parts.count), parts.allSatisfy(Self.isUUID) else { return nil }
        let name = "id-\(ids.count + 1)"
        ids[word] = name
        return name
    }

    private mutating func email(_ email: String) -> String {
        if let known = emails[email] { return known }
        let name = "account-\(emails.count + 1)"
        emails[email] = name
        return name
    }

    /// `+` and `%` stand in the part before the `@`.
    private static func isOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "@.-_+%".contains(character)
    }

    private static func isEmail(_ word: String) -> Bool {
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
            && !parts[1].hasPrefix(".")
    }

    private static func isUUID(_ part: Substring) -> Bool {
        let lengths = part.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
        return lengths == [8, 4, 4, 4, 12] && part.allSatisfy { $0 == "-" || $0.isHexDigit }
    }
}
