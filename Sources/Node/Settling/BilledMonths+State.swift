// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

extension BilledMonths {
    /// What the epochs of a settled state fixed, and the other lines of every month since the first of these and of
    /// those that are asked for. Spec: Protocol/settling.md §6, Protocol/settlement-documents.md §4.
    init(
        _ state: CooperativeState, _ input: SettlementInput, also asked: [CivilMonth]
    ) throws(SettlementRefusal) {
        var events: [BillingEvent] = []
        for view in state.billingViews() {
            events.append(BillingEvent(
                epoch: view.counts.epoch, date: state.epochs[view.counts.epoch].date, month: view.billingMonth,
                isFirst: view.number == 0, cells: try Self.cells(of: view.counts, state)))
        }
        var months = Set(asked)
        if let first = events.map(\.month).min(), let last = state.epochs.last?.billingMonth {
            var month: CivilMonth? = first
            while let one = month, one <= last {
                months.insert(one)
                month = one.adding(months: 1)
            }
        }
        let billable = months.sorted().compactMap { month in
            state.billingEpoch(of: month).map { BillingMonth(month, epoch: $0.number, date: $0.date) }
        }
        var run = CorrectionRun()
        run.smallestAmount = Cents(Int64(state.rules.terms.correctionCents))
        run.monthsLimit = state.rules.terms.correctionMonths
        try self.init(
            input, cooperative: try state.genesis.cooperative.partyID(), events: events, months: billable, run: run)
    }

    private static func cells(of cut: PeriodCut, _ state: CooperativeState) throws(SettlementRefusal) -> [Cell] {
        var cells: [Cell] = []
        for cell in cut.cells where state.application(cell.application) != nil {
            let (provider, consumer) = cut.parties(of: cell)
            let key = CellKey(
                application: try ApplicationID(cell.application), provider: PartyID(provider),
                consumer: PartyID(consumer), tariffClass: try ClassID(cell.tariffClass), month: cut.month)
            cells.append(Cell(key, CellCounts(
                provider: SettlementInput.comparable(cell.providerCount),
                consumer: SettlementInput.comparable(cell.consumerCount), sameContent: nil)))
        }
        return cells
    }
}

extension Genesis.Party {
    /// Its OIN, or a name of its own where it has none.
    func partyID() throws(SettlementRefusal) -> PartyID {
        if let oin { PartyID(oin) } else { try PartyID("cooperatie") }
    }
}
