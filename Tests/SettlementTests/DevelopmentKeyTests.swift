// SPDX-License-Identifier: EUPL-1.2
import Settlement
import Testing

@Suite("Keys that change, Protocol/settlement.md §5")
struct DevelopmentKeyTests {
    private func weights() throws -> [Weight] {
        try CostSharingTests.inhabitants.map { Weight(try PartyID($0.0), $0.1) }
    }

    @Test("§5.1: both worked examples end in the same shares in every order of joining and leaving", arguments: [
        (12_000_000, [6_361_974, 2_538_278, 1_656_674, 1_443_074]),
        (8_466_150, [4_488_453, 1_790_787, 1_168_804, 1_018_106]),
    ] as [(Int64, [Int64])])
    func everyOrder(cost: Int64, shares: [Int64]) throws {
        let orders = permutations(try weights())
        #expect(orders.count == 24)
        for order in orders {
            for leaver in order.indices {
                var key = try DevelopmentKey(cost: Cents(cost))
                for (index, weight) in order.enumerated() {
                    let charges = try key.join([weight])
                    #expect(try Cents.sum(charges.map(\.amount)) == (index == 0 ? Cents(cost) : .zero))
                    // Who joined leaves at once, or later: nobody's share moves.
                    if index >= leaver { try key.leave(order[leaver].party) }
                }
                #expect(try key.standing().map(\.amount.value) == shares)
            }
        }
    }

    @Test("§5.5: a split charges nobody and keeps the sum; a refused one changes nothing")
    func splits() throws {
        var key = try DevelopmentKey(cost: Cents(8_466_150))
        _ = try key.join(try weights())
        let before = key
        let place = try PartyID("Eindhoven")
        #expect(throws: SettlementRefusal.duplicateParty(try PartyID("Woerden"))) {
            try key.split(place, into: [Weight(try PartyID("Woerden"), 1)])
        }
        #expect(key == before)
        try key.split(place, into: [Weight(place, 2), Weight(try PartyID("Nieuw"), 1)])
        #expect(try Cents.sum(key.standing().map(\.amount)) == Cents(8_466_150))
        // The next join resettles by the new weights.
        _ = try key.join([Weight(try PartyID("Heusden"), 1_000)])
        #expect(try Cents.sum(key.standing().map(\.amount)) == Cents(8_466_150))
    }

    @Test("§5.6: terms hold for one join; the next starts from the original total")
    func termsOfOneJoin() throws {
        let (one, two, three) = try (PartyID("a"), PartyID("b"), PartyID("c"))
        var key = try DevelopmentKey(cost: Cents(10_000))
        _ = try key.join([Weight(one, 1)])
        let terms = JoinTerms(indexation: try Indexation(now: 110, original: 100))
        let indexed = try key.join([Weight(two, 1)], terms: terms)
        #expect(try Cents.sum(indexed.map(\.amount)) == Cents(1_000))
        let plain = try key.join([Weight(three, 2)])
        #expect(try Cents.sum(plain.map(\.amount)) == Cents(-1_000))
        #expect(try key.standing().map(\.amount.value) == [2_500, 2_500, 5_000])
    }
}
