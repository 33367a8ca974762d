// The version, and the name we give ourselves when asking the vendor.

enum Version {
    static let current = "0.1.0"
    static let userAgent = "account-rotator/\(current)"
}
