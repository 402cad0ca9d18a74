// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Statement of account, Protocol/settlement.md §11 to §13")
struct StatementTests {
    /// The inputs of the statement vectors that are not refused.
    private func cases() throws -> [JSON] {
        try Repository.vectors("settlement-statement.json").filter { $0["reason"] == .null }.map { $0["case"] }
    }

    @Test("§11.6: lines sum to documents and documents to totals, to the cent")
    func sumsExactly() throws {
        for value in try cases() {
            let statement = try StatementCase.statement(value)
            for leg in Leg.allCases {
                let lines = statement.lines.filter { $0.leg == leg }
                let documents = statement.documents.filter { $0.leg == leg }
                let total = statement.total(leg)
                #expect(try Cents.sum(lines.map(\.amount)) == total.net)
                #expect(try Cents.sum(documents.map(\.net)) == total.net)
                #expect(try total.net.adding(total.vatAmount) == total.gross)
                #expect(documents.flatMap(\.lineIDs).sorted() == lines.map(\.id).sorted())
            }
        }
    }

    @Test("§11.1: the order of the inputs changes no byte", arguments: [1, 2, 3, 4] as [UInt64])
    func ignoresOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for value in try cases() {
            let party: PartyID = try Cases.id(value["party"])
            let month = try Cases.month(value["month"])
            let input = try StatementCase.input(value)
            var other = input
            other.members.shuffle(using: &generator)
            other.applications.shuffle(using: &generator)
            other.inhabitants.shuffle(using: &generator)
            other.costSharings.shuffle(using: &generator)
            other.cells.shuffle(using: &generator)
            other.tariffs = try TariffTable(input.tariffs.tariffs.shuffled(using: &generator))
            let (one, two) = try (input.statement(of: party, in: month), other.statement(of: party, in: month))
            #expect(one.canonicalText == two.canonicalText)
            #expect(one == two)
        }
    }

    @Test("§11.4: the provider receives the lines that consumers and funders pay")
    func mirrorsLegs() throws {
        var comparedCount = 0
        network: for value in try cases() {
            let input = try StatementCase.input(value)
            let month = try Cases.month(value["month"])
            var paid: [String: Cents] = [:]
            var received: [String: Cents] = [:]
            let parties = Set(input.members.map(\.id) + input.applications.flatMap(\.customers))
            for party in parties {
                // Where one party's statement is refused, there are no two sides to compare.
                guard let statement = try? input.statement(of: party, in: month) else { continue network }
                for line in statement.lines where line.cell != nil {
                    let name = String(line.id.dropFirst())
                    if line.leg == .memberPays { paid[name] = line.amount } else { received[name] = line.amount }
                }
            }
            #expect(paid == received)
            comparedCount += 1
        }
        #expect(comparedCount >= 5)
    }

    @Test("§12: every line has an explanation that ends in its amount and VAT")
    func explainsEveryLine() throws {
        for value in try cases() {
            let statement = try StatementCase.statement(value)
            for line in statement.lines {
                let steps = try #require(statement.explanation(of: line.id)).steps
                #expect(steps.suffix(2) == [.amount(line.amount), .vat(line.vat.category, line.vat.rate)])
                if line.cell != nil {
                    #expect(steps.contains { if case .tariff = $0 { true } else { false } })
                    #expect(steps.contains { if case .exact = $0 { true } else { false } })
                }
            }
            #expect(statement.explanation(of: "V-1999-01/none") == nil)
        }
    }

    @Test("§12: the explanation of a usage line, step by step")
    func explainsUsage() throws {
        let first = try cases()[0]
        let statement = try StatementCase.statement(first)
        let line = "V-2026-10/subsidie/Eindhoven/Woerden/basis/1"
        let month = try #require(CivilMonth("2026-01"))
        #expect(statement.explanation(of: line)?.steps == [
            .counted(.provider, by: try PartyID("Eindhoven"), net: 1_842),
            .counted(.consumer, by: try PartyID("Woerden"), net: 1_835),
            .compared(.withinTolerance, nil),
            .billed(try Quantity(1_835)),
            .tariff(try DecisionID("B-017"), from: month, through: nil),
            .tier(1, above: 0, upTo: nil, quantity: try Quantity(1_835), price: MicroEuro(120_000)),
            .exact(numerator: 220_200_000, denominator: 10_000),
            .amount(Cents(22_020)),
            .vat(.standard, try BasisPoints(2_100)),
        ])
    }

    @Test("§9.1: a VAT category of one origin goes before that of the kind; none is assumed")
    func choosesTreatment() throws {
        var table = VATTable()
        let (general, special) = try (VATTreatment(.standard, rate: BasisPoints(2_100)), VATTreatment(.zeroRated))
        let (one, other) = try (DecisionID("B-1"), DecisionID("B-2"))
        table.set(general, for: .transactionFee, leg: .memberPays)
        table.set(special, for: .transactionFee, leg: .memberPays, origin: one)
        #expect(try table.treatment(of: .transactionFee, leg: .memberPays, origin: one) == special)
        #expect(try table.treatment(of: .transactionFee, leg: .memberPays, origin: other) == general)
        #expect(throws: SettlementRefusal.vatUndecided(.transactionFee, .cooperativePays)) {
            try table.treatment(of: .transactionFee, leg: .cooperativePays, origin: one)
        }
    }

    @Test("§2: every refusal is a sentence that is not its name")
    func writesSentences() throws {
        let key = CellKey(
            application: try ApplicationID("a"), provider: try PartyID("b"), consumer: try PartyID("c"),
            tariffClass: try ClassID("d"), month: try #require(CivilMonth("2026-10")))
        let (party, decision) = try (PartyID("p"), DecisionID("B-1"))
        let refusals: [SettlementRefusal] = [
            .amountOutOfRange(what: "x"), .negativeQuantity(what: "x"), .malformedIdentifier("x"),
            .malformedDecimal("x"), .malformedPercentage(basisPoints: -1), .tooManyParticipants(count: 2, limit: 1),
            .allWeightsZero(what: "x"), .negativeWeight(party), .duplicateParty(party),
            .negativePrice(tariff: decision), .tiersMalformed(tariff: decision, reason: "x"),
            .validityReversed(tariff: decision), .fundedTariffNotZero(tariff: decision),
            .tariffsOverlap(
                first: decision, second: decision, application: key.application, class: key.tariffClass,
                month: key.month),
            .nothingStated(key), .negativeNetCount(key, side: .provider), .duplicateCell(key),
            .duplicateApplication(key.application), .duplicateLine("x"),
            .contributionsOverlap(first: decision, second: decision, year: 2026),
            .unknownApplication(key.application), .unknownParty(party),
            .inhabitantsMissing(party, municipality: nil, year: 2026),
            .monthCountOutOfRange(13), .instalmentOutOfRange(0, count: 12), .vatUndecided(.funding, .memberPays),
            .vatMalformed(reason: "x"), .dateOutOfRange,
        ]
        #expect(Set(refusals.map(\.name)).count == refusals.count)
        for refusal in refusals {
            #expect(refusal.description.contains(" ") && refusal.description != refusal.name)
        }
    }
}
