// SPDX-License-Identifier: EUPL-1.2

/// Milliseconds of a clock that never goes back; its zero means nothing. Never written down or sent.
public struct MonotonicTime: Hashable, Sendable, Comparable {
    /// The reading of the clock.
    public let milliseconds: Int

    /// A reading of the shell's clock.
    public init(milliseconds: Int) { self.milliseconds = milliseconds }

    /// The moment that lies so much later.
    public func adding(milliseconds: Int) -> MonotonicTime {
        let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
        return MonotonicTime(milliseconds: overflow ? Int.max : sum)
    }

    /// Earlier is smaller.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}
