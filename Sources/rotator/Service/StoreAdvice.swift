// Which credential stores this platform has, and what to do where none was
// chosen.

enum StoreAdvice {
    /// Nil when the store can be used here.
    static func unsupported(store: String) -> String? {
        switch store {
        case "file": nil
        case "secret-service": secretService
        case "keychain": keychain
        default: automatic
        }
    }

    #if os(macOS)
        private static let keychain: String? = nil
        private static let automatic: String? = nil
        private static let secretService: String? =
            "the Secret Service is Linux's; on macOS use --store keychain"
    #else
        private static let keychain: String? =
            "the keychain is macOS's; off macOS use --store file"
        private static let automatic: String? =
            "no credential store is chosen: off macOS Claude Code keeps its credential in a "
            + "file. Start the service with --store file (or ROTATOR_STORE=file) to let it swap "
            + "that file, or with --store secret-service to keep the slots in the Secret Service"
        private static let secretService: String? = nil
    #endif
}
