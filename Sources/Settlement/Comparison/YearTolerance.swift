// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The differences of one application and pair that were tolerated in a calendar year, cell by cell.
/// Spec: Protocol/settlement.md §8.5.
public struct YearTolerance: Hashable, Sendable {
    private var amounts: [CellKey: Cents] = [:]

    /// Nothing tolerated yet.
    public init() {}

    /// Takes note of a compared cell: a tolerated difference counts, whatever it was before; any other state counts
    /// for nothing.
    public mutating func record(_ outcome: CellOutcome) {
        amounts[outcome.cell.key] = outcome.state == .withinTolerance ? outcome.differenceAmount : nil
    }

    /// What the cell's own comparison starts from: everything of its year and pair but itself. So comparing it again
    /// first takes its own amount out.
    public func sum(without cell: CellKey) throws(SettlementRefusal) -> Cents {
        // Any order: a sum.
        try Cents.sum(amounts.lazy.filter { key, _ in
            key != cell && key.isSamePair(as: cell) && key.month.year == cell.month.year
        }.map(\.value))
    }

    /// Compares a cell of the year again with other counts, and takes note of the outcome.
    public mutating func compareAgain(
        _ cell: Cell, standing: CellStanding, tariff: Tariff?, terms: SettlementTerms = SettlementTerms()
    ) throws(SettlementRefusal) -> CellOutcome {
        let outcome = try Comparison(terms: terms).outcome(
            of: cell, standing: standing, tariff: tariff, tolerated: try sum(without: cell.key))
        record(outcome)
        return outcome
    }
}
