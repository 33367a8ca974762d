// The webhook's key: where it lies, what it signs, and that others cannot read
// it.

import DurableFiles
import Foundation
import Support
import Testing

@testable import CredentialStores

@Suite struct WebhookKeyTests {
    // The example of https://www.standardwebhooks.com, checked with Python's hmac.
    @Test func `it signs as the specification's example does`() throws {
        let key = try WebhookKey(Array("whsec_plJ3nmyCDGBKInavdOK15jsl\n".utf8), "k")
        let content =
            #"msg_loFOjxBNrRLzqYUf.1731705121.{"event_type":"ping","data":{"success":true}}"#
        #expect(
            key.signature(of: Array(content.utf8)) == "rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="
        )
    }

    @Test func `it is made once, for its owner only`() throws {
        let home = TemporaryDirectory()
        let path = home.file("webhook.secret")
        let first = try WebhookKey.open(path)
        #expect(try FileFacts.of(path)?.mode == 0o600)
        #expect(home.read("webhook.secret")?.hasPrefix("whsec_") == true)
        let again = try WebhookKey.open(path)
        #expect(first.signature(of: [1]) == again.signature(of: [1]))
        #expect(!"\(first)".contains("whsec"))
    }

    @Test func `one that others can read, or that is none, is refused without repeating it`() {
        let home = TemporaryDirectory()
        let path = home.file("webhook.secret")
        home.write("webhook.secret", "whsec_plJ3nmyCDGBKInavdOK15jsl")
        #expect(chmod(path, 0o640) == 0)
        #expect(throws: WebhookKeyError.self) { try WebhookKey.open(path) }
        for text in ["canary", "whsec_", "whsec_canary!", "whsec_AAAA", ""] {
            home.write("webhook.secret", text)
            #expect(chmod(path, 0o600) == 0)
            do {
                _ = try WebhookKey.open(path)
                Issue.record("took \(text)")
            } catch {
                #expect(!error.message.contains("canary"))
            }
        }
    }
}
