// The bodies of `/accounts/{email}/login`; see Bodies.swift for their manners.

/// What `POST` accepts; an empty body means: a credential of another account
/// is filed under its own name.
package struct LoginRequestBody: Codable, Equatable, Sendable {
    package var refuseOthers: Bool?

    package init(refuseOthers: Bool? = nil) { self.refuseOthers = refuseOthers }
}

package struct LoginBody: Codable, Equatable, Sendable {
    package var email: String
    /// `starting`, `window-open`, `signed-in`, `authorised`, `verified`,
    /// `stored` or `failed`.
    package var state: String
    /// Why it failed; null otherwise.
    @Nullable package var failure: String?
    package var detail: String
    /// Begun by the tick.
    package var unattended: Bool
    package var startedAt: String
    package var changedAt: String
    /// When it is given up.
    package var endsAt: String
    /// Under which e-mail the credential was filed.
    @Nullable package var filedAs: String?

    package init(
        email: String, state: String, failure: String? = nil, detail: String, unattended: Bool,
        startedAt: String, changedAt: String, endsAt: String, filedAs: String? = nil
    ) {
        self.email = email
        self.state = state
        self.failure = failure
        self.detail = detail
        self.unattended = unattended
        self.startedAt = startedAt
        self.changedAt = changedAt
        self.endsAt = endsAt
        self.filedAs = filedAs
    }
}

package struct LoginAnswerBody: Codable, Equatable, Sendable {
    package var login: LoginBody

    package init(login: LoginBody) { self.login = login }
}
