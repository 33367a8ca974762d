// RFC 6750 as it is used here: which fields count, what a refusal says, and
// that the comparison tells nothing by its time.

import LoopbackHTTP
import RotationEngine
import Testing

@testable import ControlServer

private let token = "canary-bearer-0123456789abcdefghijklmnop"
private let rule = TokenRule.required(Secret(Array(token.utf8)))

/// Counts how many of its elements were looked at.
private struct Watched: Collection {
    final class Count { var looks = 0 }
    let bytes: [UInt8]
    let count_ = Count()
    var startIndex: Int { 0 }
    var endIndex: Int { bytes.count }
    func index(after index: Int) -> Int { index + 1 }
    subscript(index: Int) -> UInt8 {
        count_.looks += 1
        return bytes[index]
    }
}

@Suite struct BearerTokenTests {
    private func answer(_ values: [String], _ rule: TokenRule = rule) -> Answer? {
        var fields = HTTPFields()
        for value in values { fields.append("authorization", value) }
        return BearerToken.refusal(of: fields, under: rule).map(Answer.init)
    }

    @Test(arguments: ["Bearer \(token)", "bearer \(token)", "BEARER   \(token)"])
    func `the right token passes, whatever the case of the scheme`(value: String) {
        #expect(answer([value]) == nil)
    }

    @Test(arguments: [
        "Bearer \(token)x", "Bearer \(token.dropLast())", "Bearer x", "Bearer \(token) ",
        "Bearer \(token.uppercased())", "Bearer \(token),\(token)", "Bearer \(token)\(token)",
    ])
    func `another token is 401 and said to be wrong`(value: String) {
        let answer = answer([value])
        #expect(answer?.status == 401 && answer?.code == "unauthorized")
        let challenge = answer?.fields.single("WWW-Authenticate")
        #expect(challenge == #"Bearer realm="rotator", error="invalid_token""#)
        #expect(answer?.text.contains("canary") == false)
    }

    @Test(arguments: [[], [""], ["Bearer"], ["Bearer "], ["Basic \(token)"], [token]])
    func `no token is 401 without an error code`(values: [String]) {
        let answer = answer(values)
        #expect(answer?.status == 401)
        #expect(answer?.fields.single("WWW-Authenticate") == #"Bearer realm="rotator""#)
        #expect(answer?.text.contains("canary") == false)
    }

    @Test func `two are one too many, even if both are right`() {
        let answer = answer(["Bearer \(token)", "Bearer \(token)"])
        #expect(answer?.status == 400)
        let challenge = answer?.fields.single("WWW-Authenticate")
        #expect(challenge == #"Bearer realm="rotator", error="invalid_request""#)
    }

    @Test func `a file that cannot be used opens nothing`() {
        let broken = TokenRule.unusable("why")
        for values in [[], ["Bearer \(token)"], ["Bearer "]] {
            let answer = answer(values, broken)
            #expect(answer?.status == 401 && answer?.text.contains("why") == true)
        }
        #expect(answer(["Bearer "], .required(Secret([])))?.status == 401, "an empty secret")
        #expect(answer([], .off) == nil)
    }

    @Test func `every byte counts`() {
        let secret = Array(token.utf8)
        #expect(BearerToken.isSame(secret, secret))
        for place in secret.indices {
            for bit in 0..<8 {
                var other = secret
                other[place] ^= 1 << UInt8(bit)
                #expect(!BearerToken.isSame(other, secret))
            }
        }
        for count in [0, 1, secret.count - 1, secret.count + 1, secret.count * 2] {
            let other = (0..<count).map { secret[$0 % secret.count] }
            #expect(!BearerToken.isSame(other, secret), "\(count) bytes")
        }
    }

    @Test func `as many bytes are looked at wherever the difference is`() {
        let secret = Array(token.utf8)
        for place in [0, secret.count / 2, secret.count - 1] {
            var other = secret
            other[place] ^= 1
            let watched = Watched(bytes: other)
            #expect(!BearerToken.isSame(watched, secret))
            #expect(watched.count_.looks == secret.count)
        }
        let short = Watched(bytes: Array(secret.prefix(3)))
        #expect(!BearerToken.isSame(short, secret))
        #expect(short.count_.looks == 3, "the length sent, not the token's")
    }
}
