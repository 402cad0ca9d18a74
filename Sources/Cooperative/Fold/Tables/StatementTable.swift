// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The newest statement of each log for each (month, counterparty). Spec: Protocol/state.md §2, table 7.
enum StatementTable {
    struct Key: Hashable, Sendable {
        let log: UInt32
        let month: Int32
        let counterparty: UInt32
    }

    struct Row: KeyedRow {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        var index: Int
        /// `H(canonical body)`.
        var body: Hash
        /// The leaf hash of the entry; not in the digest.
        var leaf: Hash
        /// What the statement says of the comparison; not in the digest but by `body`.
        var root: Hash
        var records: Int
        /// The numbers of the epochs that judge the first and the latest of those that were made after the month; not
        /// in the digest.
        var judges: ClosedRange<Int>?
    }

    static let rowsPerPage = 64
}
