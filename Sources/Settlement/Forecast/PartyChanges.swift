// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What would change for one party. Spec: Protocol/settlement-reports.md §1.
public struct PartyChanges: Hashable, Sendable {
    /// For whom.
    public let party: PartyID
    /// Per line, in order of leg, kind and application; what is equal is left out.
    public let lines: [LineChange]
    /// Why no amount follows for this party, where none does.
    public let refusal: String?

    /// What it pays less what it is paid, as things are.
    public func before() throws(SettlementRefusal) -> Cents { try net(\.before) }

    /// The same as it would be.
    public func after() throws(SettlementRefusal) -> Cents { try net(\.after) }

    /// What it pays less what it is paid.
    private func net(_ amount: KeyPath<LineChange, Cents>) throws(SettlementRefusal) -> Cents {
        let paid = try Cents.sum(lines.filter { $0.leg == .memberPays }.map { $0[keyPath: amount] })
        let received = try Cents.sum(lines.filter { $0.leg == .cooperativePays }.map { $0[keyPath: amount] })
        return try paid.subtracting(received)
    }
}

extension SettlementInput {
    /// What would change for everybody over months if `other` held instead, for `first` before the others, who come in
    /// order of their ids; who is not concerned is left out, `first` never. What is refused for one of the others
    /// leaves that one unknown; what is refused for `first` is refused.
    public func changes(
        to other: SettlementInput, in months: ClosedRange<CivilMonth>, first: PartyID
    ) throws(SettlementRefusal) -> [PartyChanges] {
        let (before, after) = (try YearTotals(self, in: months), try YearTotals(other, in: months))
        let known = Set(before.parties + after.parties)
        guard known.contains(first) else { throw .unknownParty(first) }
        var changes: [PartyChanges] = []
        for party in [first] + known.subtracting([first]).sorted() {
            do throws(SettlementRefusal) {
                let lines = try LineChange.between(try before.totals(of: party), try after.totals(of: party))
                guard party == first || !lines.isEmpty else { continue }
                changes.append(PartyChanges(party: party, lines: lines, refusal: nil))
            } catch {
                guard party != first else { throw error }
                changes.append(PartyChanges(party: party, lines: [], refusal: error.description))
            }
        }
        return changes
    }
}

/// The lines of all parties over months, added up; each month is compared once.
/// Spec: Protocol/settlement-reports.md §1.
public struct YearTotals: Sendable {
    /// The accounts of each month.
    public let accounts: [MonthAccounts]
    /// Who has a statement in any of them, in order.
    public let parties: [PartyID]

    /// Refuses what stands in the way of all statements of a month.
    public init(_ input: SettlementInput, in months: ClosedRange<CivilMonth>) throws(SettlementRefusal) {
        var accounts: [MonthAccounts] = []
        var month: CivilMonth? = months.lowerBound
        var year = ComparedYear()
        while let current = month, current <= months.upperBound {
            if current == months.lowerBound || current.monthOfYear == 1 {
                let december = CivilMonth(year: current.year, month: 12) ?? current
                year = try input.comparedYear(through: min(december, months.upperBound))
            }
            accounts.append(try MonthAccounts(input, in: current, of: year))
            month = current.adding(months: 1)
        }
        self.accounts = accounts
        parties = accounts.last?.parties ?? []
    }

    /// The statements of a party, month by month; none of who is not known.
    public func statements(of party: PartyID) throws(SettlementRefusal) -> [StatementOfAccount] {
        guard parties.contains(party) else { return [] }
        var statements: [StatementOfAccount] = []
        for month in accounts { statements.append(try month.statement(of: party)) }
        return statements
    }

    /// The lines of a party; none of who is not known.
    public func totals(of party: PartyID) throws(SettlementRefusal) -> [LineTotal] {
        try LineTotal.sums(of: try statements(of: party))
    }
}
