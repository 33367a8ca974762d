// The YAML file as flat keys and texts: `policy: {threshold: 97}` is
// `policy.threshold`; a list, where one is taken, is joined by commas. What a key
// takes is the settings' business.

import DurableFiles
import Yams

enum ConfigurationFile {
    /// Throws when the file cannot be read or is not a mapping of scalars.
    static func read(_ path: String) throws(ConfigurationError) -> [String: String] {
        let bytes: [UInt8]?
        do {
            bytes = try DurableFile.read(path, limitBytes: 1 << 20)
        } catch {
            throw ConfigurationError(description: error.message + "; name another with --config")
        }
        guard let bytes else {
            throw ConfigurationError(
                description:
                    "\(path): there is no such file; make it, or name another with --config")
        }
        return try flatten(String(decoding: bytes, as: UTF8.self), path)
    }

    static func flatten(
        _ text: String, _ path: String
    ) throws(ConfigurationError) -> [String: String] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ConfigurationError(description: "\(path) is not YAML; repair it: \(error)")
        }
        var flat: [String: String] = [:]
        guard let root, root != Node("") else { return flat }
        guard case .mapping = root else {
            throw ConfigurationError(
                description:
                    "\(path) is not a mapping of keys; config/rotator.yaml shows the form")
        }
        try collect(root, prefix: "", into: &flat, path)
        return flat
    }

    private static func collect(
        _ node: Node, prefix: String, into flat: inout [String: String], _ path: String
    ) throws(ConfigurationError) {
        switch node {
        case .scalar(let scalar): flat[prefix] = scalar.string
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard let name = key.string else {
                    throw ConfigurationError(
                        description:
                            "\(path) has a key that is not a word; `rotator config` lists the keys")
                }
                try collect(
                    value, prefix: prefix.isEmpty ? name : "\(prefix).\(name)", into: &flat, path)
            }
        case .sequence(let items) where SettingKey(rawValue: prefix)?.isList == true:
            flat[prefix] = try items.map { item throws(ConfigurationError) in
                guard case .scalar(let scalar) = item, !scalar.string.contains(",") else {
                    throw ConfigurationError(
                        description:
                            "\(path): `\(prefix)` cannot be that; it takes a list of single values")
                }
                return scalar.string
            }.joined(separator: ",")
        case .sequence, .alias:
            throw ConfigurationError(
                description: "\(path): `\(prefix)` cannot be a list; it takes one value")
        }
    }
}
