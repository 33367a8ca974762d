// Nudges as desktop notifications, through a command the configuration names,
// for example notify-send. Title and text are its last two arguments, so that
// no shell reads them.

import CSystem
import CredentialStores
import RotationCore
import RotationEngine

struct DesktopCourier: NudgeCourier {
    let channel = AnnouncementChannel.desktop
    let command: String
    let environment: [String: String]

    /// Milliseconds it is given.
    private static let patience: Int64 = 5000

    func deliver(_ letter: NudgeLetter) async -> Delivery {
        let nudge = letter.standing.nudge
        let text = nudge.message + (nudge.command.map { " Run: \($0)" } ?? "")
        let arguments = [
            "-c", command + #" "$@""#, "sh", "rotator: \(nudge.code.rawValue)", text,
        ]
        guard var child = try? SpawnedChild.start("/bin/sh", arguments, environment).get() else {
            return .failed("the notification command could not be started")
        }
        defer { child.closeAll() }
        let deadline = csystem_uptime_ms() + Self.patience
        guard case .closed = child.converse([], outputLimit: 65536, until: deadline),
            let status = child.status(until: deadline)
        else {
            child.kill()
            return .failed("the notification command did not end within 5 s")
        }
        return status == 0 ? .delivered : .failed("the notification command ended with \(status)")
    }
}
