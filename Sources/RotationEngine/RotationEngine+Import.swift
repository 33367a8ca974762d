// Taking over from another rotator: every credential it kept is proven to be
// somebody's by the vendor, filed, and read back; its plaintext goes only when
// all of it is stored here. One operator's order; it works while rotation is
// off. Grants are never spent to prove whose they are.

import RotationCore

package struct ImportRequest: Sendable {
    package let directory: String?
    package let deletesPlaintext: Bool
    /// Looks only: asks nobody, writes nothing.
    package let isDryRun: Bool

    package init(directory: String? = nil, deletesPlaintext: Bool = false, isDryRun: Bool = false) {
        self.directory = directory
        self.deletesPlaintext = deletesPlaintext
        self.isDryRun = isDryRun
    }
}

package struct ImportEntry: Hashable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        case adopted
        case alreadyThere = "already-there"
        /// Our slot holds a newer generation.
        case keptOurs = "kept-ours"
        /// Our slot holds another generation, and this one may be the newer.
        case undecided
        /// A dry run's word for a credential that would be tried.
        case found
        case setupToken = "setup-token"
        case identityUnproven = "identity-unproven"
        /// Nothing is left of it but its name.
        case absent
        case damaged
        case refused

        /// Nothing would be lost if the original went.
        package var isStored: Bool {
            self == .adopted || self == .alreadyThere || self == .keptOurs
        }

        var keepsPlaintext: Bool { !isStored && self != .absent }
    }

    package let label: String
    /// As the vendor says; nil where it did not.
    package let email: String?
    package let origin: String
    package let code: Code
    package let detail: String
}

package struct ImportReport: Hashable, Sendable {
    package let source: String
    package let isDryRun: Bool
    package let entries: [ImportEntry]
    /// Paths of the plaintext files that are gone.
    package let deleted: [String]
    /// Why plaintext that should go is still there, or a warning; nil when
    /// there is nothing to say.
    package let remark: String?
}

extension RotationEngine {
    package func importCredentials(
        _ request: ImportRequest
    ) async throws(EngineRefusal) -> ImportReport {
        try await order { engine async throws(EngineRefusal) in
            try await engine.importNow(request)
        }
    }

    private func importNow(_ request: ImportRequest) async throws(EngineRefusal) -> ImportReport {
        if let advice = ports.vault.unsupportedAdvice {
            throw .unsupportedPlatform(advice: advice)
        }
        let found: ImportFinding
        do {
            found = try await ports.imports.find(in: request.directory)
        } catch {
            throw error.refusal
        }
        if request.isDryRun {
            return ImportReport(
                source: found.source, isDryRun: true, entries: found.candidates.map(\.untried),
                deleted: [], remark: found.stillOn)
        }
        // Two rotators that renew the same grants spend each other's tokens.
        if let reason = found.stillOn { throw .otherManagerOn(reason) }
        try await fileLiveFirst()
        var entries: [ImportEntry] = []
        for candidate in found.candidates { entries.append(await take(candidate)) }
        publish()
        let (deleted, remark) = await delete(found, entries, isWanted: request.deletesPlaintext)
        return ImportReport(
            source: found.source, isDryRun: false, entries: entries, deleted: deleted,
            remark: remark)
    }

    /// What is live is newer than any copy of it.
    private func fileLiveFirst() async throws(EngineRefusal) {
        do {
            _ = try await observeStore(askAgain: true)
        } catch .incomplete {
            return
        } catch {
            throw error.refusal
        }
    }

    private func take(_ candidate: ImportCandidate) async -> ImportEntry {
        guard case .login(let credential, let token, let lapsesAt) = candidate.content else {
            return candidate.untried
        }
        do {
            if let slot = try await ports.vault.slot(knowing: credential) {
                return candidate.entry(
                    .alreadyThere, "its slot holds it, or what came of it",
                    email: slot.identity.email)
            }
        } catch {
            return candidate.entry(.refused, error.importDetail)
        }
        let now = ports.clock.now()
        if let lapsesAt, lapsesAt <= now {
            return candidate.entry(.identityUnproven, ImportCandidate.lapsed)
        }
        guard now >= mayProveImportsAt else {
            return candidate.entry(.identityUnproven, ImportCandidate.unanswered)
        }
        switch await ports.vendor.readProfile(token) {
        case .identity(let identity):
            return await adopt(candidate, credential, as: identity, lapsesAt, at: now)
        case .unauthorized, .revoked:
            return candidate.entry(
                .identityUnproven, "the vendor refused its access token; sign in to it anew")
        case .restricted:
            return candidate.entry(.identityUnproven, "the vendor has restricted this account")
        case .scopeMissing:
            return candidate.entry(.setupToken, ImportCandidate.inferenceOnly)
        case .rateLimited(let retryAfter):
            let retry = now.adding(seconds: bounds.profileRetrySeconds)
            mayProveImportsAt = max(retryAfter ?? retry, retry)
            return candidate.entry(.identityUnproven, ImportCandidate.unanswered)
        case .unreachable:
            return candidate.entry(.identityUnproven, ImportCandidate.unanswered)
        }
    }

