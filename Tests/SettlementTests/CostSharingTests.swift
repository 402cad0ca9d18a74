// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Development cost, Protocol/settlement.md §5")
struct CostSharingTests {
    static let inhabitants: [(String, Int64)] = [
        ("Eindhoven", 226_868), ("MijnGemeenteDichtbij", 59_077), ("Woerden", 51_460), ("Helmond", 90_515),
    ]

    private func weights() throws -> [Weight] {
        try Self.inhabitants.map { Weight(try PartyID($0.0), $0.1) }
    }

    /// Joins one by one and adds up what each was charged.
    private func joining(_ order: [Weight], cost: Cents) throws -> [PartyID: Cents] {
        var key: [Weight] = []
        var charged: [PartyID: Cents] = [:]
        for weight in order {
            key.append(weight)
            let before = charged.map { Share($0.key, $0.value) }
            for charge in try CostSharing.charges(cost, over: key, charged: before) {
                charged[charge.party] = try (charged[charge.party] ?? .zero).adding(charge.amount)
            }
            #expect(try Cents.sum(charged.values) == cost)
        }
        return charged
    }

    @Test("§5.1: every join order of the worked example ends in the same shares")
    func ignoresJoinOrder() throws {
        let expected = try [
            PartyID("Eindhoven"): Cents(6_361_974), PartyID("MijnGemeenteDichtbij"): Cents(1_656_674),
            PartyID("Woerden"): Cents(1_443_074), PartyID("Helmond"): Cents(2_538_278),
        ]
        for order in permutations(try weights()) {
            #expect(try joining(order, cost: Cents(12_000_000)) == expected)
        }
    }

    @Test("§5.1: every join order of six parties ends in the same shares", arguments: [1, 2, 3, 4] as [UInt64])
    func ignoresJoinOrderOfRandomKeys(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let weights = try (0..<6).map {
            Weight(try PartyID("m\($0)"), Int64.random(in: 1...100, using: &generator))
        }
        let cost = Cents(Int64.random(in: 1...100_000, using: &generator))
        let expected = try joining(weights, cost: cost)
        for order in permutations(weights) { #expect(try joining(order, cost: cost) == expected) }
    }

    private func sharing(opening: [Share] = []) throws -> CostSharing {
        let (early, late) = try (day("2025-03-01"), day("2026-10-12"))
        return CostSharing(
            decision: try DecisionID("B-009"), application: try ApplicationID("corv"), cost: Cents(12_000_000),
            firstMonth: early.month,
            participants: try weights().map {
                Participant($0.party, joined: $0.party.text == "Helmond" ? late : early, weight: $0.value)
            }, opening: opening)
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test("§5.2: charges fall in the month of joining and sum to the cost")
    func chargesByMonth() throws {
        let sharing = try sharing()
        let first = try sharing.charges(in: try day("2025-03-01").month)
        #expect(first.map(\.amount.value) == [8_068_689, 2_101_107, 1_830_204])
        #expect(try sharing.charges(in: try day("2026-09-01").month).isEmpty)
        let late = try sharing.charges(in: try day("2026-10-01").month)
        #expect(late.map(\.place.text) == ["Eindhoven", "Helmond", "MijnGemeenteDichtbij", "Woerden"])
        #expect(late.map(\.amount.value) == [-1_706_715, 2_538_278, -444_433, -387_130])
        #expect(try Cents.sum(late.map(\.amount)) == .zero)
    }

    @Test("§5.3: what was charged before the network began is taken off once")
    func takesOpeningOff() throws {
        let sharing = try sharing(opening: [
            Share(try PartyID("Eindhoven"), Cents(8_000_000)), Share(try PartyID("Zwolle"), Cents(5)),
        ])
        let first = try sharing.charges(in: try day("2025-03-01").month)
        #expect(first.map(\.amount.value) == [68_689, 2_101_107, 1_830_204, -5])
        let late = try sharing.charges(in: try day("2026-10-01").month)
        #expect(late.map(\.amount.value) == [-1_706_715, 2_538_278, -444_433, -387_130, 0])
    }
}
