// The bodies of `POST /imports`; see Bodies.swift for their manners.

/// What `POST /imports` accepts; an empty body means: from where the other
/// rotator keeps its data, deleting nothing.
package struct ImportRequestBody: Codable, Equatable, Sendable {
    package var from: String?
    package var deletePlaintext: Bool?
    package var dryRun: Bool?

    package init(from: String? = nil, deletePlaintext: Bool? = nil, dryRun: Bool? = nil) {
        self.from = from
        self.deletePlaintext = deletePlaintext
        self.dryRun = dryRun
    }
}

package struct ImportEntryBody: Codable, Equatable, Sendable {
    /// Whose the other rotator said it was.
    package var label: String
    /// Whose it is, as the vendor says.
    @Nullable package var email: String?
    package var origin: String
    package var code: String
    /// Nothing would be lost if the original went.
    package var isStored: Bool
    package var detail: String

    package init(
        label: String, email: String? = nil, origin: String, code: String, isStored: Bool,
        detail: String
    ) {
        self.label = label
        self.email = email
        self.origin = origin
        self.code = code
        self.isStored = isStored
        self.detail = detail
    }
}

package struct ImportBody: Codable, Equatable, Sendable {
    package var source: String
    package var dryRun: Bool
    package var accounts: [ImportEntryBody]
    package var deleted: [String]
    @Nullable package var remark: String?

    package init(
        source: String, dryRun: Bool, accounts: [ImportEntryBody], deleted: [String],
        remark: String? = nil
    ) {
        self.source = source
        self.dryRun = dryRun
        self.accounts = accounts
        self.deleted = deleted
        self.remark = remark
    }
}
