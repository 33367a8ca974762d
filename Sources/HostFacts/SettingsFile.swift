// What a Claude Code settings file pins: variables of its `env` block and
// `apiKeyHelper`. A file that is missing or not understood pins nothing, as
// Claude Code reads it.

import DurableFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

enum SettingsFile {
    private struct Settings: Decodable {
        var env: [String: Value]?
        var apiKeyHelper: Value?
    }

    /// A string or anything else; only strings can pin.
    private struct Value: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = (try? container.decode(String.self)) ?? ""
        }
    }

    /// Sorted names.
    static func pinningNames(in path: String) -> [String] {
        // Managed settings belong to root, so the owner is not asked about.
        guard let bytes = contents(of: path),
            let settings = try? JSONDecoder().decode(Settings.self, from: bytes)
        else { return [] }
        var names = PinningVariables.present(in: (settings.env ?? [:]).mapValues(\.text))
        if settings.apiKeyHelper?.text.isEmpty == false { names.append("apiKeyHelper") }
        return names
    }

    private static func contents(of path: String) -> Data? {
        guard let facts = (try? FileFacts.of(path, following: true)) ?? nil, facts.kind == .file,
            facts.size < 4 << 20
        else { return nil }
        return try? Data(contentsOf: URL(filePath: path))
    }
}
