// The desk for sign-ins, composed: which programs, which pages, and where the
// official client keeps what it was told to keep apart.

import CredentialStores
import HostFacts
import LoginDesk
import RotationEngine

enum SignIns {
    /// Another page than the vendor's is as much trust as another host for
    /// tokens, and needs the same leave.
    static func desk(
        _ configuration: Configuration, _ environment: [String: String],
        store: any SignInStore, clock: any EngineClock, log: any EngineLog,
        onChange: @escaping @Sendable (SignIn) -> Void
    ) throws(StartError) -> LoginDesk {
        let pages = SettingKey.names(in: configuration.text(.loginPages))
        let vendors = Set(AuthorizationPages.vendor.addresses)
        let isAllowed = configuration.text(.allowOtherHosts) == "true"
        for page in pages where !vendors.contains(page) && !isLoopback(page) {
            guard page.hasPrefix("https://"), isAllowed else {
                throw StartError(
                    message: "login.pages names \(page), which is not one of the vendor's pages; "
                        + "upstream.allow-other-hosts: true allows it over https")
            }
        }
        return LoginDesk(
            settings: settings(configuration, environment), store: store, clock: clock, log: log,
            onChange: onChange)
    }

    static func settings(
        _ configuration: Configuration, _ environment: [String: String]
    ) -> LoginSettings {
        var settings = LoginSettings(
            dataDirectory: configuration.dataDirectory, environment: environment,
            pinningVariables: Set(PinningVariables.names))
        settings.client = configuration.text(.claude)
        settings.browser = configuration.text(.browser)
        settings.browserArguments = SettingKey.names(in: configuration.text(.browserArguments))
        settings.pages = AuthorizationPages(
            SettingKey.names(in: configuration.text(.loginPages)))
        settings.timeoutSeconds = Int64(configuration.text(.loginTimeout)) ?? 300
        settings.bootstraps = configuration.text(.bootstrap) == "true"
        settings.pressesConsent = configuration.text(.consent) == "automatic"
        settings.isHeadless = isTrue(environment["CLAUDE_ROTATOR_BOOTSTRAP_HEADLESS"])
        return settings
    }

    private static func isLoopback(_ page: String) -> Bool {
        ["http://127.0.0.1:", "http://localhost:"].contains { page.hasPrefix($0) }
    }

    private static func isTrue(_ value: String?) -> Bool {
        ["1", "true", "yes", "on"].contains(value?.lowercased() ?? "")
    }
}
