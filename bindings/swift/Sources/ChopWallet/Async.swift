import Foundation

/// Runs a step of the library off the caller's thread. Every call of this library blocks: it stretches
/// passphrases, writes durably and may ask a person for their finger.
///
/// A cancelled task does not tear a step: it runs to its end, and a step that had an effect is found in
/// the record afterwards.
public func step<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global(qos: .userInitiated).async {
            continuation.resume(with: Swift.Result { try body() })
        }
    }
}

extension Requests {
    /// ``Requests/grant(consent:)``, off the caller's thread.
    public func grantAsync(_ consent: Consent) async throws -> Outbound {
        try await step { try self.grant(consent: consent) }
    }
}

extension Grants {
    /// ``Grants/release(acknowledgement:)``, off the caller's thread.
    public func releaseAsync(_ acknowledgement: String) async throws -> Outbound {
        try await step { try self.release(acknowledgement: acknowledgement) }
    }
}

extension Record {
    /// ``Record/audit(progress:cancel:)``, off the caller's thread. Cancelling the task stops the re-check.
    public func auditAsync() async throws -> Audit {
        try await cancellable { cancel in try self.audit(progress: nil, cancel: cancel) }
    }
}

extension Offer {
    /// ``Offer/watch(seconds:cancel:)``, off the caller's thread. Cancelling the task ends the wait.
    public func watchAsync(seconds: UInt32) async throws -> [OfferNews] {
        try await cancellable { cancel in try self.watch(seconds: seconds, cancel: cancel) }
    }
}

/// Runs long work off the caller's thread with a switch that is pressed when the task is cancelled: the
/// work ends within a tenth of a second, wherever it can end untorn.
public func cancellable<Result: Sendable>(
    _ body: @escaping @Sendable (Cancel) throws -> Result
) async throws -> Result {
    let cancel = Cancel()
    return try await withTaskCancellationHandler {
        try await step { try body(cancel) }
    } onCancel: {
        cancel.cancel()
    }
}
