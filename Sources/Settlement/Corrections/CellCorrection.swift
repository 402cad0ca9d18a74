// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What one document billed of a cell in one direction.
public struct BilledBefore: Hashable, Sendable {
    /// The document.
    public let document: OriginalDocument
    /// Its lines of the cell.
    public let lines: [BillingLine]

    /// A document and its lines of a cell.
    public init(_ document: OriginalDocument, lines: [BillingLine]) {
        self.document = document
        self.lines = lines
    }
}

/// A cell compared and rated again as a whole, minus all its documents; never the delta alone.
/// Spec: Protocol/settlement-cells.md §6.
public struct CellCorrection: Hashable, Sendable {
    /// The cell, with its service month.
    public let cell: CellKey
    /// Who issues the documents.
    public let issuer: PartyID
    /// Who receives them.
    public let receiver: PartyID
    /// Which way the money goes.
    public let leg: Leg
    /// Of each tier what stands, taken back, then what it is now; nothing of a tier that did not change.
    public let lines: [BillingLine]
    /// Every document that billed the cell, sorted.
    public let originals: [OriginalDocument]
    /// The sum of the lines.
    public let net: Cents

    /// Takes back what all earlier documents together bill of the cell and bills it anew. `now` are the lines of the
    /// whole cell at the original month's tariff and VAT; none where nothing is billed any more.
    public init(
        of cell: CellKey, issuer: PartyID, receiver: PartyID, leg: Leg, before: [BilledBefore], now: [BillingLine]
    ) throws(SettlementRefusal) {
        self.cell = cell
        self.issuer = issuer
        self.receiver = receiver
        self.leg = leg
        let documents = before.sorted { $0.document < $1.document }
        originals = documents.map(\.document)
        var lines: [BillingLine] = []
        let tiers = Set((documents.flatMap(\.lines) + now).map(Tier.init))
        for tier in tiers.sorted() {
            let standing = try Self.standing(documents, tier)
            let new = now.first { Tier($0) == tier }
            if let standing, standing.amount == new?.amount ?? .zero, standing.units == new?.units ?? 0 { continue }
            if let standing { lines.append(try standing.takenBack()) }
            if let new, new.amount != .zero || (new.units ?? 0) != 0 {
                lines.append(new.correcting(documents.last?.document.number))
            }
        }
        self.lines = lines
        net = try Cents.sum(lines.map(\.amount))
    }

    /// Whether there is nothing to correct.
    public var isEmpty: Bool { lines.isEmpty }

    /// What all documents together say of a tier; nil where none does.
    private static func standing(
        _ documents: [BilledBefore], _ tier: Tier
    ) throws(SettlementRefusal) -> BillingLine? {
        var (units, amount): (Int128, Int128) = (0, 0)
        var latest: (line: BillingLine, document: DocumentNumber)?
        for document in documents {
            for line in document.lines where Tier(line) == tier {
                units += Int128(line.units ?? 0)
                amount += Int128(line.amount.value)
                if latest == nil || line.units.map({ $0 >= 0 }) ?? true { latest = (line, document.document.number) }
            }
        }
        guard let latest, units != 0 || amount != 0 else { return nil }
        guard let narrow = Int64(exactly: units) else { throw .amountOutOfRange(what: "units to take back") }
        return latest.line.standing(
            units: narrow, amount: try Cents(exactly: amount, "an amount to take back"), in: latest.document)
    }

    private struct Tier: Hashable, Comparable {
        let kind: LineKind
        let tier: Int

        init(_ line: BillingLine) { (kind, tier) = (line.kind, line.tier ?? 0) }

        static func < (left: Self, right: Self) -> Bool {
            // The transaction fee before its funding, as on the statement.
            left.kind != right.kind ? left.kind == .transactionFee : left.tier < right.tier
        }
    }
}

extension BillingLine {
    func correcting(_ document: DocumentNumber?) -> BillingLine {
        changed(id: id, units: units, amount: amount, corrects: document)
    }

    fileprivate func standing(units: Int64, amount: Cents, in document: DocumentNumber) -> BillingLine {
        changed(id: id, units: self.units == nil ? nil : units, amount: amount, corrects: document)
    }

    fileprivate func takenBack() throws(SettlementRefusal) -> BillingLine {
        let name = id.hasSuffix("/back") ? id : id + "/back"
        return changed(
            id: name, units: units.map { -$0 }, amount: try Cents.zero.subtracting(amount), corrects: corrects)
    }

    private func changed(id: String, units: Int64?, amount: Cents, corrects: DocumentNumber?) -> BillingLine {
        BillingLine(
            id: id, kind: kind, cell: cell, tier: tier, application: application, decision: decision, text: text,
            units: units, price: price, amount: amount, vat: vat, serviceMonth: serviceMonth, corrects: corrects,
            isPart: isPart)
    }
}
