// The corpora of the fuzzer, replayed: what once broke a law, and one seed for
// every shape worth starting from; then seeded mutations of each. The deep
// search is `scripts/fuzz`.

import Foundation
import Fuzzing
import Testing

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
            let bytes = generator.mutated(seed.bytes)
            if let violation = target.violation(bytes) {
                Issue.record("\(target)/\(seed.name) round \(round): \(violation): \(bytes)")
                return
            }
        }
    }
}
