// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

/// The files of a year's bundle that follow from a settled state: statements of every member, customer and month that
/// is over, and the documents that follow from them. Whoever holds the state gets the same bytes.
/// Spec: Protocol/bundle.md §3.
struct YearStatements {
    /// The months of the year that are over; empty where none is.
    let months: [CivilMonth]
    private let state: CooperativeState
    private let year: Int
    private let digest: (String) -> Hash
    private let names: [PartyID: String]
    private let applications: [ApplicationID: String]

    init(_ settled: CooperativeState, year: Int, digest: @escaping (String) -> Hash) throws(SettlementRefusal) {
        state = settled
        self.year = year
        self.digest = digest
        months = (1...12).compactMap { CivilMonth(year: year, month: $0) }.filter { $0.lastDay < settled.epoch.date }
        var names: [PartyID: String] = [:]
        for member in settled.members() { names[PartyID(member.oin)] = member.card.name }
        var applications: [ApplicationID: String] = [:]
        for view in settled.applicationViews() {
            applications[try ApplicationID(view.id)] = view.foundingName
            for customer in settled.rules.application(id: view.id)?.customers ?? [] {
                names[try PartyID(customer.id)] = customer.name
            }
        }
        self.names = names
        self.applications = applications
    }

    /// Hands over each file, by path below the bundle, a month at a time. What stands in the way of one statement
    /// stands in a file of its own in its place.
    func forEach<Failure: Error>(
        _ body: (String, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        guard let first = months.first, let last = months.last, let before = first.adding(months: -1) else { return }
        let (totals, billed): ([MonthAccounts], BilledMonths)
        do throws(SettlementRefusal) {
            // The year before too: what changed since December is on the statement of January.
            let january = before.adding(months: -11) ?? before
            let input = try SettlementInput(state, cellsOf: january...last)
            totals = try YearTotals(input, in: before...last).accounts
            billed = try BilledMonths(state, input, also: months)
        } catch {
            return try body("statements/refused.txt", Array((error.description + "\n").utf8))
        }
        var previous = self.nets(of: totals[0])
        for accounts in totals.dropFirst() {
            var nets: [PartyID: Cents] = [:]
            for party in accounts.parties {
                let path = "statements/\(accounts.month)/\(BundlePath.name(party.text))"
                let statement: StatementOfAccount
                do throws(SettlementRefusal) { statement = try accounts.statement(of: party) } catch {
                    try body(path + ".refused.txt", Array((error.description + "\n").utf8))
                    continue
                }
                nets[party] = statement.total(.memberPays).net
                let canonical = statement.canonicalText
                let inputs = digest(canonical)
                try body(path + ".canonical", Array(canonical.utf8))
                try body(path + ".csv", Array(statement.csv.utf8))
                try body(path + ".json", statement.jsonBytes)
                try body(path + ".txt", Array(sheet(statement, inputs, previous[party]).text(.dutch).utf8))
            }
            previous = nets
        }
        for party in billed.parties {
            for leg in Leg.allCases { try documents(of: party, leg, billed, body) }
        }
    }

    private func nets(of accounts: MonthAccounts) -> [PartyID: Cents] {
        var nets: [PartyID: Cents] = [:]
        for party in accounts.parties { nets[party] = try? accounts.statement(of: party).total(.memberPays).net }
        return nets
    }

    private func sheet(_ statement: StatementOfAccount, _ inputs: Hash, _ previous: Cents?) -> StatementSheet {
        var sheet = StatementSheet(statement, digest: inputs, cooperative: state.genesis.cooperative.name)
        sheet.partyNames = names
        sheet.applicationNames = applications
        sheet.previousNet = previous
        return sheet
    }

    /// The documents of the year's months that epochs fixed, each dated on the last day of its month.
    private func documents<Failure: Error>(
        of party: PartyID, _ leg: Leg, _ billed: BilledMonths, _ body: (String, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let name = "\(BundlePath.name(party.text)).\(leg.rawValue)"
        let proposals: [ProposedDocument]
        do throws(SettlementRefusal) {
            proposals = try billed.history(of: party, in: leg).documents.filter { months.contains($0.month) }
        } catch {
            return try body("documents/\(year)/\(name).refused.txt", Array((error.description + "\n").utf8))
        }
        for proposal in proposals {
            let place = proposal.name.split(separator: "/").last ?? ""
            let path = "documents/\(proposal.month)/\(name)"
            let text: String
            do throws(BillingRefusal) {
                let inputs = digest(proposal.canonicalText)
                text = try MonthDocuments.document(proposal, state, inputs: inputs).canonicalText
            } catch {
                try body("\(path).\(place).refused.txt", Array((error.description + "\n").utf8))
                continue
            }
            try body("\(path).\(place).txt", Array(text.utf8))
        }
    }
}

/// Names of files in a bundle.
enum BundlePath {
    /// An identifier as a name: letters, digits, dashes and underscores as they are, any other byte as `%` and two
    /// digits, so that no name is a path.
    static func name(_ id: String) -> String {
        var name = ""
        for byte in id.utf8 {
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x5F
            name += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return name
    }
}
