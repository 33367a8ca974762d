// What `POST /setup-tokens` accepts. The one body that holds a secret; it only
// ever comes in.

package struct SetupTokenRequestBody: Codable, Sendable {
    package var email: String
    package var token: String

    package init(email: String, token: String) {
        self.email = email
        self.token = token
    }
}
