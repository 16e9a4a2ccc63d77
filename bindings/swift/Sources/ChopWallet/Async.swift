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
