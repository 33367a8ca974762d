// What must hold of the real files once a service that was killed has been
// started again, has made one tick and was stopped.

#if os(Linux)
    import Foundation

    struct Invariants {
        let scene: Scene
        /// By e-mail, as GET /accounts said.
        let slotStates: [String: String]
        /// Whether a kill came between the vendor's answer to a refresh and
        /// its storing: no order of writing can keep that grant.
        var excusesLoss = false

        var violations: [Violation] {
            live + grants + machine + slots + leftovers + secrets
                + HistoryCheck(scene: scene).violations
        }

        private struct Credential: Decodable {
            struct OAuth: Decodable {
                let accessToken: String
                let refreshToken: String
            }
            let claudeAiOauth: OAuth
        }

        private struct SlotFile: Decodable {
            struct Identity: Decodable { let email: String }
            let identity: Identity
            let credential: Credential
        }

        private func decoded<Body: Decodable>(_ type: Body.Type, _ name: String) -> Body? {
            scene.home.read(name).flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
        }

        // MARK: Credentials

        private static let liveFile = ".claude/.credentials.json"

        private var live: [Violation] {
            var found: [Violation] = []
            if scene.home.mode(Self.liveFile) != 0o600 {
                let mode = scene.home.mode(Self.liveFile).map { String($0, radix: 8) } ?? "none"
                found.append(Violation(.liveIsOneAccount, "its mode is \(mode)"))
            }
            guard let oauth = decoded(Credential.self, Self.liveFile)?.claudeAiOauth else {
                return found + [Violation(.liveIsOneAccount, "it does not parse")]
            }
            let owners = [oauth.accessToken, oauth.refreshToken].map(scene.vendor.owner)
            guard let owner = owners[0], owners[1] == owner else {
                return found + [Violation(.liveIsOneAccount, "its tokens are of \(owners)")]
            }
            let account = scene.vendor.simulator.account(owner)
            guard account?.accessToken == oauth.accessToken,
                account?.refreshToken == oauth.refreshToken
            else { return found + [Violation(.liveIsOneAccount, "the vendor takes it no more")] }
            return found
        }

        private var grants: [Violation] {
            Scene.names.compactMap { name in
                let token = scene.token(of: name)
                let slot = scene.home.read(Self.slotFile(name)) ?? ""
                if slot.contains(token) || scene.credentials.contains(token) { return nil }
                let state = slotStates[Scene.email(name)] ?? "not listed"
                // But the human must know at once. Asked now: a request may
                // outlive the process that sent it.
                let wasAsked = scene.vendor.requests.contains(Vendor.tokenPath)
                guard excusesLoss, wasAsked, state == "needs-login" else {
                    return Violation(
                        .noGrantIsLost, "the newest grant of \(name) is gone; it is \(state)")
                }
                return nil
            }
        }

        private var machine: [Violation] {
            let text = scene.credentials
            let lost = Scene.machine.filter { member in
                text.ranges(of: #""\#(member.key)":\#(member.text)"#).count != 1
            }
            var found = lost.map { Violation(.machineIsUntouched, "\($0.key) has changed") }
            let config = scene.home.read(".claude.json") ?? ""
            for member in [#""numStartups":3"#, #""z":[ 1 ]"#] where !config.contains(member) {
                found.append(Violation(.machineIsUntouched, ".claude.json lacks \(member)"))
            }
            if (try? JSONSerialization.jsonObject(with: Data(config.utf8))) == nil {
                found.append(Violation(.machineIsUntouched, ".claude.json does not parse"))
            }
            return found
        }

        // MARK: Slots

        static func slotFile(_ name: String) -> String {
            "data/slots/\(name)-0001.\(name)-0002.json"
        }

        private var slots: [Violation] {
            Scene.names.flatMap { name in
                let file = Self.slotFile(name)
                guard scene.home.mode(file) == 0o600 else {
                    return [Violation(.slotsAreTheirOwn, "\(name) has none that is 0600")]
                }
                guard let slot = decoded(SlotFile.self, file) else {
                    return [Violation(.slotsAreTheirOwn, "that of \(name) does not parse")]
                }
                let email = Scene.email(name)
                let oauth = slot.credential.claudeAiOauth
                let owners = [oauth.accessToken, oauth.refreshToken].map(scene.vendor.owner)
                guard slot.identity.email == email, owners == [email, email] else {
                    return [
                        Violation(.slotsAreTheirOwn, "that of \(name) holds tokens of \(owners)")
                    ]
                }
                return []
            }
        }

        // MARK: The rest of the disk

        /// All there may be; a name that is not here was left by somebody.
        private static let known: Set<String> = [
            ".claude", ".claude/.credentials.json", ".claude/sessions", ".claude.json", "data",
            "data/opt-in.flag", "data/rotator.sqlite", "data/rotator.sqlite-wal",
            "data/rotator.sqlite-shm", "data/slots", "data/lineage.key", "data/lineage.jsonl",
        ]

        private var paths: [String] {
            (FileManager.default.subpaths(atPath: scene.home.path) ?? []).sorted()
        }

        private var leftovers: [Violation] {
            let slots = Set(Scene.names.map(Self.slotFile))
            return paths.filter { !Self.known.contains($0) && !slots.contains($0) }
                .map { Violation(.nothingIsLeft, $0) }
        }

        private var secrets: [Violation] {
            let allowed = Set(Scene.names.map(Self.slotFile) + [Self.liveFile])
            let marks = ["sk-ant-o", "simulated-"].map { Data($0.utf8) }
            var found = paths.filter { !allowed.contains($0) }.filter { path in
                let url = URL(filePath: scene.home.file(path))
                guard let bytes = try? Data(contentsOf: url) else { return false }
                return marks.contains { bytes.range(of: $0) != nil }
            }
            if scene.log.contains("sk-ant-o") { found.append("the log") }
            return found.map { Violation(.secretsStay, "a token is in \($0)") }
        }
    }
#endif
