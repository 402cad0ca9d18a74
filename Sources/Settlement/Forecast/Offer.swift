// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The offer to who would join: everything that the first year costs, in one document.
/// Spec: Protocol/settlement-reports.md §2.
public struct Offer: Hashable, Sendable {
    /// Who would join.
    public let party: PartyID
    /// The entrance fee; nil where none is set, which is not 0.
    public let entranceFee: Cents?
    /// The contribution of the year, pro rata by month.
    public let contribution: Cents
    /// The buy-in for each application: its share of the development cost.
    public let buyIn: [LineTotal]
    /// The transaction fees that the expected use would cost until the end of the year.
    public let fees: Cents
    /// The first month that is billed.
    public let firstMonth: CivilMonth

    /// Of an input in which the party joins, from its month of joining to the end of that year. Refuses a party that is
    /// no member of it.
    public init(to party: PartyID, in input: SettlementInput) throws(SettlementRefusal) {
        guard let member = input.members.first(where: { $0.id == party }) else { throw .unknownParty(party) }
        firstMonth = member.joined.month
        guard let december = CivilMonth(year: firstMonth.year, month: 12) else { throw .dateOutOfRange }
        let totals = try input.totals(of: party, in: firstMonth...december).filter { $0.leg == .memberPays }
        func sum(_ kind: LineKind) throws(SettlementRefusal) -> Cents {
            try Cents.sum(totals.filter { $0.kind == kind }.map(\.amount))
        }
        self.party = party
        entranceFee = totals.contains { $0.kind == .entranceFee } ? try sum(.entranceFee) : nil
        contribution = try sum(.contribution)
        buyIn = totals.filter { $0.kind == .developmentShare }
        fees = try sum(.transactionFee)
    }
}
