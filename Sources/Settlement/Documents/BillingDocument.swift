// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a document needs beside its lines. Spec: Protocol/settlement-documents.md §2.
public struct DocumentFacts: Hashable, Sendable {
    /// Who is paid: the cooperative in the leg `member-pays`, the provider in `cooperative-pays`.
    public let issuer: BillingParty
    /// Who pays.
    public let receiver: BillingParty
    /// The civil date of the document.
    public let issueDate: CivilDate
    /// Days until it is due.
    public let paymentTermDays: Int
    /// The receiver's purchase order, where it has one.
    public let orderReference: String?
    /// Another reference that the receiver asked for (*kenmerk*), where it has one.
    public let buyerReference: String?
    /// The digest of what the document was computed from: a statement's canonical text, or a correction's records.
    public let inputs: Hash

    /// Facts of a document; nothing is checked.
    public init(
        issuer: BillingParty, receiver: BillingParty, issueDate: CivilDate, paymentTermDays: Int = 30,
        orderReference: String? = nil, buyerReference: String? = nil, inputs: Hash
    ) {
        self.issuer = issuer
        self.receiver = receiver
        self.issueDate = issueDate
        self.paymentTermDays = paymentTermDays
        self.orderReference = orderReference
        self.buyerReference = buyerReference
        self.inputs = inputs
    }
}

/// An earlier document that a correction names, with the month that it was for.
public struct OriginalDocument: Hashable, Sendable, Comparable {
    /// Its number.
    public let number: DocumentNumber
    /// Its date.
    public let issueDate: CivilDate
    /// The month that is corrected.
    public let serviceMonth: CivilMonth

    /// Names an earlier document.
    public init(_ number: DocumentNumber, issueDate: CivilDate, serviceMonth: CivilMonth) {
        self.number = number
        self.issueDate = issueDate
        self.serviceMonth = serviceMonth
    }

    /// By service month, then number, then date.
    public static func < (left: Self, right: Self) -> Bool {
        (left.serviceMonth, left.number, left.issueDate) < (right.serviceMonth, right.number, right.issueDate)
    }
}

/// An invoice, part invoice, correction or credit note as data: amounts in euro, excluding rendering.
///
/// Everything adds up: the lines to the subtotals, these to net and VAT, and both to gross. Amounts are signed as the
/// receiver owes them, so those of a credit note are negative in sum and change sign on paper.
/// Spec: Protocol/settlement-documents.md §2.
public struct BillingDocument: Hashable, Sendable {
    /// Invoice or credit note, by the sign of the net amount.
    public let kind: DocumentKind
    /// A number of the issuer's series, or the name of a proposal.
    public let number: DocumentNumber
    /// Which way the money goes.
    public let leg: Leg
    /// Parties, date, references, digest of the inputs.
    public let facts: DocumentFacts
    /// In the order of the statement; at least one of them is not zero.
    public let lines: [BillingLine]
    /// One for each category and rate, in that order.
    public let vat: [VATSubtotal]
    /// The one reason of exemption on the document, where a line has one.
    public let exemptionReason: String?
    /// The sum of the lines.
    public let net: Cents
    /// The sum of the subtotals' VAT.
    public let vatAmount: Cents
    /// What is to be paid; negative is paid back.
    public let gross: Cents
    /// The day it is due, itself included.
    public let dueDate: CivilDate
    /// The earlier documents that it corrects, sorted; none where it is an original.
    public let originals: [OriginalDocument]

    /// Whether a line covers only the matched part of a cell that differs (*deelfactuur*).
    public var isPart: Bool { lines.contains(where: \.isPart) }

    /// Whether it corrects earlier documents.
    public var isCorrection: Bool { !originals.isEmpty }

    /// What the payer is asked to write with the payment.
    public var paymentReference: String { number.description }

    /// The months that the lines are for, first to last.
    public var serviceMonths: ClosedRange<CivilMonth> {
        let months = lines.map(\.serviceMonth)
        guard let first = months.min(), let last = months.max() else {
            preconditionFailure("a document has at least one line")
        }
        return first...last
    }

    /// Makes a document of lines that may stand together. Refuses no lines at all or only zeros, two reasons of
    /// exemption, O beside another category, a purchase order of more than 200 bytes, and sums beyond 64 bits.
    public init(
        number: DocumentNumber, leg: Leg, facts: DocumentFacts, lines: [BillingLine],
        originals: [OriginalDocument] = []
    ) throws(BillingRefusal) {
        try Self.check(lines, facts)
        guard let due = facts.issueDate.adding(days: facts.paymentTermDays) else {
            throw .calculation(.dateOutOfRange)
        }
        do throws(SettlementRefusal) {
            vat = try VATSubtotal.subtotals(of: lines.map { ($0.amount, $0.vat) })
            net = try Cents.sum(vat.map(\.taxable))
            vatAmount = try Cents.sum(vat.map(\.amount))
            gross = try net.adding(vatAmount)
        } catch { throw .calculation(error) }
        kind = net < .zero ? .creditNote : .invoice
        self.number = number
        self.leg = leg
        self.facts = facts
        self.lines = lines
        self.originals = Set(originals).sorted()
        exemptionReason = lines.lazy.compactMap(\.vat.exemptionReason).first
        dueDate = due
    }

    /// The same document under another number, such as the one that a series gave it.
    public func numbered(_ number: DocumentNumber) -> BillingDocument { BillingDocument(self, number: number) }

    /// The same document with the numbers and dates that the documents which it corrects got; `nil` where `names` lacks
    /// one of them.
    public func naming(
        _ names: [DocumentNumber: (number: DocumentNumber, date: CivilDate)]
    ) throws(BillingRefusal) -> BillingDocument? {
        var named: [OriginalDocument] = []
        for original in originals {
            guard let name = names[original.number] else { return nil }
            named.append(OriginalDocument(name.number, issueDate: name.date, serviceMonth: original.serviceMonth))
        }
        return try BillingDocument(
            number: number, leg: leg, facts: facts,
            lines: lines.map { line in line.correcting(line.corrects.flatMap { names[$0]?.number }) },
            originals: named)
    }

    private init(_ other: BillingDocument, number: DocumentNumber) {
        (kind, leg, facts, lines, vat) = (other.kind, other.leg, other.facts, other.lines, other.vat)
        (exemptionReason, net, vatAmount, gross) = (other.exemptionReason, other.net, other.vatAmount, other.gross)
        (dueDate, originals) = (other.dueDate, other.originals)
        self.number = number
    }

    private static func check(_ lines: [BillingLine], _ facts: DocumentFacts) throws(BillingRefusal) {
        guard lines.contains(where: { $0.amount != .zero }) else { throw .nothingToBill }
        guard facts.issuer.id != facts.receiver.id else { throw .issuerIsReceiver(facts.issuer.id) }
        for reference in [facts.orderReference, facts.buyerReference].compactMap(\.self) {
            let length = reference.utf8.count
            guard (1...Limits.orderReferenceByteCount).contains(length),
                  reference.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else { throw .malformedReference(reference) }
        }
        let reasons = lines.compactMap(\.vat.exemptionReason)
        if let first = reasons.first, let other = reasons.first(where: { !$0.utf8.elementsEqual(first.utf8) }) {
            throw .twoExemptionReasons(first, other)
        }
        let isOutside = lines.map { $0.vat.category == .outsideScope }
        guard isOutside.allSatisfy({ $0 == isOutside[0] }) else { throw .outsideScopeNotAlone }
    }
}
