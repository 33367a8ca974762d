// What a vault's error means to the judge and to a caller. Both switches are
// closed: a new kind of error does not compile until it has a meaning here.

import RotationCore

extension VaultError {
    /// What the tick machine is told when the store could not be observed.
    var observation: LiveObservation {
        switch self {
        case .locked(let held): .locked(held)
        case .unsupported, .refused, .unreachable, .malformed, .changedMeanwhile, .incomplete,
            .readBackMismatch, .noSlot, .superseded:
            .failed(reason, detail: detail)
        }
    }

    /// What the tick machine is told when a swap did not happen.
    var swapResult: SwapResult {
        switch self {
        case .locked(let held): .locked(held)
        case .changedMeanwhile: .changedMeanwhile
        case .unsupported, .refused, .unreachable, .malformed, .incomplete, .readBackMismatch,
            .noSlot, .superseded:
            .failed(reason, detail: detail)
        }
    }

    var reason: Reason {
        switch self {
        case .unsupported: .unsupportedPlatform
        case .refused: .storeRefused
        case .unreachable, .readBackMismatch: .storeUnreachable
        case .malformed: .storeMalformed
        case .incomplete: .credentialIncomplete
        case .locked: .credentialLocked
        case .changedMeanwhile: .credentialChanged
        case .noSlot: .slotMissing
        case .superseded: .credentialSuperseded
        }
    }

    /// For people; names files and fields, never contents.
    package var detail: String {
        switch self {
        case .unsupported(let advice): advice
        case .refused(let text), .unreachable(let text), .malformed(let text),
            .readBackMismatch(let text):
            text
        case .incomplete(let missing):
            "the live credential lacks \(missing.joined(separator: ", "))"
        case .locked(let held): "\(held.name) is held since \(held.since.rfc3339)"
        case .changedMeanwhile: "the live credential changed while it was looked at"
        case .noSlot(let account): "there is no slot for \(account)"
        case .superseded(let account):
            "the slot of \(account) holds a newer credential than this one"
        }
    }

    /// What a caller of an operator's act is told.
    var refusal: EngineRefusal {
        switch self {
        case .unsupported(let advice): .unsupportedPlatform(advice: advice)
        case .refused(let text): .storeRefused(text)
        case .unreachable(let text), .readBackMismatch(let text): .storeUnreachable(text)
        case .malformed(let text): .storeMalformed(text)
        case .locked(let held): .credentialLocked(held)
        case .changedMeanwhile: .credentialChanged
        case .incomplete(let missing): .credentialIncomplete(missing: missing)
        case .noSlot(let account): .unknownAccount(account.description)
        case .superseded: .credentialSuperseded
        }
    }
}

extension HistoryError {
    package var detail: String {
        switch self {
        case .corrupt(let text), .newerSchema(let text), .unavailable(let text): text
        }
    }

    var refusal: EngineRefusal { .historyUnavailable(detail) }
}

extension EngineRefusal {
    /// For a block that meets errors of several ports.
    init(_ error: any Error) {
        switch error {
        case let refusal as EngineRefusal: self = refusal
        case let error as VaultError: self = error.refusal
        case let error as HistoryError: self = error.refusal
        default: self = .storeUnreachable("an unexpected error of type \(type(of: error))")
        }
    }
}
