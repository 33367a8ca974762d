// How a person signs in on this machine: nudges name only what is there, the
// `login` verb of this program and `open-login.sh` of this installation.

import DurableFiles
import RotationCore

enum SignInHint {
    static let advice: SignInAdvice =
        RotatorCommand.verbs.contains("login")
        ? .dedicatedWindow(script: script) : .insideClaudeCode

    /// `scripts/open-login.sh` of a checkout the program was built in, or beside
    /// it where it was installed.
    private static var script: String? {
        guard let program = OwnProgram.path else { return nil }
        var folder = DurableFile.directory(of: program)
        let here = folder + "/open-login.sh"
        if isFile(here) { return here }
        for _ in 0..<4 {
            folder = DurableFile.directory(of: folder)
            let candidate = folder + "/scripts/open-login.sh"
            if isFile(candidate) { return candidate }
        }
        return nil
    }

    private static func isFile(_ path: String) -> Bool {
        ((try? FileFacts.of(path, following: true)) ?? nil)?.kind == .file
    }
}
