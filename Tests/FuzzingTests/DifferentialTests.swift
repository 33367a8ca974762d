// What we take for a request, a second parser must take for the same one: the
// precondition of request smuggling is that two do not. Ours may refuse more,
// never read more. The exceptions stand in decision 22.

import Fuzzing
import Testing

@Suite(.enabled(if: SecondOpinion.isThere, "Debian's package node-llhttp is not installed"))
struct DifferentialTests {
    @Test func `whatever we accept, a second parser accepts as the same requests`() {
        var tally = (agreed: 0, stricter: 0)
        for bytes in SmugglingCorpus.all {
            switch Comparison(bytes) {
            case .agree(let count): tally.agreed += count > 0 ? 1 : 0
            case .stricter: tally.stricter += 1
            case .differ(let how):
                Issue.record("\(String(decoding: bytes, as: UTF8.self).debugDescription): \(how)")
            }
        }
        // The corpus says something only if both outcomes are common in it.
        #expect(tally.agreed > 1000)
        #expect(tally.stricter > 500)
    }

    @Test(arguments: UInt64(0)..<4)
    func `so it is with mutations, in whatever pieces they come`(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        for round in 0..<3000 {
            let bytes = mutated(&generator)
            for piece in [1, 7, .max] {
                if case .differ(let how) = Comparison(bytes, piece: piece) {
                    Issue.record("seed \(seed) round \(round) piece \(piece): \(how) \(bytes)")
                    return
                }
            }
        }
    }

    @Test func `the comparison sees a request that is read in two ways`() {
        let both = Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd".utf8)
        #expect(Comparison(both) == .agree(1))
        let other = SecondOpinion(both)
        #expect(other.requests.first?.body == Array("abcd".utf8))
        #expect(other.requests.first?.fields.last == Array("Content-Length:4".utf8))
        #expect(
            Comparison(
                SmugglingCorpus.request(
                    "POST / HTTP/1.1", ["Transfer-Encoding: chunked"], "0\r\n\r\n"))
                == .stricter(status: 411))
    }

    private func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
        let spice: [UInt8] = [0, 9, 10, 11, 13, 32, 44, 48, 52, 58, 59, 67, 128, 255]
        var bytes = SmugglingCorpus.all.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let byte = spice.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0...3, using: &generator) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            default: bytes.insert(contentsOf: bytes[index...].prefix(24), at: index)
            }
        }
        return bytes
    }
}
