// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Months as epochs fixed them, worked out once for everybody: what documents are made of.
/// Spec: Protocol/settlement-documents.md §4, Protocol/settling.md §6.
public struct BilledMonths: Sendable {
    /// What one epoch put into the documents of one month.
    struct Batch: Sendable {
        let epoch: Int
        let date: CivilDate
        let month: CivilMonth
        /// The cells that are billed for the first time.
        var first: Set<CellKey> = []
        /// The cells that changed, with what counts of them now.
        var changed: [Cell] = []
        /// Whether the month's other lines stand in it.
        var hasOtherLines = false
    }

    /// The rules, with every cell as it was billed first.
    let input: SettlementInput
    /// Who issues on one leg and receives on the other.
    let cooperative: PartyID
    /// By epoch, then month.
    let batches: [Batch]
    /// How corrections are collected.
    let run: CorrectionRun
    private let accounts: [CivilMonth: MonthAccounts]
    private let applications: [ApplicationID: BilledApplication]
    private let left: [PartyID: CivilMonth]

    /// `input` gives the rules; its cells are not looked at. `months` are those whose other lines can be billed.
    /// Refuses what stands in the way of every comparison of one of the months.
    public init(
        _ input: SettlementInput, cooperative: PartyID, events: [BillingEvent], months: [BillingMonth],
        run: CorrectionRun = CorrectionRun()
    ) throws(SettlementRefusal) {
        var input = input
        input.cells = events.filter(\.isFirst).flatMap(\.cells)
        (self.input, self.cooperative, self.run) = (input, cooperative, run)
        var batches: [Place: Batch] = [:]
        for event in events {
            let place = Place(epoch: event.epoch, month: event.month)
            var batch = batches[place] ?? Batch(epoch: event.epoch, date: event.date, month: event.month)
            if event.isFirst { batch.first.formUnion(event.cells.map(\.key)) } else { batch.changed += event.cells }
            batches[place] = batch
        }
        for month in months {
            let place = Place(epoch: month.epoch, month: month.month)
            var batch = batches[place] ?? Batch(epoch: month.epoch, date: month.date, month: month.month)
            batch.hasOtherLines = true
            batches[place] = batch
        }
        self.batches = batches.values.sorted { ($0.epoch, $0.month) < ($1.epoch, $1.month) }
        var accounts: [CivilMonth: MonthAccounts] = [:]
        for month in Set(self.batches.map(\.month)).sorted() { accounts[month] = try MonthAccounts(input, in: month) }
        self.accounts = accounts
        var applications: [ApplicationID: BilledApplication] = [:]
        for application in input.applications { applications[application.id] = application }
        self.applications = applications
        var left: [PartyID: CivilMonth] = [:]
        for member in input.members { left[member.id] = member.left?.month }
        self.left = left
    }

    private struct Place: Hashable {
        let epoch: Int
        let month: CivilMonth
    }

    /// Everyone who can have documents, in order: members and customers.
    public var parties: [PartyID] { Set(accounts.values.flatMap(\.parties)).sorted() }

    /// All documents of a party in a leg up to now.
    public func history(of party: PartyID, in leg: Leg) throws(SettlementRefusal) -> DocumentHistory {
        try DocumentHistory(self, of: party, in: leg)
    }

    /// The outcomes of cells that are billed for the first time, in the order of cells.
    func outcomes(
        of cells: Set<CellKey>, in month: CivilMonth, concerning party: PartyID
    ) throws(SettlementRefusal) -> [CellOutcome] {
        guard !cells.isEmpty, let accounts = accounts[month] else { return [] }
        return try accounts.outcomes(concerning: party).filter { cells.contains($0.cell.key) }
    }

    /// The lines of a statement that are not of usage.
    func otherLines(
        of party: PartyID, in month: CivilMonth, leg: Leg
    ) throws(SettlementRefusal) -> [BillingLine] {
        guard let accounts = accounts[month], accounts.parties.contains(party) else { return [] }
        return try accounts.otherLines(of: party, leg: leg).map { BillingLine($0, month: month, isPart: false) }
    }

    /// A changed cell, compared anew by itself. Spec: Protocol/settlement-cells.md §6.
    func outcome(of cell: Cell) throws(SettlementRefusal) -> CellOutcome {
        guard let application = applications[cell.key.application] else {
            throw .unknownApplication(cell.key.application)
        }
        return try Comparison(terms: input.terms).outcome(
            of: cell, standing: application.standing(of: cell.key),
            tariff: input.tariffs.tariff(
                of: cell.key.application, class: cell.key.tariffClass, in: cell.key.month),
            tolerated: .zero)
    }

    /// Whether the party provides, uses or funds the cell.
    func concerns(_ key: CellKey, _ party: PartyID) -> Bool {
        key.provider == party || key.consumer == party
            || input.tariffs.tariff(of: key.application, class: key.tariffClass, in: key.month)?.funding?.funder
                == party
    }

    /// A party that left gets its final statement: any amount is paid.
    func hasLeft(_ party: PartyID, by month: CivilMonth) -> Bool { left[party].map { $0 <= month } ?? false }
}
