// libFuzzer's entry, linked by scripts/fuzz to the laws of `Fuzzing`; which of
// them is fuzzed says FUZZ_TARGET. In no target of the package, because it
// brings its own `main`; testable, because it is in no package either.

import Foundation
@testable import Fuzzing

private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        preconditionFailure("FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
    }
    return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let violation = target.violation(bytes) { preconditionFailure(violation) }
    return 0
}
