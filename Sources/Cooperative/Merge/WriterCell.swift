// SPDX-License-Identifier: EUPL-1.2

/// What one log contributes to a register or a set element: a lattice, so that the order in which entries are
/// folded never matters. Spec: Protocol/state.md §2, tables 4 and 5.
protocol WriterCell: Hashable, Sendable {
    /// Nothing written, nothing replaced.
    init()

    /// The index of the log's newest write, plus one; 0 for none.
    var newest: Int { get }

    /// The largest index of the log that an edit named, plus one; 0 for none.
    var superseded: Int { get set }

    /// Takes the larger of each number, and what goes with it.
    mutating func merge(_ other: Self)
}

extension WriterCell {
    /// Whether the newest write still stands.
    var isCurrent: Bool { newest > superseded }

    /// Every write up to `index` no longer stands.
    @inline(__always)
    mutating func supersede(through index: Int) { superseded = max(superseded, index + 1) }
}
