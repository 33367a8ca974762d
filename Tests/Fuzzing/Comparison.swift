// Two readings of the same bytes laid side by side: what we take for a request,
// llhttp must take for the same one; the precondition of request smuggling is
// that two parsers do not. Ours may refuse more, never read more. The
// exceptions are named here and in decision 22.

@testable import LoopbackHTTP

/// How the two compare on some bytes.
package enum Comparison: Equatable {
    /// This many requests, seen alike.
    case agree(Int)
    /// We refuse what the other takes, or take fewer before we refuse.
    case stricter(status: Int)
    case differ(String)

    package init(_ bytes: [UInt8], piece: Int = .max) {
        let other = SecondOpinion(bytes, piece: piece)
        var (ours, status): ([ParsedRequest], Int?) =
            switch HTTPLaws.parse(bytes, size: piece) {
            case .requests(let requests): (requests, nil)
            case .failure(let requests, let error): (requests, error.status)
            }
        // After the last request of a connection nothing is read any more.
        if let last = ours.firstIndex(where: { !$0.head.isPersistent }) {
            ours.removeSubrange((last + 1)...)
            status = status ?? 0
        }
        // Exception: it knows a list of methods, where a method is any token.
        if other.knowsNoSuchMethod, other.requests.count < ours.count {
            ours.removeSubrange(other.requests.count...)
            status = status ?? 0
        }
        let mine = ours.map { SecondOpinion.Request($0) }
        var theirs = other.requests.map(\.repaired)
        // Exception: we may end a connection it would keep. In HTTP/1.0 it lets
        // keep-alive win over close, against RFC 9112 §9.3.
        for index in mine.indices.prefix(theirs.count) where !mine[index].isPersistent {
            theirs[index].isPersistent = false
        }
        if !theirs.starts(with: mine) {
            self = .differ("ours \(ours.map(\.head)), other error \(other.error) \(theirs)")
        } else if status == nil, other.error == 0, theirs.count != mine.count {
            self = .differ("we wait after \(mine.count), the other has \(theirs.count)")
        } else if let status, status > 0 {
            self =
                theirs.count > mine.count || other.error == 0
                ? .stricter(status: status) : .agree(mine.count)
        } else {
            self = .agree(mine.count)
        }
    }
}
