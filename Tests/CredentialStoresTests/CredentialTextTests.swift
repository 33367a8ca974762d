// What a credential is, what it lacks, and what is not understood.

import RotationCore
import RotationEngine
import Testing

@testable import CredentialStores

@Suite struct CredentialTextTests {
    private func oauth(_ members: String) throws -> OAuthText? {
        try CredentialText(Array("{\"claudeAiOauth\":{\(members)}}".utf8)).oauth
    }

    private static let both = #""scopes":["user:inference","user:profile"]"#
    private static let inference = #""scopes":["user:inference"]"#
    private static let pair = #""accessToken":"a","refreshToken":"r""#
    private static let access = #""accessToken":"a""#

    @Test(arguments: [
        ("\(pair),\(both)", CredentialKind.login, []),
        ("\(access),\(both)", .setupToken, ["refreshToken"]),
        ("\(access),\"refreshToken\":\"\",\(both)", .setupToken, ["refreshToken"]),
        ("\(access),\"refreshToken\":null,\(inference)", .setupToken, []),
        ("\(pair),\(inference)", .setupToken, []),
        ("\(access)", .setupToken, ["scopes"]),
        ("\(pair),\"scopes\":\"user:inference\"", .setupToken, ["scopes"]),
        ("\(pair),\"scopes\":[]", .setupToken, ["scopes"]),
        ("\(pair),\"scopes\":[\"user:profile\"]", .login, ["scopes"]),
        ("\(pair),\"scopes\":[\"user:inference\",1]", .setupToken, ["scopes"]),
        ("\"refreshToken\":\"r\",\(both)", .login, ["accessToken"]),
        ("\"accessToken\":\"\",\"refreshToken\":\"r\",\(both)", .login, ["accessToken"]),
    ])
    func `kind and what is missing follow from tokens and scopes`(
        members: String, kind: CredentialKind, missing: [String]
    ) throws {
        let oauth = try #require(try oauth(members))
        #expect(oauth.details.kind == kind)
        #expect(oauth.missing == missing)
        #expect(oauth.details.canRefresh == (oauth.tokens?.refresh.isEmpty == false))
    }

    @Test(arguments: [
        #""accessToken":5"#, #""accessToken":{}"#, #""accessToken":true"#,
        #""accessToken":"\ud800""#, #""accessToken":"a","refreshToken":[1]"#,
        #""accessToken":"a","accessToken":"b""#,
    ])
    func `a token that is no string is not understood, which is not absent`(members: String) {
        #expect(throws: JSONTextError.self) { try oauth(members) }
    }

    @Test(
        arguments: [
            ("0", nil), ("-1", nil), ("1", 1), ("1790000000000", 1_790_000_000_000),
            ("1.79e12", 1_790_000_000_000), ("null", nil), ("\"1\"", nil),
            ("9223372036854775807", 253_402_300_799_999),
        ] as [(String, Int64?)])
    func `an expiry is epoch milliseconds, and what says nothing is nil`(
        text: String, milliseconds: Int64?
    ) throws {
        let oauth = try #require(
            try oauth("\(Self.pair),\"expiresAt\":\(text),\"refreshTokenExpiresAt\":\(text)"))
        let expected = milliseconds.map(Timestamp.init(milliseconds:))
        #expect(oauth.details.accessTokenExpiresAt == expected)
        #expect(oauth.details.loginExpiresAt == expected)
    }

    @Test func `plan and tier are what the sign-in said`() throws {
        let oauth = try #require(
            try oauth("\(Self.pair),\"subscriptionType\":\"max\",\"rateLimitTier\":\"t20\""))
        #expect(oauth.details.plan == "max")
        #expect(oauth.details.rateLimitTier == "t20")
    }

    @Test(arguments: CredentialText.machineMembers.sorted())
    func `each member of the machine follows the live store, present or absent`(
        key: String
    ) throws {
        let raw = #"{ "a" : [1.0, "\u0041"]}"#
        let with = try CredentialText(
            Array("{\"\(key)\" : \(raw) , \"claudeAiOauth\":{\(Self.pair)},\"own\":1}".utf8))
        let without = try CredentialText(
            Array("{\"claudeAiOauth\":{\"accessToken\":\"b\"},\"other\":2}".utf8))
        #expect(with.accountMembers.members.map(\.key) == ["claudeAiOauth", "own"])

        let stays = try JSONObjectText(with.installing(without.object))
        #expect(stays[key] == Array(raw.utf8))
        #expect(stays["own"] == nil)
        #expect(stays["other"] == Array("2".utf8))
        #expect(stays["claudeAiOauth"] == without.object["claudeAiOauth"])

        let absent = try JSONObjectText(without.installing(with.object))
        #expect(absent[key] == nil)
        #expect(absent["own"] == Array("1".utf8))
    }
}
