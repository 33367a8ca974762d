// What a Claude Code settings file pins: variables of its `env` block and
// `apiKeyHelper`. A file that is missing or no JSON object pins nothing, since
// Claude Code leaves it out too; of one with mistakes, what is understood
// counts, because a rotation that reaches nobody is worse than a false alarm.

import DurableFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum SettingsFile {
    private enum Key: String, CodingKey { case env, apiKeyHelper }

    /// Each member by itself: a mistake in one does not hide the other.
    private struct Settings: Decodable {
        let env: [String: Value]
        let apiKeyHelper: Value?

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Key.self)
            env = (try? members.decode([String: Value].self, forKey: .env)) ?? [:]
            apiKeyHelper = try? members.decode(Value.self, forKey: .apiKeyHelper)
        }
    }

    /// Text, or a number or a truth value that becomes text in an environment;
    /// null, lists and objects are no value and pin nothing.
    private struct Value: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let truth = try? container.decode(Bool.self) {
                text = "\(truth)"
            } else if let number = try? container.decode(Double.self) {
                text = number == 0 ? "0" : "\(number)"
            } else {
                text = ""
            }
        }
    }

    /// Sorted names.
    static func pinningNames(in path: String) -> [String] {
        // Managed settings belong to root, so the owner is not asked about.
        contents(of: path).map(pinningNames(in:)) ?? []
    }

    static func pinningNames(in bytes: Data) -> [String] {
        guard let settings = try? JSONDecoder().decode(Settings.self, from: bytes) else {
            return []
        }
        var names = PinningVariables.present(in: settings.env.mapValues(\.text))
        if settings.apiKeyHelper?.text.isEmpty == false { names.append("apiKeyHelper") }
        return names
    }

    private static func contents(of path: String) -> Data? {
        // Of an empty file, or one in /proc, Foundation's Data(contentsOf:) never
        // frees the buffer it read into, and this one is looked at every tick.
        guard let facts = (try? FileFacts.of(path, following: true)) ?? nil, facts.kind == .file,
            (1..<4 << 20).contains(facts.size)
        else { return nil }
        return try? Data(contentsOf: URL(filePath: path))
    }
}
