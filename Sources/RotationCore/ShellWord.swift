// A text as one word of a POSIX shell: commands that are shown are copied, and
// names and paths in them come from elsewhere.

package enum ShellWord {
    /// In single quotes, whatever it is.
    package static func quoted(_ text: String) -> String {
        "'"
            + text.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }

    /// As it is where that is one word already, else quoted.
    package static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x40...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-._/+".utf8.contains(byte)
        }
        return isPlain && !text.isEmpty && !text.hasPrefix("-") ? text : quoted(text)
    }
}
