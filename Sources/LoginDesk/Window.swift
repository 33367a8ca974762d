// The window on one account's own profile. The user's default browser is never
// asked; nothing about the browser is disguised: its own flags, its own name.

import CSystem
import RotationEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct Window {
    let child: Child
    /// Presses the consent; nil where the user does.
    let driver: ConsentDriver?

    struct Plan {
        let browser: String
        let email: String
        let address: String
        let presses: Bool
        let isHeadless: Bool
    }

    static func open(
        _ plan: Plan, _ settings: LoginSettings
    ) async -> Result<Window, StartFailure> {
        let profile = settings.profile(of: plan.email)
        var arguments = settings.browserArguments
        arguments += [
            "--user-data-dir=" + profile, "--no-first-run", "--no-default-browser-check",
        ]
        if plan.isHeadless { arguments.append("--headless=new") }
        guard plan.presses else {
            arguments += ["--new-window", plan.address]
            return await Child.start(plan.browser, arguments, environment(settings))
                .map { Window(child: $0, driver: nil) }
        }
        arguments += ["--remote-debugging-pipe", plan.address]
        do throws(StartFailure) {
            let (toBrowser, toUs) = (try PipeEnds(), try PipeEnds())
            let child = try await Child.start(
                plan.browser, arguments, environment(settings),
                descriptors: [-1, -1, -1, toBrowser.read, toUs.write]
            ).get()
            // The browser has its own now; its end must be seen as an end.
            toBrowser.closeRead()
            toUs.closeWrite()
            let driver = ConsentDriver(
                judge: ConsentJudge(pages: settings.pages, email: plan.email),
                toBrowser: toBrowser, toUs: toUs)
            guard driver.start() else {
                await child.end(graceMilliseconds: 0)
                return .failure(StartFailure(code: EAGAIN))
            }
            return .success(Window(child: child, driver: driver))
        } catch {
            return .failure(error)
        }
    }

    /// Nothing of ours that leads to a service or a token.
    private static func environment(_ settings: LoginSettings) -> [String: String] {
        settings.environment.filter { name, _ in
            !name.hasPrefix("ROTATOR_") && !name.hasPrefix("ANTHROPIC_")
                && !name.hasPrefix("CLAUDE") && name != "BROWSER"
        }
    }

    /// Why no window can be opened here; nil when one can.
    static func displayComplaint(_ settings: LoginSettings) -> String? {
        #if os(macOS)
            return nil
        #else
            let names = ["DISPLAY", "WAYLAND_DISPLAY"]
            guard names.allSatisfy({ settings.environment[$0]?.isEmpty != false }) else {
                return nil
            }
            return "no window can be opened: neither DISPLAY nor WAYLAND_DISPLAY is set in the "
                + "environment of the service; start it from your desktop session"
        #endif
    }

    /// Whether a browser has this profile open: it answers at the socket
    /// Chromium keeps one browser per profile with.
    static func isOpen(_ profile: String) -> Bool {
        // The link leads to a short path; ours may be too long for a socket's.
        var buffer = [CChar](repeating: 0, count: 512)
        let length = readlink(profile + "/SingletonSocket", &buffer, buffer.count - 1)
        guard length > 0 else { return false }
        let fd = csystem_connect_unix(buffer, 1000)
        if fd >= 0 { _ = csystem_close(fd) }
        return fd >= 0
    }
}
