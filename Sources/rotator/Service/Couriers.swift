// Who carries nudges out of the service, as configured; nobody unless told.

import CredentialStores
import RotationCore
import RotationEngine
import Upstream

struct Couriers {
    let all: [any NudgeCourier]
    private let webhook: WebhookCourier?

    init(
        _ configuration: Configuration, _ environment: [String: String], _ clock: any EngineClock
    ) throws(StartError) {
        var all: [any NudgeCourier] = []
        webhook = try Self.webhook(configuration, clock)
        if let webhook { all.append(webhook) }
        let command = configuration.text(.desktopCommand)
        if !command.isEmpty {
            all.append(DesktopCourier(command: command, environment: environment))
        }
        self.all = all
    }

    func shutdown() { webhook?.shutdown() }

    /// Of the key webhooks are signed with.
    static func keyFile(_ configuration: Configuration) -> String {
        let named = configuration.text(.webhookSecretFile)
        return named.isEmpty ? configuration.dataDirectory + "/webhook.secret" : named
    }

    private static func webhook(
        _ configuration: Configuration, _ clock: any EngineClock
    ) throws(StartError) -> WebhookCourier? {
        let url = configuration.text(.webhookURL)
        guard !url.isEmpty else { return nil }
        do {
            let key = try WebhookKey.open(keyFile(configuration))
            return try WebhookCourier(
                url: url, userAgent: Version.userAgent, now: { clock.now() },
                sign: { key.signature(of: $0) })
        } catch let error as WebhookKeyError {
            throw StartError(message: "notify.webhook-secret-file: \(error.message)")
        } catch {
            // The URL may hold a secret: it is not repeated.
            throw StartError(
                message: "notify.webhook-url is not an https URL, or an http one of this machine, "
                    + "without a user")
        }
    }
}
