// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

extension SettlementInput {
    /// The cells of months, as both sides have them in the state. Spec: Protocol/settlement-input.md §3.
    static func cells(
        _ state: CooperativeState, in months: ClosedRange<CivilMonth>
    ) throws(SettlementRefusal) -> [Cell] {
        let roots = StatedRoots(state)
        let fixed = FixedCounts(state)
        let known = Set(state.applicationViews().map(\.id))
        var made: [Cell] = []
        var next: CivilMonth? = months.lowerBound
        while let month = next, month <= months.upperBound {
            let usage = state.usage(in: month).filter { known.contains($0.application) }
            let pairs = ContentComparison(usage, roots, month)
            for row in usage {
                let (provider, consumer) = fixed.counts(of: row, in: month)
                    ?? (comparable(row.providerSide?.quantity), comparable(row.consumerSide?.quantity))
                guard provider != nil || consumer != nil else { continue }
                let key = CellKey(
                    application: try ApplicationID(row.application), provider: PartyID(row.provider),
                    consumer: PartyID(row.consumer), tariffClass: try ClassID(row.tariffClass), month: month)
                made.append(Cell(key, CellCounts(
                    provider: provider, consumer: consumer,
                    sameContent: pairs.sameContent(row.provider, row.consumer))))
            }
            next = month.adding(months: 1)
        }
        return made
    }

    /// One side's net count; `nil` also where it is more than any month holds: one member's absurd number must not
    /// take the statements of all who share a cell with it past what an amount can say.
    static func comparable(_ quantity: Int64?) -> Int64? {
        guard let quantity, quantity <= largestCount else { return nil }
        return quantity
    }

    /// As much as one event may say. Spec: Protocol/settlement-input.md §3.
    private static let largestCount: Int64 = 1_000_000_000_000
}

/// What months that were billed or closed say of their cells. Spec: Protocol/settlement-input.md §3.
private struct FixedCounts {
    private struct Key: Hashable {
        let application: String
        let provider: OIN
        let consumer: OIN
        let tariffClass: String
        let month: CivilMonth
    }

    private let cells: [Key: PeriodCut.Cell]

    init(_ state: CooperativeState) {
        var cells: [Key: PeriodCut.Cell] = [:]
        let billed = state.billingViews().filter { $0.number == 0 }.map(\.counts)
        // What was billed first stands before what closed the month.
        for cut in state.closedPeriods().map(\.cut) + billed {
            for cell in cut.cells {
                let (provider, consumer) = cut.parties(of: cell)
                cells[Key(
                    application: cell.application, provider: provider, consumer: consumer,
                    tariffClass: cell.tariffClass, month: cut.month)] = cell
            }
        }
        self.cells = cells
    }

    /// The counts of a cell of a cut; where the two settled on a quantity, that for both.
    func counts(of row: UsageView, in month: CivilMonth) -> (provider: Int64?, consumer: Int64?)? {
        let key = Key(
            application: row.application, provider: row.provider, consumer: row.consumer,
            tariffClass: row.tariffClass, month: month)
        return cells[key].map { cell in
            (SettlementInput.comparable(cell.settled ?? cell.providerCount),
             SettlementInput.comparable(cell.settled ?? cell.consumerCount))
        }
    }
}

/// The roots of the statements that stand, by author, counterparty and month.
private struct StatedRoots {
    struct Key: Hashable {
        let author: OIN
        let counterparty: OIN
        let month: CivilMonth
    }

    let roots: [Key: Hash]

    init(_ state: CooperativeState) {
        var roots: [Key: Hash] = [:]
        for view in state.statementViews() {
            roots[Key(author: view.author, counterparty: view.counterparty, month: view.month)] = view.root
        }
        self.roots = roots
    }
}

/// Whether two parties' statements cover the same transactions.
private struct ContentComparison {
    private struct Pair: Hashable {
        let lower: OIN
        let higher: OIN

        init(_ one: OIN, _ other: OIN) { (lower, higher) = (min(one, other), max(one, other)) }
    }

    /// The pairs of which some cell has not both counts, or other counts.
    private let unequal: Set<Pair>
    private let stated: StatedRoots
    private let month: CivilMonth

    init(_ usage: [UsageView], _ stated: StatedRoots, _ month: CivilMonth) {
        self.stated = stated
        self.month = month
        var unequal: Set<Pair> = []
        for row in usage {
            if let provider = row.providerSide, let consumer = row.consumerSide,
               provider.quantity == consumer.quantity { continue }
            unequal.insert(Pair(row.provider, row.consumer))
        }
        self.unequal = unequal
    }

    func sameContent(_ one: OIN, _ other: OIN) -> Bool? {
        let mine = stated.roots[.init(author: one, counterparty: other, month: month)]
        let theirs = stated.roots[.init(author: other, counterparty: one, month: month)]
        guard let mine, let theirs else { return nil }
        if mine == theirs { return true }
        // Where a count differs, that explains the roots.
        return unequal.contains(Pair(one, other)) ? nil : false
    }
}
