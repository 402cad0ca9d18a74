// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The lines of one correction document: one issuer, receiver, month and reason of exemption.
public struct CorrectionGroup: Hashable, Sendable {
    /// Who issues it.
    public let issuer: PartyID
    /// Who receives it.
    public let receiver: PartyID
    /// Which way the money goes.
    public let leg: Leg
    /// In the order of the cells.
    public let lines: [BillingLine]
    /// Every document that it corrects, sorted.
    public let originals: [OriginalDocument]
    /// The sum of the lines; negative makes it a credit note.
    public let net: Cents

    /// Net negative is a credit note (381), else it is an invoice (380).
    public var kind: DocumentKind { net < .zero ? .creditNote : .invoice }
}

/// What becomes of the corrections of a month. Spec: Protocol/settlement-cells.md §6.
public struct CorrectionOutcome: Hashable, Sendable {
    /// What is issued, in the order of issuer and receiver, then of the first line.
    public let groups: [CorrectionGroup]
    /// Less than the smallest amount between these two: they come back next month, as part of the whole cell.
    public let carried: [CellCorrection]
    /// Too long ago: never corrected.
    public let tooOld: [CellCorrection]
}

/// Collects corrections into documents. Spec: Protocol/settlement-cells.md §6.
public struct CorrectionRun: Hashable, Sendable {
    /// Less than this, net and without VAT, is carried forward.
    public var smallestAmount = Cents(500)
    /// Months from service month to correction month, inclusive.
    public var monthsLimit = 60
    /// A final statement pays any amount.
    public var isFinal = false

    /// The defaults of the founding.
    public init() {}

    /// The documents of `month`: one for each issuer, receiver and reason of exemption, unless less than the
    /// smallest amount stands between the two in all.
    public func collect(
        _ corrections: [CellCorrection], in month: CivilMonth
    ) throws(SettlementRefusal) -> CorrectionOutcome {
        let ordered = corrections.filter { !$0.isEmpty }
            .sorted { ($0.issuer, $0.receiver, $0.cell) < ($1.issuer, $1.receiver, $1.cell) }
        let (open, tooOld) = partition(ordered, in: month)
        var groups: [CorrectionGroup] = []
        var carried: [CellCorrection] = []
        var start = open.startIndex
        while start < open.endIndex {
            let (issuer, receiver) = (open[start].issuer, open[start].receiver)
            let end = open[start...].firstIndex { $0.issuer != issuer || $0.receiver != receiver } ?? open.endIndex
            let pair = Array(open[start..<end])
            let net = try Cents.sum(pair.map(\.net))
            if !isFinal, net.value.magnitude < smallestAmount.value.magnitude {
                carried += pair
            } else {
                groups += try Self.split(pair)
            }
            start = end
        }
        return CorrectionOutcome(groups: groups, carried: carried, tooOld: tooOld)
    }

    private func partition(
        _ corrections: [CellCorrection], in month: CivilMonth
    ) -> (open: [CellCorrection], tooOld: [CellCorrection]) {
        let isOld = { (correction: CellCorrection) in
            Int(month.monthNumber) - Int(correction.cell.month.monthNumber) > monthsLimit
        }
        return (corrections.filter { !isOld($0) }, corrections.filter(isOld))
    }

    /// Each reason of exemption is a document; one whose lines are all zero is not issued.
    private static func split(_ pair: [CellCorrection]) throws(SettlementRefusal) -> [CorrectionGroup] {
        let lines = pair.flatMap { correction in correction.lines.map { (line: $0, correction: correction) } }
        var groups: [CorrectionGroup] = []
        for positions in VATSubtotal.documents(lines.map(\.line.vat)) {
            let held = positions.map { lines[$0] }
            guard held.contains(where: { $0.line.amount != .zero }) else { continue }
            groups.append(CorrectionGroup(
                issuer: pair[0].issuer, receiver: pair[0].receiver, leg: pair[0].leg, lines: held.map(\.line),
                originals: Set(held.flatMap(\.correction.originals)).sorted(),
                net: try Cents.sum(held.map(\.line.amount))))
        }
        return groups
    }
}
