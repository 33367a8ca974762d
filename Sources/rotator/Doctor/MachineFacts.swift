// What `rotator doctor` found out about this machine, before anybody judges it.
// Values only, so that every finding can be tried without the machine.

import CredentialStores
import HostFacts
import RotationCore
import RotationEngine

struct MachineFacts {
    enum Service: Equatable {
        case running(version: String, optedIn: Bool, lastTickSeconds: Int64?, skewSeconds: Int64?)
        case notRunning
        /// It is there and does not answer as it should.
        case silent(String)
    }

    enum Port: Equatable {
        case free
        /// This service answers there.
        case ours
        case taken
        /// 0: any free one.
        case notFixed
    }

    enum Store: Equatable {
        case unsupported(advice: String)
        /// Not looked at: it would ask the person.
        case notLookedAt(name: String)
        case signedIn(name: String)
        case signedOut(name: String)
        case unusable(name: String, String)
    }

    enum Database: Equatable {
        case absent
        case sound
        /// Made by an older version; brought up to date at the next start.
        case older(String)
        case newer(String)
        case damaged(String)
        case unavailable(String)
    }

    struct Claude: Equatable {
        var path: String
        /// Nil when it would not say.
        var version: String?
    }

    /// A file or folder others may look into.
    struct Exposed: Equatable {
        var path: String
        var mode: UInt32
        var wanted: UInt32
    }

    var configurationError: String?
    var service = Service.notRunning
    var port = Port.free
    var portNumber: UInt16 = 9429
    var flagIsOn = false
    var tickIntervalSeconds: Int64 = 60
    var store = Store.signedIn(name: "file")
    var slots = 2
    var damagedSlots: [String] = []
    var locks: [LockSighting] = []
    var exposed: [Exposed] = []
    var database = Database.sound
    var databasePath = "rotator.sqlite"
    var pinning: [PinningFinding] = []
    var pinnedSessions: [PinnedSession] = []
    var credentialDirectory = "~/.claude"
    /// Claude Code processes with another configuration directory.
    var elsewhere: [ClaudeElsewhere] = []
    var claude: Claude?
    var browser: String?
    var missingLibraries: [String] = []
}
