// The port to what another rotator left: the credentials it kept. The adapter
// is CredentialStores' PythonRotatorData. Nothing it claims is believed: whose
// a credential is, the vendor says.

import RotationCore

/// One credential found, wherever it lay.
package struct ImportCandidate: Sendable {
    package enum Content: Sendable {
        /// Complete, with the token that proves whose it is until it lapses.
        case login(ImportedCredential, accessToken: Secret, lapsesAt: Timestamp?)
        /// Inference only: nobody can say whose it is.
        case setupToken
        /// It was kept once; nothing is left of it.
        case absent
        /// What is wrong with it. Holds no content.
        case damaged(String)
    }

    /// Whose the other rotator said it was.
    package let label: String
    /// A file or keychain item, for people.
    package let origin: String
    package let content: Content

    package init(label: String, origin: String, content: Content) {
        self.label = label
        self.origin = origin
        self.content = content
    }
}

/// A plaintext file as it was read; not removed once it holds something else.
package struct PlaintextFile: Sendable {
    package let path: String
    package let content: Secret

    package init(path: String, content: Secret) {
        self.path = path
        self.content = content
    }
}

package struct ImportFinding: Sendable {
    /// The other rotator's data directory.
    package let source: String
    /// Of one label, the credential that lapses last comes first.
    package let candidates: [ImportCandidate]
    package let plaintext: [PlaintextFile]
    /// Why the other rotator may still be at work, and how to stop it; nil
    /// when it is off.
    package let stillOn: String?

    package init(
        source: String, candidates: [ImportCandidate], plaintext: [PlaintextFile],
        stillOn: String?
    ) {
        self.source = source
        self.candidates = candidates
        self.plaintext = plaintext
        self.stillOn = stillOn
    }
}

package enum ImportError: Error, Hashable, Sendable {
    /// There is no other rotator's data where it was looked for.
    case nothingFound(String)
    /// A file or store could not be read, or a file not removed.
    case failed(String)
}

package protocol ImportSource: Sendable {
    /// Reads everything; writes nothing. `directory` is absolute; nil: where
    /// the other rotator keeps its data.
    func find(in directory: String?) async throws(ImportError) -> ImportFinding

    /// Removes a file durably, unless it changed since it was read.
    func remove(_ file: PlaintextFile) async throws(ImportError)
}

/// Where there is nothing to import from.
package struct NoImportSource: ImportSource {
    package init() {}

    package func find(in directory: String?) async throws(ImportError) -> ImportFinding {
        throw .nothingFound("this service was started without a place to import from")
    }

    package func remove(_ file: PlaintextFile) async throws(ImportError) {}
}
