// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Forecasts and reports, Protocol/settlement-reports.md §1 to §6")
struct ReportTests {
    private let october = CivilMonth(year: 2026, month: 10)!

    private func input() throws -> SettlementInput {
        try StatementCase.input(try #require(try Repository.vectors("settlement-statement.json").first)["case"])
    }

    @Test("§1: what changes for all parties of a leg sums to what changes in the other, scaled or left")
    func mirrors() throws {
        let before = try input()
        let zaak = try ApplicationID("zaak")
        let (woerden, host) = (try PartyID("Woerden"), try PartyID("MijnGemeenteDichtbij"))
        let doubled = try before.applying(.scale(zaak, woerden, numerator: 2, denominator: 1), in: october...october)
        let paid = try before.changes(to: doubled, for: woerden, in: october...october)
        let received = try before.changes(to: doubled, for: host, in: october...october)
        #expect(paid.map(\.difference.value) == [9_000] && paid[0].application == zaak)
        #expect(received.map(\.difference.value) == [9_000] && received[0].leg == .cooperativePays)
        #expect(try before.changes(to: before, for: woerden, in: october...october).isEmpty)
    }

    @Test("§2: an offer is what the statements of the first year say")
    func offers() throws {
        let input = try input()
        let offer = try Offer(to: try PartyID("Helmond"), in: input)
        #expect(offer.firstMonth == october && offer.entranceFee == nil && offer.fees == .zero)
        // Three of twelve months of 90,515 x 0.35, and the share of the worked example.
        #expect(offer.contribution == Cents(792_006))
        #expect(offer.buyIn.map(\.amount.value) == [2_538_278])
        #expect(throws: SettlementRefusal.unknownParty(try PartyID("Zwolle"))) {
            try Offer(to: try PartyID("Zwolle"), in: input)
        }
    }

    @Test("§3: ten months of the page's example make its forecast; unknown stays unknown")
    func yearSheet() throws {
        let sheet = try YearSheet(
            budget: Cents(500_000), committed: nil, realised: Cents(391_050), monthCount: 10)
        #expect(sheet.forecast == Cents(469_260))
        #expect(try sheet.room() == Cents(30_740))
        #expect(try YearSheet(budget: nil, committed: nil, realised: .zero, monthCount: 0).forecast == nil)
    }

    @Test("§5 and §6: what is invoiced, still to invoice and due adds up")
    func yearEnd() throws {
        let statement = try input().statement(of: try PartyID("Woerden"), in: october)
        let facts = try BillingDocumentTests.facts()
        let documents = try statement.billingDocuments(of: .memberPays, facts: facts)
        let net = statement.total(.memberPays).net
        let none = try YearEnd(
            2026, leg: .memberPays, counterparty: statement.party, documents: [], statements: [statement])
        #expect(none.stillToInvoice == net && none.invoiced == .zero && none.disputed == Cents(5_000))
        let all = try YearEnd(
            2026, leg: .memberPays, counterparty: statement.party, documents: documents, statements: [statement])
        #expect(all.invoiced == net && all.stillToInvoice == .zero && all.correctionsOfEarlierYears == .zero)
        let issued = facts.issueDate.month
        let vat = try VATReturn.totals(of: documents, issuedBy: facts.issuer.id, in: issued...issued)
        #expect(try Cents.sum(vat.map(\.taxable)) == net)
        #expect(try Cents.sum(vat.map(\.amount)) == statement.total(.memberPays).vatAmount)
        let rows = try Liquidity.forecast(
            from: Cents(1_000), items: documents.map { OpenItem($0) }, on: facts.issueDate)
        #expect(rows.last?.balance == (try statement.total(.memberPays).gross.adding(Cents(1_000))))
        let turnover = try MemberTurnover(of: documents, members: [statement.party])
        #expect(turnover.members == net && turnover.others == .zero)
    }

    @Test("§1: what statements share changes none; a cell that is refused stands in nobody else's way")
    func accounts() throws {
        var input = try input()
        let accounts = try MonthAccounts(input, in: october)
        for party in accounts.parties {
            let alone = try input.statement(of: party, in: october)
            #expect(try accounts.statement(of: party) == alone)
        }
        let (woerden, host) = (try PartyID("Woerden"), try PartyID("MijnGemeenteDichtbij"))
        let key = CellKey(
            application: try ApplicationID("zaak"), provider: host, consumer: woerden,
            tariffClass: try ClassID("other"), month: october)
        input.cells.append(Cell(key, CellCounts(provider: -1, consumer: 1)))
        let refused = try MonthAccounts(input, in: october)
        for party in refused.parties {
            if [woerden, host].contains(party) {
                #expect(throws: SettlementRefusal.negativeNetCount(key, side: .provider)) {
                    try refused.statement(of: party)
                }
            } else {
                #expect(try refused.statement(of: party) == accounts.statement(of: party))
            }
        }
    }

    @Test("§2: months to come go on at the pace since the first count, alike on both sides; figures stay")
    func expectation() throws {
        var input = try input()
        let (zaak, message) = (try ApplicationID("zaak"), try ClassID("other"))
        let (woerden, host) = (try PartyID("Woerden"), try PartyID("MijnGemeenteDichtbij"))
        func cell(_ month: CivilMonth, _ provider: Int64?, _ consumer: Int64?) -> Cell {
            Cell(
                CellKey(
                    application: zaak, provider: host, consumer: woerden, tariffClass: message, month: month),
                CellCounts(provider: provider, consumer: consumer))
        }
        let september = try #require(october.adding(months: -1))
        let november = try #require(october.adding(months: 1))
        let end = try #require(october.adding(months: 14))
        input.cells = [cell(september, 100, 110), cell(october, 21, 20), cell(november, 7, 7)]
        let expected = try input.expecting(through: end, after: october)
        #expect(expected.cells.filter { $0.key.month <= october } == Array(input.cells.prefix(2)))
        let later = expected.cells.filter { $0.key.month > october }
        #expect(later.count == 14 && later.allSatisfy { $0.counts.provider == 60 && $0.counts.consumer == 60 })
        input.cells = [cell(october, 9, nil)]
        let single = try input.expecting(through: november, after: october).cells.last
        #expect(single?.counts == CellCounts(provider: 9, consumer: nil))
        #expect(try expected.statement(of: woerden, in: end).lines.contains { $0.kind == .contribution })
    }

    @Test("§1: what one member's joining changes is shown for everybody whom it concerns, and sums to nothing")
    func changesForAll() throws {
        let before = try input()
        let zaak = try ApplicationID("zaak")
        let (woerden, host) = (try PartyID("Woerden"), try PartyID("MijnGemeenteDichtbij"))
        let doubled = try before.applying(.scale(zaak, woerden, numerator: 2, denominator: 1), in: october...october)
        let changes = try before.changes(to: doubled, in: october...october, first: woerden)
        #expect(changes.map(\.party) == [woerden, host])
        #expect(changes[0].lines == (try before.changes(to: doubled, for: woerden, in: october...october)))
        #expect(try changes.map { try $0.after().subtracting(try $0.before()).value } == [9_000, -9_000])
        #expect(throws: SettlementRefusal.unknownParty(try PartyID("Zwolle"))) {
            try before.changes(to: doubled, in: october...october, first: try PartyID("Zwolle"))
        }
    }
}
