// What the authorization page shows, and what may be done about it. The judge
// is a pure function: a button is pressed only on one of the vendor's own
// pages, where exactly the expected account is shown and nothing asks for a
// person. Whatever else is there stops it.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A page as the script below tells of it. Texts of the page stay in here.
struct PageFacts: Codable, Hashable {
    struct Button: Codable, Hashable {
        let text: String
        let x: Double
        let y: Double
    }

    let address: String
    let isReady: Bool
    /// A field a person would type in is seen.
    let hasForm: Bool
    /// Something that tells people from machines is there.
    let hasChallenge: Bool
    /// Every e-mail the page shows, in lower case.
    let emails: [String]
    let buttons: [Button]

    init?(_ text: String) {
        guard let facts = try? JSONDecoder().decode(PageFacts.self, from: Data(text.utf8)) else {
            return nil
        }
        self = facts
    }

    init(
        address: String, isReady: Bool = true, hasForm: Bool = false, hasChallenge: Bool = false,
        emails: [String] = [], buttons: [Button] = []
    ) {
        self.address = address
        self.isReady = isReady
        self.hasForm = hasForm
        self.hasChallenge = hasChallenge
        self.emails = emails
        self.buttons = buttons
    }

    /// Looks and changes nothing. It reads no cookie and no value of a field.
    static let script = """
        (() => {
          const seen = e => {
            const r = e.getBoundingClientRect(), s = getComputedStyle(e);
            return r.width > 0 && r.height > 0 && s.visibility !== 'hidden' && s.display !== 'none';
          };
          const all = q => Array.from(document.querySelectorAll(q));
          const text = document.body ? document.body.innerText : '';
          const typed = ['text', 'email', 'password', 'tel', 'number', ''];
          const frames = ['challenges.cloudflare.com', 'hcaptcha.com', 'recaptcha', 'arkoselabs',
            'funcaptcha'];
          return JSON.stringify({
            address: location.origin + location.pathname,
            isReady: document.readyState === 'complete',
            hasForm: all('input, textarea').some(
              e => seen(e) && (e.tagName === 'TEXTAREA'
                || typed.includes(e.getAttribute('type') || ''))),
            hasChallenge: /just a moment|attention required/i.test(document.title)
              || all('iframe').some(e => frames.some(f => (e.src || '').includes(f)))
              || all('.cf-turnstile, .h-captcha, .g-recaptcha, #challenge-form, #challenge-stage')
                .length > 0,
            emails: Array.from(new Set(
              (text.match(/[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]/g) || [])
                .map(e => e.toLowerCase()))),
            buttons: all('button, input[type=submit], [role=button]')
              .filter(e => seen(e) && !e.disabled)
              .map(e => { const r = e.getBoundingClientRect();
                return {text: (e.innerText || e.value || '').trim(), x: r.x + r.width / 2,
                  y: r.y + r.height / 2}; })
          });
        })()
        """
}

/// What is to be done about a page.
enum ConsentAdvice: Hashable {
    /// Nothing yet: it is being loaded, or the vendor is leading on.
    case wait
    case press(x: Double, y: Double)
    /// The code is on its way back to the client.
    case done
    case stop(ConsentStop)
}

enum ConsentStop: Hashable {
    case signInForm
    case challenge
    case unexpectedAccount
    case unexpectedPage(String)
}

struct ConsentJudge {
    let pages: AuthorizationPages
    /// Of the account that is meant.
    let email: String

    /// The word the vendor's button begins with, in both spellings.
    private static let words: Set<String> = ["authorize", "authorise"]

    func advice(_ page: PageFacts) -> ConsentAdvice {
        guard let address = Address(page.address) else { return .wait }
        if address.isLoopback, !pages.hosts.contains(address.host) || address.path == "/callback" {
            return .done
        }
        guard page.isReady else { return .wait }
        if page.hasChallenge { return .stop(.challenge) }
        if page.hasForm { return .stop(.signInForm) }
        guard pages.holds(address) else {
            // Where the client's own page of success lies, and nothing else.
            if address.path.hasPrefix("/oauth/code/success") { return .done }
            return .stop(.unexpectedPage(address.page))
        }
        guard !page.emails.isEmpty else { return .wait }
        guard page.emails == [email.lowercased()] else { return .stop(.unexpectedAccount) }
        let buttons = page.buttons.filter { button in
            button.text.lowercased().split(separator: " ").first.map {
                Self.words.contains(String($0))
            } ?? false
        }
        guard buttons.count == 1 else { return .wait }
        return .press(x: buttons[0].x, y: buttons[0].y)
    }
}
