// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension Genesis {
    /// Small-count and tolerance terms. Spec: Protocol/genesis.md §1, key 13.
    public struct Terms: Hashable, Sendable {
        /// Events that a cell grows by before it is flushed.
        public var smallCount = 10
        /// Difference that is tolerated, in cents.
        public var toleranceCents = 500
        /// The same, as a part of the amount.
        public var toleranceBasisPoints = 50
        /// Difference that is never tolerated, as a part of the lower quantity.
        public var capBasisPoints = 1_000
        /// What may be tolerated in a year, in cents.
        public var yearlyCapCents = 10_000
        /// Working days to dispute.
        public var disputeWorkingDays = 20
        /// Working day of the next month by which a month is stated.
        public var statementWorkingDay = 3
        /// Days to pay.
        public var paymentDays = 30
        /// The day of the next month from which what both stated of a month is billed, closed or not; 0 bills only
        /// what is closed. Spec: Protocol/settling.md §6.
        public var billingDay = 15
        /// 1 where both directions of a member become one payment, else 0.
        public var offset = 0
        /// A correction of less than this is carried forward, in cents.
        public var correctionCents = 500
        /// Months from the service month in which it is still corrected.
        public var correctionMonths = 60
        /// The difference in cents from which `capBasisPoints` applies.
        public var capFromCents = 100

        /// The defaults of the protocol.
        public init() {}

        /// The window to dispute in working days. The calendar has fewer days than the most that is answered here.
        public var disputeWindow: Int { min(disputeWorkingDays, CooperativeLimits.windowWorkingDays) }

        /// Whether offset was turned on.
        public var isOffsetOn: Bool { offset == 1 }

        /// All terms in the order of their keys, from 1 on.
        var values: [Int] {
            [smallCount, toleranceCents, toleranceBasisPoints, capBasisPoints, yearlyCapCents,
             disputeWorkingDays, statementWorkingDay, paymentDays, offset, correctionCents, correctionMonths,
             capFromCents, billingDay]
        }

        /// Keys that always stand; the others stand where they are not the default.
        static let mandatoryCount = 8
        /// The last day that every month has.
        static let mostBillingDay = 28

        static let words = [
            "smallCount", "toleranceCents", "toleranceBasisPoints", "capBasisPoints", "yearlyCapCents",
            "disputeWorkingDays", "statementWorkingDay", "paymentDays", "offset", "correctionCents",
            "correctionMonths", "capFromCents", "billingDay",
        ]

        /// `values` are as many as there are words.
        init(_ values: [Int]) {
            precondition(values.count == Self.words.count)
            smallCount = values[0]
            toleranceCents = values[1]
            toleranceBasisPoints = values[2]
            capBasisPoints = values[3]
            yearlyCapCents = values[4]
            disputeWorkingDays = values[5]
            statementWorkingDay = values[6]
            paymentDays = values[7]
            offset = values[8]
            correctionCents = values[9]
            correctionMonths = values[10]
            capFromCents = values[11]
            billingDay = values[12]
        }
    }

    /// Timings of consensus, in milliseconds. Spec: Protocol/genesis.md §1, key 14.
    public struct Timings: Hashable, Sendable {
        /// Wait for a proposal.
        public var proposeMilliseconds = 60_000
        /// Wait for prevotes.
        public var prevoteMilliseconds = 30_000
        /// Wait for precommits.
        public var precommitMilliseconds = 30_000
        /// What each further round adds.
        public var growthMilliseconds = 30_000
        /// How long a restarted node holds still.
        public var holdMilliseconds = 60_000

        /// The defaults of the protocol.
        public init() {}

        static let words = ["propose", "prevote", "precommit", "growth", "hold"]

        var values: [Int] {
            [proposeMilliseconds, prevoteMilliseconds, precommitMilliseconds, growthMilliseconds,
             holdMilliseconds]
        }

        /// `values` are five.
        init(_ values: [Int]) {
            precondition(values.count == Self.words.count)
            proposeMilliseconds = values[0]
            prevoteMilliseconds = values[1]
            precommitMilliseconds = values[2]
            growthMilliseconds = values[3]
            holdMilliseconds = values[4]
        }
    }

    /// The network that a re-founded one follows. Spec: Protocol/genesis.md §1, key 16.
    public struct Predecessor: Hashable, Sendable {
        /// Its id.
        public let network: NetworkID
        /// Its last epoch.
        public let epoch: Int
        /// The state digest there.
        public let stateDigest: Hash

        /// Names an epoch of another network.
        public init(network: NetworkID, epoch: Int, stateDigest: Hash) {
            (self.network, self.epoch, self.stateDigest) = (network, epoch, stateDigest)
        }
    }
}
