// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// A month between two parties: what both counted, where they stand, and how it ended. Spec: Protocol/settling.md.
struct PairPeriod {
    let month: CivilMonth
    let own: OIN
    let other: OIN
    /// Who of the two stated the month.
    let stated: Set<OIN>
    /// In the order of a cut.
    let cells: [PeriodCut.Cell]
    /// The stances on cells of the two, in the order of the state.
    let stances: [StanceView]
    /// The cuts that either signed.
    let cuts: [CutView]
    let closed: ClosedPeriod?

    /// What a state holds of a month and one party, read once for all whom it met.
    struct Held {
        let month: CivilMonth
        let own: OIN
        let statements: [StatementView]
        let stances: [StanceView]
        let cuts: [CutView]
        let closed: [ClosedPeriod]
        let usage: [UsageView]

        init(_ state: CooperativeState, _ month: CivilMonth, of own: OIN) {
            (self.month, self.own) = (month, own)
            statements = state.statementViews(of: month).filter { $0.author == own || $0.counterparty == own }
            stances = state.stanceViews(of: month).filter { $0.stance.provider == own || $0.stance.consumer == own }
            cuts = state.cutViews(of: month).filter { $0.cut.lower == own || $0.cut.higher == own }
            closed = state.closedPeriods().filter {
                $0.cut.month == month && ($0.cut.lower == own || $0.cut.higher == own)
            }
            usage = state.usage(in: month).filter {
                $0.provider != $0.consumer && ($0.provider == own || $0.consumer == own)
            }
        }
    }

    /// What a state holds of it.
    init(_ state: CooperativeState, _ month: CivilMonth, own: OIN, other: OIN) {
        self.init(Held(state, month, of: own), other: other)
    }

    /// The same of what was read before.
    init(_ held: Held, other: OIN) {
        (month, own, self.other) = (held.month, held.own, other)
        let pair = [min(held.own, other), max(held.own, other)]
        stated = Set(held.statements.filter { $0.author == other || $0.counterparty == other }.map(\.author))
        stances = held.stances.filter { $0.stance.provider == other || $0.stance.consumer == other }
        cuts = held.cuts.filter { $0.cut.lower == other || $0.cut.higher == other }
        closed = held.closed.first { $0.cut.lower == other || $0.cut.higher == other }
        let taken = stances
        cells = held.usage.filter { $0.provider == other || $0.consumer == other }.map { row in
            let (provided, used) = (row.providerSide?.quantity, row.consumerSide?.quantity)
            return PeriodCut.Cell(
                application: row.application, tariffClass: row.tariffClass,
                isProvidedByLower: row.provider == pair[0], providerCount: provided, consumerCount: used,
                settled: Self.settled(taken, row, provided, used))
        }.sorted()
    }

    /// The quantity that one accepts and the other counted, or holds to be right, or accepts too; or that the
    /// consumer confirms and the provider counted. Spec: Protocol/settling.md §5.
    private static func settled(
        _ stances: [StanceView], _ row: UsageView, _ provided: Int64?, _ used: Int64?
    ) -> Int64? {
        let on = stances.filter { view in
            view.stance.application == row.application && view.stance.tariffClass == row.tariffClass
                && view.stance.provider == row.provider && view.stance.consumer == row.consumer
        }
        func said(_ party: OIN) -> CellStance.Word? {
            on.filter { $0.author == party }.max { ($0.judge, $0.source.index) < ($1.judge, $1.source.index) }?
                .stance.word
        }
        let (provider, consumer) = (said(row.provider), said(row.consumer))
        if case .accepts(let quantity) = consumer, provided == quantity || provider?.quantity == quantity {
            return quantity
        }
        if case .confirms(let quantity) = consumer, provided == quantity { return quantity }
        if case .accepts(let quantity) = provider, used == quantity || consumer?.quantity == quantity {
            return quantity
        }
        return nil
    }

    /// What a party's standing stance says of a cell.
    func said(by party: OIN, of cell: PeriodCut.Cell) -> CellStance.Word? {
        let provider = cell.isProvidedByLower ? min(own, other) : max(own, other)
        return stances.filter { view in
            view.author == party && view.stance.application == cell.application
                && view.stance.tariffClass == cell.tariffClass && view.stance.provider == provider
        }.max { ($0.judge, $0.source.index) < ($1.judge, $1.source.index) }?.stance.word
    }

    /// Whether both have a cut with equal bodies.
    var isSignedByBoth: Bool {
        let mine = Set(cuts.filter { $0.author == own }.map(\.bodyHash))
        return cuts.contains { $0.author == other && mine.contains($0.bodyHash) }
    }

    /// What this member would sign as of an epoch; `nil` for more cells than a cut holds.
    func cut(epoch: Int, hash: Hash) -> PeriodCut? {
        PeriodCut(month: month, between: own, and: other, epoch: epoch, epochHash: hash, cells: cells)
    }

    /// A cut of the other party that says what this member would say: signing the same closes the month.
    var offered: CutView? { cuts.first { $0.author == other && $0.cut.cells == cells } }
}
