// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One amount on one account; debit is above zero. Spec: Protocol/documents.md §8.
public struct JournalPosting: Hashable, Sendable {
    /// The ledger account.
    public let account: String
    /// Above zero is debit, below zero credit.
    public let amount: Cents
    /// The cost centre; nil without.
    public let costCentre: String?
    /// The taakveld; nil without.
    public let taskField: String?
    /// The economic category; nil without.
    public let category: String?
    /// The municipality of a shared amount; nil without.
    public let share: PartyID?
    /// The application; nil without.
    public let application: ApplicationID?
    /// The month of service, whose year is the booking year; nil for what is of the whole document.
    public let serviceMonth: CivilMonth?
    /// Investment instead of exploitation.
    public let isInvestment: Bool
    /// What it is, in Dutch.
    public let text: String
}

/// A document as one balanced entry in the member's books. Spec: Protocol/documents.md §8.
public struct JournalEntry: Hashable, Sendable {
    /// The date of the document.
    public let date: CivilDate
    /// The number of the document.
    public let document: String
    /// Who is on the other side.
    public let counterparty: String
    /// When it is due.
    public let due: CivilDate
    /// The purchase order, where there is one.
    public let order: String?
    /// What the amounts come from.
    public let postings: [JournalPosting]

    /// Books a document that the member receives (cost, VAT by label, creditors) or issues (debtors, revenue, VAT due).
    /// Sums to zero. Refuses a document that is neither, and a line that no rule fits.
    public init(_ document: BillingDocument, rules: BookingRules) throws(BookingRefusal) {
        let facts = document.facts
        let isPurchase = facts.receiver.id == rules.member
        guard isPurchase || facts.issuer.id == rules.member else {
            throw .notParty(rules.member, document: "\(document.number)")
        }
        date = facts.issueDate
        self.document = "\(document.number)"
        counterparty = (isPurchase ? facts.issuer : facts.receiver).name
        due = document.dueDate
        order = facts.orderReference
        let vat = try Self.vatOfLines(document)
        let sign: Int64 = isPurchase ? 1 : -1
        var postings: [JournalPosting] = []
        for (line, tax) in zip(document.lines, vat) {
            guard let match = rules.matches.first(where: { $0.fits(line, isPurchase: isPurchase) }) else {
                throw .unmapped(line: line.id, kind: line.kind)
            }
            let target = match.target
            let isCost = isPurchase && target.vatLabel == .cost
            postings += try Self.line(
                line, target, rules, account: target.ledger, cents: sign * (line.amount.value + (isCost ? tax : 0)))
            guard !isCost else { continue }
            let account = !isPurchase ? rules.accounts.vatDue
                : target.vatLabel == .compensable ? rules.accounts.vatCompensable : rules.accounts.vatDeductible
            postings += try Self.line(line, target, rules, account: account, cents: sign * tax)
        }
        let total = JournalPosting(
            account: isPurchase ? rules.accounts.creditors : rules.accounts.debtors,
            amount: Cents(-sign * document.gross.value), costCentre: nil, taskField: nil, category: nil, share: nil,
            application: nil, serviceMonth: nil, isInvestment: false, text: self.document)
        self.postings = (postings + [total]).filter { $0.amount != .zero }
    }

    // The VAT of each line, so that it sums to the document's: what the sum of its category and rate grows by when the
    // line joins in, in the order of the lines. The lowest number of 64 bits has no opposite and is refused.
    private static func vatOfLines(_ document: BillingDocument) throws(BookingRefusal) -> [Int64] {
        struct Group: Hashable {
            let category: VATCategory
            let rate: BasisPoints
        }
        var sums: [Group: Int128] = [:]
        var taxes: [Int64] = []
        let bound = Int128(Int64.max)
        for line in document.lines {
            let group = Group(category: line.vat.category, rate: line.vat.rate)
            let before = sums[group] ?? 0
            let after = before + Int128(line.amount.value)
            sums[group] = after
            let tax = vat(after, line.vat.rate) - vat(before, line.vat.rate)
            guard (-bound...bound).contains(tax), (-bound...bound).contains(Int128(line.amount.value) + tax) else {
                throw .calculation(.amountOutOfRange(what: "the VAT of line \(line.id)"))
            }
            taxes.append(Int64(tax))
        }
        guard document.gross.value != .min, document.lines.allSatisfy({ $0.amount.value != .min }) else {
            throw .calculation(.amountOutOfRange(what: "an amount of \(document.number)"))
        }
        return taxes
    }

    private static func vat(_ sum: Int128, _ rate: BasisPoints) -> Int128 {
        Rounding.halfAway(sum * Int128(rate.value), over: Int128(BasisPoints.whole))
    }

    // One posting, or one for each municipality of the key where the target is shared.
    private static func line(
        _ line: BillingLine, _ target: BookingTarget, _ rules: BookingRules, account: String, cents: Int64
    ) throws(BookingRefusal) -> [JournalPosting] {
        var shares: [(PartyID?, Cents)] = [(nil, Cents(cents))]
        if target.isShared {
            do throws(SettlementRefusal) {
                shares = try Apportionment.largestRemainder.divide(Cents(cents), over: rules.key)
                    .map { ($0.party, $0.amount) }
            } catch { throw .calculation(error) }
        }
        return shares.map { share, amount in
            JournalPosting(
                account: account, amount: amount, costCentre: target.costCentre, taskField: target.taskField,
                category: target.category, share: share, application: line.application,
                serviceMonth: line.serviceMonth, isInvestment: target.isInvestment, text: line.dutchName)
        }
    }
}
