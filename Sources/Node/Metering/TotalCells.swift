// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

/// The cells of which this member states a total in place of what its inbox counted.
/// Spec: Protocol/metering-events.md §10.
struct TotalCells: Sendable {
    let totals: [InboxCell: UInt64]

    /// Cells that a month states: those counted, each with its total where one stands, and those with a total alone.
    /// A total is the whole of what the member's logs say; so the own log says what is missing or too much.
    func stated(_ counted: [CellCounters], _ engine: isolated NodeEngine) -> [UsageCell: UsageCounters] {
        var cells: [UsageCell: UsageCounters] = [:]
        for row in counted where totals[row.cell] == nil { cells[UsageCell(row.cell)] = UsageCounters(row.current) }
        // Any order: each cell by itself.
        for (inboxCell, total) in totals {
            let cell = UsageCell(inboxCell)
            let said = engine.state.counters(of: cell, log: engine.ownLogID)
            let together = engine.state.sources(of: cell).reduce(Int64(0)) { $0 + $1.counters.quantity }
            let missing = Int64(total) - together
            let counted = said.quantityCounted + max(0, missing)
            cells[cell] = UsageCounters(
                eventsCounted: said.eventsCounted, eventsRetracted: said.eventsRetracted, quantityCounted: counted,
                quantityRetracted: min(counted, said.quantityRetracted + max(0, -missing)), inboxPosition: 0)
        }
        return cells
    }
}
