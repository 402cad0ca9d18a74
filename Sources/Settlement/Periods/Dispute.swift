// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Where a dispute of a cell stands. Spec: Protocol/settlement-cells.md §2.
public struct Dispute: Hashable, Sendable {
    /// What one side says about it.
    public struct Plea: Hashable, Sendable {
        /// Who says it.
        public let side: Side
        /// 1 to 1,000 bytes.
        public let reason: String
        /// The hash of what it rests on; the evidence itself stays between the two.
        public let evidence: Hash?
        /// The epoch's date.
        public let date: CivilDate

        init(_ side: Side, _ reason: String, _ evidence: Hash?, _ date: CivilDate) throws(CellLifeRefusal) {
            guard (1...Limits.disputeReasonByteCount).contains(reason.utf8.count) else { throw .malformedReason }
            self.side = side
            self.reason = reason
            self.evidence = evidence
            self.date = date
        }
    }

    /// How it ended, or that it has not.
    public enum Outcome: Hashable, Sendable {
        case open
        /// A side took the other's count over.
        case accepted(by: Side)
        /// Who opened it took it back; a difference that is there stays.
        case withdrawn
        /// The deciding organ said what is billed.
        case decided(DecisionID)
    }

    /// Why it was opened.
    public let claim: Plea
    /// What the other side answered.
    public internal(set) var response: Plea?
    /// Whether it has ended.
    public internal(set) var outcome: Outcome = .open
}
