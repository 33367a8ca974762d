// The private directory of one sign-in: the client's `CLAUDE_CONFIG_DIR`, and
// the launcher that stands in for every way the client may open a browser. It
// is removed with everything in it; what a crash left is found again.

import CSystem
import DurableFiles
import RotationCore
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct PrivateDirectory: Hashable {
    let path: String

    var config: String { path + "/config" }
    var programs: String { path + "/bin" }
    var launcher: String { programs + "/browser" }
    private var addressFile: String { path + "/address" }
    private var orderFile: String { path + "/order" }

    /// How programs open a browser where `BROWSER` is not asked first; found
    /// before the machine's own on `PATH`.
    static let openers = [
        "xdg-open", "open", "sensible-browser", "x-www-browser", "www-browser",
        "gnome-open", "kde-open", "wslview",
    ]

    init(path: String) { self.path = path }

    // MARK: Making

    static func make(
        in parent: String, for order: SignInOrder
    ) throws(SignInRefusal) -> PrivateDirectory {
        do {
            try DurableFile.makePrivateDirectory(parent)
            let made = PrivateDirectory(
                path: try DurableFile.makeTemporaryDirectory(parent + "/"))
            do {
                try made.fill(for: order)
                return made
            } catch {
                made.remove()
                throw error
            }
        } catch let error as DurableFileError {
            throw .failed("the private directory: \(error.message)")
        } catch let refusal as SignInRefusal {
            throw refusal
        } catch {
            throw .failed("the private directory could not be made")
        }
    }

    private func fill(for order: SignInOrder) throws {
        let flag = order.refusesOthers ? "only" : "any"
        let lines = [flag, order.account?.description ?? "", order.email]
        try DurableFile.replace(orderFile, with: Array(lines.joined(separator: "\n").utf8))
        try DurableFile.makePrivateDirectory(config)
        try DurableFile.makePrivateDirectory(programs)
        try DurableFile.replace(launcher, with: Array(script.utf8), mode: 0o700)
        for name in Self.openers where symlink("browser", programs + "/" + name) != 0 {
            throw SignInRefusal.failed(
                "no link can be made in \(programs): \(String(cString: strerror(errno)))")
        }
    }

    /// Takes the address and opens nothing: the desk does, in the account's own
    /// profile. The first address is the one.
    private var script: String {
        """
        #!/bin/sh
        # Stands in for every browser while one account signs in.
        umask 077
        for last; do :; done
        case "$last" in http://*|https://*) ;; *) exit 0 ;; esac
        [ -e \(ShellWord.quoted(addressFile)) ] && exit 0
        printf '%s' "$last" >\(ShellWord.quoted(addressFile + ".new")) || exit 1
        mv -f \(ShellWord.quoted(addressFile + ".new")) \(ShellWord.quoted(addressFile))

        """
    }

    // MARK: Reading

    /// Where the client sends the user; nil until it says.
    var address: String? {
        guard let bytes = try? DurableFile.read(addressFile, limitBytes: 16384), !bytes.isEmpty
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// For whom it was made; nil when that was cut short.
    var order: SignInOrder? {
        guard let bytes = try? DurableFile.read(orderFile, limitBytes: 4096) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 3, EmailAddress.isPlausible(lines[2]) else { return nil }
        return SignInOrder(
            email: lines[2], account: AccountID(lines[1]), refusesOthers: lines[0] == "only")
    }

    /// What a crash left.
    static func all(in parent: String) -> [PrivateDirectory] {
        ((try? DurableFile.names(in: parent)) ?? []).map {
            PrivateDirectory(path: parent + "/" + $0)
        }
    }

    // MARK: Removing

    /// False when something of it is still there.
    @discardableResult
    func remove() -> Bool {
        DurableFile.removeTree(path)
        return ((try? FileFacts.of(path)) ?? nil) == nil
    }
}
