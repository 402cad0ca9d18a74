// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The newest stance of each log on each cell. Spec: Protocol/state.md §2, table 17.
enum StanceTable {
    struct Key: Hashable, Sendable {
        let log: UInt32
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
        var index: Int
        /// The leaf hash of the entry; not in the digest.
        var leaf: Hash
        var stance: CellStance.Word
        var commitment: TextCommitment?
        /// The number of the epoch that judges it.
        var judge: Int
        /// The number of the epoch that judges the first dispute of this log on the cell.
        var disputedSince: Int?
    }

    static let rowsPerPage = 64
}

/// The cuts that each log signed, one for each month, pair and epoch. Spec: Protocol/state.md §2, table 18.
enum CutTable {
    struct Key: Hashable, Sendable {
        let log: UInt32
        let month: Int32
        let lower: UInt32
        let higher: UInt32
        let epoch: Int
    }

    struct Row: KeyedRow {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        let index: Int
        /// The leaf hash of the entry; not in the digest.
        let leaf: Hash
        /// `H(canonical body)`.
        let body: Hash
        /// The number of the epoch that judges it.
        let judge: Int
        /// What counts; not in the digest but by `body`.
        let cut: PeriodCut
    }

    static let rowsPerPage = 16
}

/// How a month ended between two parties. Spec: Protocol/settling.md §3.
public enum PeriodEnding: Int, Sendable {
    /// Both signed one cut.
    case signed = 1
    /// The window passed without both signatures.
    case lapsed = 2
}

/// The months that are closed between two parties. Spec: Protocol/state.md §2, table 19.
enum PeriodTable {
    struct Key: Hashable, Sendable {
        let month: Int32
        let lower: UInt32
        let higher: UInt32
    }

    struct Row: KeyedRow {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        let ending: PeriodEnding
        /// What counts; not in the digest but by `body`.
        let cut: PeriodCut
        /// `H(canonical body)` of the cut.
        let body: Hash
        /// The number of the epoch that closes it.
        let closing: Int
    }

    static let rowsPerPage = 16
}
