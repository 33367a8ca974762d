// Which credential stores this version supports, and what to do where none is.

enum StoreAdvice {
    /// Nil when the store is supported.
    static func unsupported(store: String) -> String? {
        switch store {
        case "file": nil
        case "keychain": keychain
        default: automatic
        }
    }

    private static let keychain =
        "the keychain store is not in this version; no credential was touched"

    #if os(macOS)
        private static let automatic =
            keychain + ". If your Claude Code keeps its credential in a file, start the service "
            + "with --store file"
    #else
        private static let automatic =
            "no credential store is chosen: off macOS Claude Code keeps its credential in a "
            + "file. Start the service with --store file (or ROTATOR_STORE=file) to let it swap "
            + "that file"
    #endif
}
