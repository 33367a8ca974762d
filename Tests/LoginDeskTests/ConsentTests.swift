// What may be opened, and what may be pressed: nothing but the vendor's own
// page with exactly the expected account on it.

import Testing

@testable import LoginDesk

@Suite struct ConsentTests {
    private let pages = AuthorizationPages.vendor
    private var judge: ConsentJudge { ConsentJudge(pages: pages, email: "Alice@example.com") }
    private static let page = "https://claude.ai/oauth/authorize"
    private static let button = PageFacts.Button(text: "Authorize", x: 10, y: 20)

    private func facts(
        _ address: String = Self.page, isReady: Bool = true, hasForm: Bool = false,
        hasChallenge: Bool = false, emails: [String] = ["alice@example.com"],
        buttons: [PageFacts.Button] = [Self.button]
    ) -> PageFacts {
        PageFacts(
            address: address, isReady: isReady, hasForm: hasForm, hasChallenge: hasChallenge,
            emails: emails, buttons: buttons)
    }

    @Test func `the button is pressed where everything is as expected`() {
        #expect(judge.advice(facts()) == .press(x: 10, y: 20))
        for text in ["authorise", "Authorize Claude Code", "AUTHORIZE"] {
            let button = PageFacts.Button(text: text, x: 1, y: 2)
            #expect(judge.advice(facts(buttons: [button])) == .press(x: 1, y: 2))
        }
    }

    @Test(arguments: AuthorizationPages.vendor.addresses)
    func `on each of the vendor's pages`(page: String) {
        #expect(judge.advice(facts(page)) == .press(x: 10, y: 20))
    }

    @Test(arguments: [
        "https://claude.ai/oauth/authorize/x", "https://claude.ai/login",
        "http://claude.ai/oauth/authorize",
        "https://claude.ai:8443/oauth/authorize", "https://claude.ai.evil.org/oauth/authorize",
        "https://user@claude.ai/oauth/authorize",
    ])
    func `on no other page is anything pressed`(page: String) {
        if case .press = judge.advice(facts(page)) { Issue.record("pressed on \(page)") }
    }

    @Test func `a form, a challenge or another account stops it, whatever else is there`() {
        #expect(judge.advice(facts(hasForm: true)) == .stop(.signInForm))
        #expect(judge.advice(facts(hasForm: true, hasChallenge: true)) == .stop(.challenge))
        #expect(judge.advice(facts(emails: ["bob@example.com"])) == .stop(.unexpectedAccount))
        #expect(
            judge.advice(facts(emails: ["alice@example.com", "bob@example.com"]))
                == .stop(.unexpectedAccount))
        #expect(
            judge.advice(facts("https://claude.ai/login", hasForm: true)) == .stop(.signInForm))
        #expect(
            judge.advice(facts("https://claude.ai/new"))
                == .stop(.unexpectedPage("https://claude.ai/new")))
    }

    @Test func `what is not there yet is waited for`() {
        #expect(judge.advice(facts(isReady: false)) == .wait)
        #expect(judge.advice(facts(emails: [])) == .wait)
        #expect(judge.advice(facts(buttons: [])) == .wait)
        #expect(judge.advice(facts("about:blank")) == .wait)
        let decline = PageFacts.Button(text: "Decline", x: 1, y: 1)
        #expect(judge.advice(facts(buttons: [decline])) == .wait)
        #expect(judge.advice(facts(buttons: [decline, Self.button])) == .press(x: 10, y: 20))
        // Two of the same: which one is meant is not known.
        #expect(judge.advice(facts(buttons: [Self.button, Self.button])) == .wait)
    }

    @Test func `the way back to the client is the end`() {
        #expect(judge.advice(facts("http://localhost:4711/callback")) == .done)
        #expect(
            judge.advice(facts("https://platform.claude.com/oauth/code/success", emails: []))
                == .done)
    }

    // MARK: Addresses

    private static let query =
        "?response_type=code&code_challenge=x&code_challenge_method=S256"
        + "&redirect_uri=http%3A%2F%2Flocalhost%3A4711%2Fcallback"

    @Test func `an authorization request of the client is opened`() {
        for address in pages.addresses {
            #expect(pages.complaint(address + Self.query) == nil)
        }
    }

    @Test(arguments: [
        ("response_type=code", "response_type=token"),
        ("code_challenge_method=S256", "code_challenge_method=plain"),
        ("code_challenge=x&", "code_challenge=&"), ("code_challenge=x&", ""),
        ("localhost%3A4711", "evil.example"), ("http%3A", "https%3A"),
        ("response_type=code", "response_type=code&response_type=token"),
    ])
    func `one that asks for less is not`(part: String, instead: String) {
        let query = Self.query.replacing(part, with: instead)
        #expect(pages.complaint(Self.page + query) != nil)
    }

    @Test(arguments: [
        "https://claude.ai@evil.org/oauth/authorize", "https://claude.ai\\@evil.org/",
        "javascript:alert(1)", "file:///etc/passwd", "https://", "claude.ai/oauth/authorize",
        "https://claude.ai/oauth/authorize \n", "https://claude.ai:1:2/oauth/authorize",
    ])
    func `what only looks like an address of the vendor's is none`(text: String) {
        #expect(pages.complaint(text + Self.query) != nil)
        #expect(Address(text).map(pages.holds) != true)
    }

    @Test func `the page's script answers what the judge can read`() {
        let text =
            #"{"address":"https://claude.ai/oauth/authorize","isReady":true,"hasForm":false,"#
            + #""hasChallenge":false,"emails":["a@b"],"buttons":[{"text":"x","x":1.5,"y":2}]}"#
        #expect(PageFacts(text)?.buttons.first?.x == 1.5)
        #expect(PageFacts("[]") == nil && PageFacts("") == nil)
        // Neither cookies nor what is in a field are ever asked for.
        for word in ["cookie", "localStorage", "password.value"] {
            #expect(!PageFacts.script.contains(word))
        }
    }
}
