// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a party pays or receives of one kind of line over some months, without VAT.
/// Spec: Protocol/settlement-reports.md §1.
public struct LineTotal: Hashable, Sendable {
    /// Which way the money goes.
    public let leg: Leg
    /// What the lines are for.
    public let kind: LineKind
    /// The application, where the lines have one.
    public let application: ApplicationID?
    /// The sum of the lines.
    public let amount: Cents

    fileprivate var key: Key { Key(leg: leg, kind: kind, application: application) }

    fileprivate struct Key: Hashable, Comparable {
        let leg: Leg
        let kind: LineKind
        let application: ApplicationID?

        static func < (left: Self, right: Self) -> Bool {
            (left.leg, left.kind.rawValue, left.application?.text ?? "")
                < (right.leg, right.kind.rawValue, right.application?.text ?? "")
        }
    }
}

/// The same line of two scenarios beside each other. Spec: Protocol/settlement-reports.md §1.
public struct LineChange: Hashable, Sendable {
    /// Which way the money goes.
    public let leg: Leg
    /// What the lines are for.
    public let kind: LineKind
    /// The application, where the lines have one.
    public let application: ApplicationID?
    /// As things are.
    public let before: Cents
    /// As they would be.
    public let after: Cents
    /// after - before.
    public let difference: Cents
}

extension LineTotal {
    /// The lines of statements added up by leg, kind and application, in that order.
    public static func sums(of statements: [StatementOfAccount]) throws(SettlementRefusal) -> [LineTotal] {
        var sums: [LineTotal.Key: Int128] = [:]
        for line in statements.lazy.flatMap(\.lines) {
            let key = LineTotal.Key(leg: line.leg, kind: line.kind, application: line.application)
            sums[key, default: 0] += Int128(line.amount.value)
        }
        var totals: [LineTotal] = []
        for (key, sum) in sums.sorted(by: { $0.key < $1.key }) {
            totals.append(LineTotal(
                leg: key.leg, kind: key.kind, application: key.application,
                amount: try Cents(exactly: sum, "a total")))
        }
        return totals
    }
}

extension LineChange {
    /// Two sums beside each other, in order of leg, kind and application; what is equal is left out.
    static func between(_ before: [LineTotal], _ after: [LineTotal]) throws(SettlementRefusal) -> [LineChange] {
        let (old, new) = (Dictionary(uniqueKeysWithValues: before.map { ($0.key, $0.amount) }),
                          Dictionary(uniqueKeysWithValues: after.map { ($0.key, $0.amount) }))
        var changes: [LineChange] = []
        for key in Set(before.map(\.key) + after.map(\.key)).sorted() {
            let (was, willBe) = (old[key] ?? .zero, new[key] ?? .zero)
            guard was != willBe else { continue }
            changes.append(LineChange(
                leg: key.leg, kind: key.kind, application: key.application, before: was, after: willBe,
                difference: try willBe.subtracting(was)))
        }
        return changes
    }
}

extension SettlementInput {
    /// The lines of a party over months, added up by leg, kind and application, in that order. Refuses what a statement
    /// of one of the months refuses.
    public func totals(
        of party: PartyID, in months: ClosedRange<CivilMonth>
    ) throws(SettlementRefusal) -> [LineTotal] {
        var statements: [StatementOfAccount] = []
        var month: CivilMonth? = months.lowerBound
        while let current = month, current <= months.upperBound {
            statements.append(try statement(of: party, in: current))
            month = current.adding(months: 1)
        }
        return try LineTotal.sums(of: statements)
    }

    /// What would change for a party if `other` held instead: per line, before anybody decides. Lines that are equal
    /// are left out.
    public func changes(
        to other: SettlementInput, for party: PartyID, in months: ClosedRange<CivilMonth>
    ) throws(SettlementRefusal) -> [LineChange] {
        try LineChange.between(
            try totalsIfKnown(of: party, in: months), try other.totalsIfKnown(of: party, in: months))
    }

    /// A party that would only join pays nothing yet.
    private func totalsIfKnown(
        of party: PartyID, in months: ClosedRange<CivilMonth>
    ) throws(SettlementRefusal) -> [LineTotal] {
        let isKnown = members.contains { $0.id == party } || applications.contains { $0.customers.contains(party) }
        return isKnown ? try totals(of: party, in: months) : []
    }
}
