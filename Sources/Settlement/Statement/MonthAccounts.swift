// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What the statements of one month have in common, worked out once: every cell compared, every development cost
/// divided. All statements of a month then cost as much as its lines, not members times cells.
/// Spec: Protocol/settlement.md §11.
public struct MonthAccounts: Sendable {
    /// The month of use.
    public let month: CivilMonth
    /// Everyone who can have a statement, in order: members and customers.
    public let parties: [PartyID]
    let input: SettlementInput
    /// The cells of the month that can be compared, in the order of cells.
    public let compared: [CellOutcome]
    /// What stands in the way, of the year up to the month.
    private let refusals: [(key: CellKey, refusal: SettlementRefusal)]
    private let known: Set<PartyID>
    /// Positions of outcomes by who provides, consumes or funds, in the order of the cells.
    private var places: [PartyID: [Int]] = [:]
    private let sharings: [MonthSharing]

    /// Refuses what stands in the way of every comparison: a member, an application or a cell that stands twice.
    public init(_ input: SettlementInput, in month: CivilMonth) throws(SettlementRefusal) {
        try self.init(input, in: month, of: try input.comparedYear(through: month))
    }

    /// The same of cells that were compared before.
    init(_ input: SettlementInput, in month: CivilMonth, of year: ComparedYear) throws(SettlementRefusal) {
        var known: Set<PartyID> = []
        for member in input.members where !known.insert(member.id).inserted { throw .duplicateParty(member.id) }
        for application in input.applications { known.formUnion(application.customers) }
        self.input = input
        self.month = month
        self.known = known
        parties = known.sorted()
        compared = year.outcomes[month] ?? []
        refusals = year.refusals.filter { $0.key.month <= month }
        sharings = input.sharings(in: month)
        for (position, outcome) in compared.enumerated() {
            // A funder sees the cells that it pays for, and no others of the application.
            let key = outcome.cell.key
            // Any order: each party has a list of its own.
            for party in Set([key.provider, key.consumer, outcome.tariff?.funding?.funder].compactMap(\.self)) {
                places[party, default: []].append(position)
            }
        }
    }

    /// The statement of a member or customer. Refuses an unknown party and whatever stands in the way of an amount;
    /// nothing is left out silently.
    public func statement(of party: PartyID) throws(SettlementRefusal) -> StatementOfAccount {
        guard known.contains(party) else { throw .unknownParty(party) }
        let own = try outcomes(concerning: party)
        var lines: [StatementLine] = []
        for leg in Leg.allCases {
            for outcome in own { lines += try input.usageLines(of: outcome, party: party, leg: leg) }
            lines += try otherLines(of: party, leg: leg)
        }
        var seen: Set<String> = []
        for line in lines where !seen.insert(line.id).inserted { throw .duplicateLine(line.id) }
        return try StatementOfAccount(party, month, own, lines)
    }

    /// The cells in which a party provides, consumes or funds, compared, in the order of cells.
    func outcomes(concerning party: PartyID) throws(SettlementRefusal) -> [CellOutcome] {
        let funded = Set(input.tariffs.tariffs.filter { $0.funding?.funder == party }.map(\.application))
        for (key, refusal) in refusals
        where key.provider == party || key.consumer == party || funded.contains(key.application) { throw refusal }
        return (places[party] ?? []).map { compared[$0] }
    }

    /// The lines of a party that are not of usage, in the order of the statement.
    func otherLines(of party: PartyID, leg: Leg) throws(SettlementRefusal) -> [StatementLine] {
        var lines: [StatementLine] = []
        if leg == .memberPays {
            lines += try input.contributionLines(of: party, in: month)
            lines += try input.contributionCorrections(of: party, in: month)
            for sharing in sharings { lines += try input.costSharingLines(of: party, sharing, in: month) }
        }
        return lines + (try input.decidedLines(of: party, in: month, leg: leg))
    }
}
