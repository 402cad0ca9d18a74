// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Money, Protocol/settlement.md §3")
struct MoneyTests {
    @Test("§3.2: half is rounded away from zero, on both sides", arguments: [
        (5, 1), (-5, -1), (4, 0), (-4, 0), (15, 2), (-15, -2), (14, 1), (-14, -1), (25, 3), (0, 0),
    ] as [(Int128, Int128)])
    func roundsHalfAway(numerator: Int128, expected: Int128) {
        #expect(Rounding.halfAway(numerator, over: 10) == expected)
    }

    @Test("§3.3: a sum beyond 64 bits is refused, what lies between may be")
    func refusesOverflow() throws {
        #expect(throws: SettlementRefusal.amountOutOfRange(what: "a sum of amounts")) {
            try Cents(.max).adding(Cents(1))
        }
        #expect(throws: SettlementRefusal.amountOutOfRange(what: "a difference of amounts")) {
            try Cents(.min).subtracting(Cents(1))
        }
        #expect(try Cents.sum([Cents(.max), Cents(1), Cents(-1)]) == Cents(.max))
        #expect(throws: SettlementRefusal.negativeQuantity(what: "quantity -1")) { try Quantity(-1) }
        #expect(throws: SettlementRefusal.malformedPercentage(basisPoints: 10_001)) { try BasisPoints(10_001) }
    }

    @Test("§3.4: amounts as Dutch readers expect them", arguments: [
        (123_456, "€ 1.234,56"), (-123_456, "€ -1.234,56"), (0, "€ 0,00"), (5, "€ 0,05"), (100_000, "€ 1.000,00"),
        (99_999, "€ 999,99"), (Int64.min, "€ -92.233.720.368.547.758,08"),
    ] as [(Int64, String)])
    func writesDutch(value: Int64, expected: String) throws {
        #expect(Cents(value).dutch == expected)
        #expect(try Cents(dutch: expected) == Cents(value))
        #expect(try Cents(decimal: Cents(value).decimal) == Cents(value))
    }

    @Test("§3.4: prices have two to six decimals")
    func writesPrices() throws {
        #expect(MicroEuro(35_000).dutch() == "€ 0,035")
        #expect(MicroEuro(120_000).dutch() == "€ 0,12")
        #expect(MicroEuro(120_000).dutch(minimum: 3) == "€ 0,120")
        #expect(MicroEuro(1).dutch() == "€ 0,000001")
        #expect(try MicroEuro(dutch: "€ 0,035") == MicroEuro(35_000))
        #expect(try Quantity(1_835).dutch == "1.835")
        #expect(try BasisPoints(2_100).dutch == "21%")
        #expect(try BasisPoints(50).dutch == "0,5%")
    }

    @Test("§3.4: what is no exact amount is refused", arguments: [
        "", "-", "1.", ".5", "1.234", "01", "-0", "+1", "1,5", "1e3", " 1", "1 ", "١", "0x10", "1.2.3", "--1",
        String(repeating: "1", count: 41),
    ])
    func refusesMalformed(text: String) {
        #expect(throws: SettlementRefusal.malformedDecimal(text)) { try Cents(decimal: text) }
    }

    @Test("§3.4: every amount reads back as itself", arguments: [1, 2, 3] as [UInt64])
    func readsBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_000 {
            let value = Int64.random(in: .min ... .max, using: &generator)
                >> Int64.random(in: 0...62, using: &generator)
            #expect(try Cents(dutch: Cents(value).dutch).value == value)
            #expect(try Cents(decimal: Cents(value).decimal).value == value)
            #expect(try MicroEuro(dutch: MicroEuro(value).dutch()).value == value)
            #expect(try MicroEuro(decimal: MicroEuro(value).decimal).value == value)
        }
    }

    @Test("§1.1: an identifier has no blanks, control characters or slashes", arguments: [
        "", "a b", "a/b", "a\n", "\u{7F}", String(repeating: "x", count: Limits.identifierByteCount + 1),
    ])
    func refusesIdentifier(text: String) {
        #expect(throws: SettlementRefusal.malformedIdentifier(text)) { try PartyID(text) }
    }

    @Test("§1.2: identifiers are ordered and equal by their UTF-8 bytes")
    func ordersByBytes() throws {
        #expect(try PartyID("Z") < PartyID("a"))
        #expect(try PartyID("z") < PartyID("é"))
        #expect(try PartyID("e\u{301}") != PartyID("é"))
        let oin = try #require(OIN("00000099000000000001"))
        #expect(PartyID(oin).text == "00000099000000000001")
    }
}
