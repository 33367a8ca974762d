// The corpora of the fuzzer, replayed: what once broke a law, and one seed for
// every shape worth starting from; then seeded mutations of each. The deep
// search is `scripts/fuzz`.

import Foundation
import Fuzzing
import Testing

/// SplitMix64 (Steele, Lea, Flood 2014): every failure prints its seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct CorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Corpus")

    private func seeds(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = Self.folder.appending(path: target.rawValue)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            ($0, Array(try Data(contentsOf: folder.appending(path: $0))))
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `no seed breaks a law`(target: FuzzTarget) throws {
        let seeds = try seeds(target)
        #expect(!seeds.isEmpty)
        for seed in seeds {
            let violation = target.violation(seed.bytes)
            #expect(violation == nil, "\(target)/\(seed.name)")
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `no mutation of a seed breaks a law`(target: FuzzTarget) throws {
        let seeds = try seeds(target)
        var generator = SeededGenerator(state: 5)
        for round in 0..<400 {
            guard let seed = seeds.randomElement(using: &generator) else { return }
            let bytes = mutated(seed.bytes, &generator)
            if let violation = target.violation(bytes) {
                Issue.record("\(target)/\(seed.name) round \(round): \(violation): \(bytes)")
                return
            }
        }
    }

    private func mutated(_ seed: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let byte = UInt8.random(in: 0...255, using: &generator)
            switch Int.random(in: 0...4, using: &generator) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(contentsOf: bytes[index...].prefix(16), at: index)
            default: bytes.removeSubrange(index..<min(bytes.count, index + 9))
            }
        }
        return bytes
    }
}
