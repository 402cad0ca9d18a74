// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What of a month between two parties was billed, and each time that this changed afterwards.
/// Spec: Protocol/state.md §2, table 20.
enum BillingTable {
    struct Key: Hashable, Sendable {
        let period: PeriodTable.Key
        /// 0 for what was billed first, then 1, 2, ...
        let number: Int
    }

    struct Row: KeyedRow {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        /// The month whose documents it stands in.
        let billingMonth: Int32
        /// `H(canonical body)` of the counts.
        let body: Hash
        /// The cells with what counts of them, as of the epoch that fixes it; no quantity in it is settled. Not in the
        /// digest but by `body`.
        let counts: PeriodCut
    }

    static let rowsPerPage = 16
}

/// Cells on which the deciding organ has spoken. Spec: Protocol/state.md §2, table 21.
enum DecidedCountTable {
    struct Key: Hashable, Sendable {
        let application: UInt32
        let provider: UInt32
        let consumer: UInt32
        let tariffClass: UInt32
        let month: Int32
    }

    struct Row: KeyedRow {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        /// The proposal.
        var log: UInt32
        var index: Int
        /// What was decided.
        var quantity: Int64
        /// What the provider had counted when the decision was closed.
        var providerCount: Int64?
        /// What the consumer had counted then.
        var consumerCount: Int64?
    }

    static let rowsPerPage = 16
}
