// Examples as the help, the man page and the completions know them. A test
// parses every one of them.

import ArgumentParser

enum Examples {
    /// For a verb's discussion, one a line.
    static func text(_ lines: String...) -> String {
        (lines.count == 1 ? "Example:" : "Examples:") + lines.map { "\n  \($0)" }.joined()
    }
}

extension CompletionKind {
    /// The accounts with a slot, from the service; none while it is down.
    static var accounts: CompletionKind { .shellCommand("rotator known-emails 2>/dev/null") }
}
