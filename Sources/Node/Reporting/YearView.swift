// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

/// A calendar year, or a part of it, as far as it is over: the statements of everybody.
/// Spec: Protocol/settlement-reports.md §3, §6 and §7.
struct YearView {
    /// The months that are over, none where the first is not.
    let months: [CivilMonth]
    private let totals: YearTotals?

    /// Of a settled state.
    init(_ settled: CooperativeState, _ asked: [CivilMonth]) throws(SettlementRefusal) {
        months = asked.filter { $0.lastDay < settled.epoch.date }
        guard let first = months.first, let last = months.last,
              let january = first.adding(months: 1 - first.monthOfYear)
        else {
            totals = nil
            return
        }
        totals = try YearTotals(try SettlementInput(settled, cellsOf: january...last), in: first...last)
    }

    /// Everyone who has a statement.
    var parties: [PartyID] { totals?.parties ?? [] }

    /// The statements of a party, month by month.
    func statements(of party: PartyID) throws(SettlementRefusal) -> [StatementOfAccount] {
        try totals?.statements(of: party) ?? []
    }

    /// What a party pays for an application in the months.
    func realised(_ party: PartyID, _ application: ApplicationID) throws(SettlementRefusal) -> Cents {
        try Cents.sum(try LineTotal.sums(of: try statements(of: party))
            .filter { $0.leg == .memberPays && $0.application == application }.map(\.amount))
    }

    /// The lines of everybody, added up by leg, kind and application; nil where no month is over. Refuses what a
    /// statement of one of them refuses: a sum of the others would not be the whole.
    func everything() throws(SettlementRefusal) -> [LineTotal]? {
        guard !months.isEmpty else { return nil }
        var statements: [StatementOfAccount] = []
        for party in parties { statements += try self.statements(of: party) }
        return try LineTotal.sums(of: statements)
    }
}
