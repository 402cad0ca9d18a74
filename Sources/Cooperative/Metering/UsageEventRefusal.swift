// SPDX-License-Identifier: EUPL-1.2

/// One rule that an event breaks. Spec: Protocol/metering-events.md §3.
public struct UsageEventViolation: Hashable, Sendable, CustomStringConvertible {
    /// The field: `data.aantal`, in a batch `[3].data.aantal`, in CSV `line 4, column 7 (aantal)`.
    public let path: String
    /// The stable name of the rule.
    public let rule: UsageEventRule

    /// A broken rule at a field.
    public init(path: String, rule: UsageEventRule) {
        self.path = path
        self.rule = rule
    }

    /// `data.aantal: expected a whole number from 1 to 1000000000000`.
    public var description: String { path.isEmpty ? rule.sentence : "\(path): \(rule.sentence)" }
}

/// Why events are refused: every broken rule at once, in the order of the text. Nothing of the text is taken.
public struct UsageEventRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The first `MeteringLimits.violations` broken rules.
    public let violations: [UsageEventViolation]
    /// How many there were in all.
    public let total: Int

    /// All broken rules; the list is cut at the limit, the total is not.
    public init(_ violations: [UsageEventViolation]) {
        self.violations = Array(violations.prefix(MeteringLimits.violations))
        total = violations.count
    }

    /// One sentence a line.
    public var description: String { violations.map(\.description).joined(separator: "\n") }
}
