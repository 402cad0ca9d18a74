// SPDX-License-Identifier: EUPL-1.2
import Journal

/// All documents that follow from what epochs fixed, of one party in one leg, from the first month on.
/// Spec: Protocol/settlement-documents.md §4.
public struct DocumentHistory: Sendable {
    /// In the order in which they were fixed: epoch, month, number.
    public private(set) var documents: [ProposedDocument] = []
    /// What is less than the smallest amount and comes back with the next documents.
    public private(set) var carried: [CellCorrection] = []
    /// What is never corrected because it is too long ago.
    public private(set) var tooOld: [CellCorrection] = []

    private let ledger: BilledMonths
    private let party: PartyID
    private let leg: Leg
    /// What documents billed of each cell so far.
    private var billed: [CellKey: [BilledBefore]] = [:]
    /// Changed cells whose correction is carried, with what counts of them.
    private var pending: [CellKey: Cell] = [:]
    private var numbers: [CivilMonth: Int] = [:]

    /// Goes through the epochs. Refuses what a statement of one of the months refuses.
    init(_ ledger: BilledMonths, of party: PartyID, in leg: Leg) throws(SettlementRefusal) {
        (self.ledger, self.party, self.leg) = (ledger, party, leg)
        for batch in ledger.batches { try take(batch) }
    }

    private mutating func take(_ batch: BilledMonths.Batch) throws(SettlementRefusal) {
        var lines: [BillingLine] = []
        for outcome in try ledger.outcomes(of: batch.first, in: batch.month, concerning: party) {
            lines += try ledger.input.billingLines(of: outcome, party: party, leg: leg)
        }
        if batch.hasOtherLines { lines += try ledger.otherLines(of: party, in: batch.month, leg: leg) }
        for positions in VATSubtotal.documents(lines.map(\.vat)) {
            try add(positions.map { lines[$0] }, [], batch)
        }
        try correct(batch)
    }

    private mutating func correct(_ batch: BilledMonths.Batch) throws(SettlementRefusal) {
        var cells = batch.hasOtherLines || !batch.changed.isEmpty ? pending : [:]
        for cell in batch.changed where ledger.concerns(cell.key, party) { cells[cell.key] = cell }
        guard !cells.isEmpty else { return }
        let (issuer, receiver) = leg == .memberPays ? (ledger.cooperative, party) : (party, ledger.cooperative)
        var corrections: [CellCorrection] = []
        for cell in cells.values.sorted(by: { $0.key < $1.key }) {
            corrections.append(try CellCorrection(
                of: cell.key, issuer: issuer, receiver: receiver, leg: leg, before: billed[cell.key] ?? [],
                now: try ledger.input.billingLines(of: ledger.outcome(of: cell), party: party, leg: leg)))
        }
        var run = ledger.run
        run.isFinal = ledger.hasLeft(party, by: batch.month)
        let outcome = try run.collect(corrections, in: batch.month)
        for group in outcome.groups { try add(group.lines, group.originals, batch) }
        // Any order: each is taken out.
        for cell in cells.keys { pending[cell] = nil }
        for correction in outcome.carried { pending[correction.cell] = cells[correction.cell] }
        carried = outcome.carried
        tooOld += outcome.tooOld
    }

    /// One whose lines are all zero is not issued and has no number.
    private mutating func add(
        _ lines: [BillingLine], _ originals: [OriginalDocument], _ batch: BilledMonths.Batch
    ) throws(SettlementRefusal) {
        guard lines.contains(where: { $0.amount != .zero }) else { return }
        let number = (numbers[batch.month] ?? 0) + 1
        numbers[batch.month] = number
        let name = "P-\(batch.month)/\(party)/\(leg.rawValue)/\(number)"
        documents.append(ProposedDocument(
            name: name, month: batch.month, epoch: batch.epoch, party: party, leg: leg, lines: lines,
            originals: originals, net: try Cents.sum(lines.map(\.amount))))
        var cells: [CellKey: [BillingLine]] = [:]
        for line in lines { if let cell = line.cell { cells[cell, default: []].append(line) } }
        // Any order: each cell has a list of its own.
        for (cell, lines) in cells {
            let original = OriginalDocument(.proposal(name), issueDate: batch.date, serviceMonth: cell.month)
            billed[cell, default: []].append(BilledBefore(original, lines: lines))
        }
    }
}
