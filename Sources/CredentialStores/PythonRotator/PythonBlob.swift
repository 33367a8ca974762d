// A credential as the Python rotator wrote it, brought into Claude Code's own
// form: flat ones are wrapped, its other spellings renamed, seconds become
// milliseconds. Members it does not know travel as they are.

import RotationCore
import RotationEngine

enum PythonBlob {
    private static let spellings = [
        ("access_token", "accessToken"), ("refresh_token", "refreshToken"),
        ("expires_at", "expiresAt"),
    ]
    /// It reads a smaller number as seconds.
    private static let leastMilliseconds: Int64 = 1_000_000_000_000

    private struct Reading {
        var candidate: ImportCandidate
        let tokens: OAuthText.Tokens?
        let lapsesAt: Timestamp?
    }

    /// Equal credentials become one; of a label, what lapses last comes first.
    static func candidates(of pieces: [Piece]) -> [ImportCandidate] {
        var readings: [Reading] = []
        for reading in pieces.map(reading) {
            let twin = readings.firstIndex { $0.tokens != nil && $0.tokens == reading.tokens }
            guard let twin else {
                readings.append(reading)
                continue
            }
            let known = readings[twin].candidate
            readings[twin].candidate = ImportCandidate(
                label: known.label, origin: known.origin + ", " + reading.candidate.origin,
                content: known.content)
        }
        return readings.sorted { first, second in
            if first.candidate.label != second.candidate.label {
                return first.candidate.label < second.candidate.label
            }
            let none = Timestamp(milliseconds: 0)
            return (first.lapsesAt ?? none) > (second.lapsesAt ?? none)
        }.map(\.candidate)
    }

    private static func reading(_ piece: Piece) -> Reading {
        func bare(_ content: ImportCandidate.Content) -> Reading {
            Reading(
                candidate: ImportCandidate(
                    label: piece.label, origin: piece.origin, content: content),
                tokens: nil, lapsesAt: nil)
        }
        func damaged(_ reason: String) -> Reading { bare(.damaged(reason)) }
        if piece.isAbsent { return bare(.absent) }
        guard let secret = piece.text else { return damaged(piece.fault) }
        do throws(JSONTextError) {
            let text = try secret.withBytes { bytes throws(JSONTextError) in
                try claudeCodeForm(bytes)
            }
            guard let oauth = try CredentialText(text).oauth, let tokens = oauth.tokens else {
                return damaged("it holds no token")
            }
            guard oauth.missing.isEmpty else {
                return damaged("it lacks \(oauth.missing.joined(separator: ", "))")
            }
            let details = oauth.details
            let credential = ImportedCredential(text: Secret(text), origin: piece.origin)
            let content: ImportCandidate.Content =
                details.kind == .setupToken
                ? .setupToken
                : .login(
                    credential, accessToken: Secret(tokens.access),
                    lapsesAt: details.accessTokenExpiresAt)
            return Reading(
                candidate: ImportCandidate(
                    label: piece.label, origin: piece.origin, content: content),
                tokens: tokens, lapsesAt: details.accessTokenExpiresAt)
        } catch {
            return damaged(error.reason)
        }
    }

    private static func claudeCodeForm(_ bytes: [UInt8]) throws(JSONTextError) -> [UInt8] {
        let whole = try JSONObjectText(bytes)
        var oauth =
            try whole["claudeAiOauth"].map { text throws(JSONTextError) in
                try JSONObjectText(text)
            } ?? whole
        for (theirs, ours) in spellings where oauth[ours] == nil {
            guard let value = oauth[theirs] else { continue }
            oauth.set(ours, value)
            oauth.remove(theirs)
        }
        if let expiry = JSONText.integer(oauth["expiresAt"]), expiry > 0,
            expiry <= leastMilliseconds
        {
            oauth.set("expiresAt", Array("\(expiry * 1000)".utf8))
        }
        var form = JSONObjectText()
        form.set("claudeAiOauth", oauth.text)
        return form.text
    }
}
