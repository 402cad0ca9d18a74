// SPDX-License-Identifier: EUPL-1.2

/// A promise that was broken, by its name among the invariants of the design, or S2 for liveness.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
    /// Such as `I4`.
    public let invariant: String
    /// What was seen, in a sentence.
    public let sentence: String
    /// Simulated time.
    public let atMilliseconds: Int

    /// Time, name and sentence.
    public var description: String { "\(invariant) at \(atMilliseconds) ms: \(sentence)" }
}
