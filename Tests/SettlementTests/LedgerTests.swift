// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Series, orders and open items, Protocol/settlement-documents.md §4, §5, §8 and §9")
struct LedgerTests {
    private func documents() throws -> [BillingDocument] {
        let value = try #require(try Repository.vectors("settlement-statement.json").first)["case"]
        let statement = try StatementCase.statement(value)
        let facts = try BillingDocumentTests.facts()
        let documents = try statement.billingDocuments(of: .memberPays, facts: facts)
        #expect(try Cents.sum(documents.map(\.net)) == statement.total(.memberPays).net)
        #expect(try Cents.sum(documents.map(\.gross)) == statement.total(.memberPays).gross)
        #expect(documents.flatMap { $0.lines.map(\.id) }.sorted() == statement.lines.map(\.id).sorted())
        return documents
    }

    @Test("§4: documents hold the statement's lines, part where a cell differs, each with its decision and month")
    func fromStatement() throws {
        let documents = try documents()
        #expect(documents.allSatisfy { !$0.number.isNumbered })
        #expect(documents.flatMap(\.lines).filter(\.isPart).map(\.application?.text) == ["zaak"])
        #expect(documents.flatMap(\.lines).allSatisfy {
            $0.decision != nil && $0.serviceMonth.description == "2026-10"
        })
        #expect(documents.flatMap(\.lines).filter { $0.cell != nil }.allSatisfy { $0.tier == 1 })
    }

    @Test("§5: a series numbers without a gap, all or none, and never after it is closed")
    func series() throws {
        let proposals = try documents()
        let prefix = try SeriesPrefix("BWR1")
        var series = DocumentSeries(prefix)
        let numbered = try series.number(proposals)
        #expect(numbered.map(\.number) == (1...proposals.count).map { .numbered(prefix, $0) })
        #expect(throws: BillingRefusal.numberedBefore(numbered[0].number)) { try series.number(numbered) }
        #expect(series.last == proposals.count)
        series.close()
        #expect(throws: BillingRefusal.seriesClosed(prefix)) { try series.number(proposals) }
        var register = SeriesRegister()
        let cooperative = try PartyID("Beware")
        try register.open(prefix, for: .init(cooperative, incarnation: 1))
        try register.open(prefix, for: .init(cooperative, incarnation: 1))
        #expect(throws: BillingRefusal.seriesTaken(prefix, by: cooperative)) {
            try register.open(prefix, for: .init(cooperative, incarnation: 2))
        }
    }

    @Test("§9: an order counts the lines of its application and year; without one nothing is approved")
    func orders() throws {
        let documents = try documents()
        let (buyer, zaak) = (try PartyID("Woerden"), try ApplicationID("zaak"))
        let order = try PurchaseOrder(
            buyer: buyer, application: zaak, year: 2026, number: "45001234", amount: Cents(10_000))
        let balance = try order.balance(of: documents)
        #expect(balance.used == Cents(9_000) && balance.warns && !balance.isExceeded)
        var orders = PurchaseOrders()
        orders.set(order)
        let document = try #require(documents.first { $0.lines.contains { $0.application == nil } })
        #expect(throws: BillingRefusal.self) { try orders.checkApproval(of: document, buyerAsks: true) }
        try orders.checkApproval(of: document, buyerAsks: false)
        #expect(throws: BillingRefusal.orderWithoutAmount("1")) {
            try PurchaseOrder(buyer: buyer, application: nil, year: 2026, number: "1", amount: .zero)
        }
    }

    @Test("§8: payments add up to the gross amount, whatever their order", arguments: [1, 2, 3] as [UInt64])
    func payments(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let document = try #require(try documents().first)
        var items = OpenItems()
        try items.add(OpenItem(document))
        #expect(throws: BillingRefusal.numberUsed(document.number)) { try items.add(OpenItem(document)) }
        // A credit note is paid back: its payments are negative.
        let sign: Int64 = document.gross < .zero ? -1 : 1
        var left = sign * document.gross.value
        #expect(left > 0)
        while left > 0 {
            let part = Int64.random(in: 1...left, using: &generator)
            left -= part
            let item = try items.pay(document.paymentReference, Payment(on: document.dueDate, Cents(sign * part)))
            #expect(item.open.value == sign * left)
        }
        #expect(items.unpaid.isEmpty)
    }
}
