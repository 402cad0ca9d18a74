// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The totals of a VAT return: per category and rate what was issued. Spec: Protocol/settlement-reports.md §5.
public enum VATReturn {
    /// The subtotals of all documents of the issuer that are dated in the months, in order of category and rate:
    /// taxable amounts and the VAT that stands on the documents, which is not computed again.
    public static func totals(
        of documents: [BillingDocument], issuedBy issuer: PartyID, in months: ClosedRange<CivilMonth>
    ) throws(SettlementRefusal) -> [VATSubtotal] {
        let subtotals = documents
            .filter { $0.facts.issuer.id == issuer && months.contains($0.facts.issueDate.month) }.flatMap(\.vat)
            .sorted { ($0.category, $0.rate) < ($1.category, $1.rate) }
        var totals: [VATSubtotal] = []
        for next in subtotals {
            guard let last = totals.last, last.category == next.category, last.rate == next.rate else {
                totals.append(next)
                continue
            }
            totals[totals.count - 1] = VATSubtotal(
                category: last.category, rate: last.rate, taxable: try last.taxable.adding(next.taxable),
                amount: try last.amount.adding(next.amount))
        }
        return totals
    }
}

/// How much of the cooperative's turnover is its members': above 80 % they may buy without tendering.
/// Spec: Protocol/settlement-reports.md §5.
public struct MemberTurnover: Hashable, Sendable {
    /// Net of what was billed to members.
    public let members: Cents
    /// Net of what was billed to others.
    public let others: Cents

    /// Of documents in the leg `member-pays`; who is no member of the list is another.
    public init(of documents: [BillingDocument], members: Set<PartyID>) throws(SettlementRefusal) {
        let billed = documents.filter { $0.leg == .memberPays }
        try self.init(
            members: Cents.sum(billed.lazy.filter { members.contains($0.facts.receiver.id) }.map(\.net)),
            others: Cents.sum(billed.lazy.filter { !members.contains($0.facts.receiver.id) }.map(\.net)))
    }

    /// Two turnovers beside each other.
    public init(members: Cents, others: Cents) throws(SettlementRefusal) {
        _ = try members.adding(others)
        self.members = members
        self.others = others
    }

    /// Whether more than 80 % is the members'; nil where there is no turnover.
    public var isAboveThreshold: Bool? {
        let total = Int128(members.value) + Int128(others.value)
        return total > 0 ? Int128(members.value) * 10_000 > total * Self.thresholdBasisPoints : nil
    }

    private static let thresholdBasisPoints: Int128 = 8_000
}

/// The money that is expected in and out as documents fall due. Spec: Protocol/settlement-reports.md §5.
public enum Liquidity {
    /// The cooperative's balance after each month in which something falls due, what is overdue in the first: open
    /// amounts of `member-pays` come in, of `cooperative-pays` go out.
    public static func forecast(
        from balance: Cents, items: [OpenItem], on date: CivilDate
    ) throws(SettlementRefusal) -> [(month: CivilMonth, balance: Cents)] {
        var byMonth: [CivilMonth: Int128] = [:]
        for item in items where item.open != .zero {
            let month = max(item.dueDate.month, date.month)
            byMonth[month, default: 0] += (item.leg == .memberPays ? 1 : -1) * Int128(item.open.value)
        }
        var running = Int128(balance.value)
        var rows: [(CivilMonth, Cents)] = []
        for (month, change) in byMonth.sorted(by: { $0.key < $1.key }) {
            running += change
            rows.append((month, try Cents(exactly: running, "a balance")))
        }
        return rows
    }
}
