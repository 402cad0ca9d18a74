// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What is invoiced of a month by the 15th of the next, whatever else is still open: the matched quantity of every cell
/// with both statements in, and the provider's count of single-sided cells. VAT falls due anyway.
/// Spec: Protocol/settlement-cells.md §5.
public struct UndisputedPart: Hashable, Sendable {
    /// The last day to invoice it.
    public let lastDay: CivilDate
    /// What is billed, in the order of the cells.
    public let billed: [CellOutcome]
    /// Cells that lack a statement: they are flagged, not billed.
    public let missing: [CellOutcome]

    /// Of the outcomes of a month. Refuses a month without a next one.
    public init(of outcomes: [CellOutcome], in month: CivilMonth) throws(SettlementRefusal) {
        lastDay = try Self.lastDay(of: month)
        let ordered = outcomes.filter { $0.cell.key.month == month }.sorted { $0.cell.key < $1.cell.key }
        billed = ordered.filter { $0.billed != nil }
        missing = ordered.filter { $0.state == .providerOnly || $0.state == .consumerOnly }
    }

    /// The 15th of the next month. Refuses a month without one.
    public static func lastDay(of month: CivilMonth) throws(SettlementRefusal) -> CivilDate {
        guard let next = month.adding(months: 1),
              let day = CivilDate(year: next.year, month: next.monthOfYear, day: dayOfMonth)
        else { throw .dateOutOfRange }
        return day
    }

    /// The 15th.
    public static let dayOfMonth = 15
}