    private func adopt(
        _ candidate: ImportCandidate, _ credential: ImportedCredential,
        as identity: AccountIdentity, _ lapsesAt: Timestamp?, at now: Timestamp
    ) async -> ImportEntry {
        func entry(_ code: ImportEntry.Code, _ detail: String) -> ImportEntry {
            candidate.entry(code, detail, email: identity.email)
        }
        do {
            let slot = try await ports.vault.adopt(credential, as: identity, now: now)
            let held = try await ports.vault.slots().slots.first { $0.identity.id == identity.id }
            guard held?.generation == slot.generation else {
                return entry(.refused, "the slot does not hold what was written to it")
            }
            book.put(slot)
            await remember(slot)
            ports.log.write(
                LogLine(.notice, "imported the credential of \(identity.email)"))
            let isLabelled = identity.email.lowercased() == candidate.label.lowercased()
            return entry(
                .adopted, isLabelled ? "filed" : "filed; it was labelled \(candidate.label)")
        } catch .superseded {
            let ours = book.slots[identity.id]?.details.accessTokenExpiresAt
            if let ours, let lapsesAt, lapsesAt <= ours {
                return entry(.keptOurs, "its slot holds a newer one")
            }
            return entry(
                .undecided,
                "its slot holds another, and neither is known to be the newer; import "
                    + "again once the vendor has refused ours, or sign in anew")
        } catch {
            return entry(.refused, error.importDetail)
        }
    }

    private func delete(
        _ found: ImportFinding, _ entries: [ImportEntry], isWanted: Bool
    ) async -> ([String], String?) {
        guard !found.plaintext.isEmpty else { return ([], nil) }
        guard isWanted else {
            return ([], "\(found.plaintext.count) plaintext files were left where they are")
        }
        if let open = entries.first(where: \.code.keepsPlaintext) {
            return ([], "nothing was deleted, because of \(open.origin): \(open.detail)")
        }
        var deleted: [String] = []
        for file in found.plaintext {
            do {
                try await ports.imports.remove(file)
                deleted.append(file.path)
            } catch {
                return (deleted, "plaintext may be left: \(error.detail)")
            }
        }
        return (deleted, nil)
    }
}

extension ImportCandidate {
    fileprivate static let inferenceOnly =
        "a setup-token is for inference only, and nobody can say whose it is"
    fileprivate static let unanswered =
        "the vendor did not say whose it is; import again later"
    fileprivate static let lapsed =
        "its access token has lapsed, so it is not proven whose it is; let the other rotator "
        + "renew it once, or sign in anew"

    fileprivate func entry(
        _ code: ImportEntry.Code, _ detail: String, email: String? = nil
    ) -> ImportEntry {
        ImportEntry(label: label, email: email, origin: origin, code: code, detail: detail)
    }

    /// As it is without asking anybody.
    fileprivate var untried: ImportEntry {
        switch content {
        case .login: entry(.found, "a login")
        case .setupToken: entry(.setupToken, Self.inferenceOnly)
        case .absent: entry(.absent, "nothing is stored for it; sign in anew")
        case .damaged(let reason): entry(.damaged, reason)
        }
    }
}

extension ImportError {
    fileprivate var detail: String {
        switch self {
        case .nothingFound(let detail), .failed(let detail): detail
        }
    }

    fileprivate var refusal: EngineRefusal {
        switch self {
        case .nothingFound(let detail): .nothingToImport(detail)
        case .failed(let detail): .storeUnreachable(detail)
        }
    }
}

extension VaultError {
    fileprivate var importDetail: String {
        switch self {
        case .refused(let text), .unreachable(let text), .malformed(let text),
            .readBackMismatch(let text), .unsupported(let text):
            text
        case .incomplete(let missing): "it lacks \(missing.joined(separator: ", "))"
        case .locked: "Claude Code holds its lock; import again in a moment"
        case .changedMeanwhile, .noSlot, .superseded: "it changed meanwhile; import again"
        }
    }
}
