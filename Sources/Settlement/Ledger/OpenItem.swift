// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Money that came in or went out for a document.
public struct Payment: Hashable, Sendable {
    /// The day on the bank statement.
    public let date: CivilDate
    /// Signed as the document's gross amount: negative pays a credit note back.
    public let amount: Cents

    /// A payment; checked when it is recorded.
    public init(on date: CivilDate, _ amount: Cents) {
        self.date = date
        self.amount = amount
    }
}

/// How long an amount has been due.
public enum DebtAge: String, Sendable, CaseIterable {
    case notDue = "not-due"
    case upTo30 = "1-30"
    case upTo60 = "31-60"
    case upTo90 = "61-90"
    case older = "over-90"

    /// The due day itself is not late; the day after is day 1.
    public init(due: CivilDate, on date: CivilDate) {
        self = switch Int(date.dayNumber) - Int(due.dayNumber) {
        case ...0: .notDue
        case ...30: .upTo30
        case ...60: .upTo60
        case ...90: .upTo90
        default: .older
        }
    }
}

/// A document as far as it is not paid. Spec: Protocol/settlement-documents.md §8.
public struct OpenItem: Hashable, Sendable {
    /// Its number.
    public let number: DocumentNumber
    /// Which way the money goes.
    public let leg: Leg
    /// The member or customer; the other party is the cooperative.
    public let member: PartyID
    /// The last day to pay.
    public let dueDate: CivilDate
    /// The whole amount; negative for a credit note.
    public let gross: Cents
    /// A line of it is contested, so it takes no part in offset.
    public var isContested: Bool
    /// In the order in which they were recorded.
    public private(set) var payments: [Payment] = []
    /// What is still to be paid, with the sign of the gross amount.
    public private(set) var open: Cents

    /// An item that nothing was paid of, such as a balance from before the network.
    public init(
        _ number: DocumentNumber, leg: Leg, member: PartyID, dueDate: CivilDate, gross: Cents,
        isContested: Bool = false
    ) {
        self.number = number
        self.leg = leg
        self.member = member
        self.dueDate = dueDate
        self.gross = gross
        self.isContested = isContested
        open = gross
    }

    /// The same from an amount as it stands on paper: 0 or more, reversed for a credit note. Refuses a negative one.
    public init(
        _ number: DocumentNumber, leg: Leg, member: PartyID, dueDate: CivilDate, kind: DocumentKind,
        onPaper: Cents, isContested: Bool = false
    ) throws(BillingRefusal) {
        guard onPaper >= .zero else { throw .negativeOnPaper(number) }
        self.init(
            number, leg: leg, member: member, dueDate: dueDate,
            gross: kind == .invoice ? onPaper : Cents(-onPaper.value), isContested: isContested)
    }

    /// An issued document that nothing was paid of.
    public init(_ document: BillingDocument, isContested: Bool = false) {
        let member = document.leg == .memberPays ? document.facts.receiver : document.facts.issuer
        self.init(
            document.number, leg: document.leg, member: member.id, dueDate: document.dueDate,
            gross: document.gross, isContested: isContested)
    }

    /// How long it has been due.
    public func age(on date: CivilDate) -> DebtAge { DebtAge(due: dueDate, on: date) }

    /// Records a whole or part payment. Refuses nothing, the wrong direction, and more than is open.
    public mutating func record(_ payment: Payment) throws(BillingRefusal) {
        guard payment.amount != .zero, (payment.amount < .zero) == (gross < .zero) else {
            throw .paymentWrongWay(number, payment.amount)
        }
        guard payment.amount.value.magnitude <= open.value.magnitude else {
            throw .paymentExceedsOpen(number, payment.amount, open: open)
        }
        open = Cents(open.value - payment.amount.value)
        payments.append(payment)
    }
}
