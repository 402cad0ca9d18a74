// SPDX-License-Identifier: EUPL-1.2
import Settlement
import Testing

@Suite("Shares, Protocol/settlement.md §4")
struct ApportionmentTests {
    static let seeds: [UInt64] = Array(1...20)

    private func sum(_ shares: [Share]) throws -> Cents { try Cents.sum(shares.map(\.amount)) }

    @Test("§4.1: shares sum to the total to the cent", arguments: seeds)
    func sumsExactly(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let limits: [Int64] = [3, 1_000, 300_000, .max]
            let limit = limits[Int.random(in: limits.indices, using: &generator)]
            let weights = try generator.weights(count: 30, upTo: limit)
            let total = Cents(Int64.random(in: .min ... .max, using: &generator))
            for method in Apportionment.allCases {
                #expect(try sum(try method.divide(total, over: weights)) == total)
            }
        }
    }

    @Test("§4.1: the order of the key changes no share", arguments: seeds)
    func ignoresOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let weights = try generator.weights(count: 9, upTo: 4)
            let total = Cents(Int64.random(in: -50...50, using: &generator))
            for method in Apportionment.allCases {
                let one = Set(try method.divide(total, over: weights))
                #expect(try Set(method.divide(total, over: weights.shuffled(using: &generator))) == one)
            }
        }
    }

    @Test("§4.1: a negative total mirrors the positive one, weight 0 bears 0", arguments: seeds)
    func mirrors(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let weights = try generator.weights(count: 12, upTo: 5)
            let total = Int64.random(in: 0...10_000, using: &generator)
            for method in Apportionment.allCases {
                let positive = try method.divide(Cents(total), over: weights)
                let negative = try method.divide(Cents(-total), over: weights)
                #expect(positive.map { -$0.amount.value } == negative.map(\.amount.value))
                for (weight, share) in zip(weights, positive) where weight.value == 0 {
                    #expect(share.amount == .zero)
                }
            }
        }
    }

    @Test("§4.2: largest remainder stays within a cent of the quota", arguments: seeds)
    func keepsQuota(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let weights = try generator.weights(count: 12, upTo: 300_000)
            let total = Int64.random(in: 0...12_000_000, using: &generator)
            let whole = weights.reduce(Int128(0)) { $0 + Int128($1.value) }
            let shares = try Apportionment.largestRemainder.divide(Cents(total), over: weights)
            for (weight, share) in zip(weights, shares) {
                let floor = Int64(Int128(weight.value) * Int128(total) / whole)
                #expect((floor...(floor + 1)).contains(share.amount.value))
            }
        }
    }

    /// The rule as written: cent by cent.
    private func naive(_ total: Int64, _ weights: [Weight]) -> [Int64] {
        var parts = weights.map { _ in Int64(0) }
        for _ in 0..<total {
            var best = 0
            for index in weights.indices.dropFirst() {
                let left = Int128(weights[index].value) * Int128(2 * parts[best] + 1)
                let right = Int128(weights[best].value) * Int128(2 * parts[index] + 1)
                let (one, other) = (weights[index], weights[best])
                let isHeavier = one.value != other.value ? one.value > other.value : one.party < other.party
                if left > right || (left == right && isHeavier) { best = index }
            }
            parts[best] += 1
        }
        return parts
    }

    @Test("§4.3: Sainte-Laguë ends where the cent-by-cent loop ends", arguments: seeds)
    func equalsNaiveLoop(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let limits: [Int64] = [1, 2, 7, 1_000, 1_000_000]
            let limit = limits[Int.random(in: limits.indices, using: &generator)]
            let weights = try generator.weights(count: 25, upTo: limit)
            let total = Int64.random(in: 0...400, using: &generator)
            let shares = try Apportionment.sainteLague.divide(Cents(total), over: weights)
            #expect(shares.map(\.amount.value) == naive(total, weights))
        }
    }

    @Test("§4.3: nobody's share rises when another joins", arguments: seeds)
    func isMonotone(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let weights = try generator.weights(count: 12, upTo: 300_000)
            let total = Cents(Int64.random(in: 0...12_000_000, using: &generator))
            let before = try Apportionment.sainteLague.divide(total, over: weights)
            let joined = weights + [Weight(try PartyID("new"), Int64.random(in: 0...300_000, using: &generator))]
            let after = try Apportionment.sainteLague.divide(total, over: joined)
            for (one, other) in zip(before, after) { #expect(other.amount <= one.amount) }
        }
    }

    @Test("§4.3: 12,000,000 cents over 400 members take no 12,000,000 steps")
    func isFastForLargeTotals() throws {
        var generator = SeededGenerator(seed: 400)
        let weights = try (0..<400).map {
            Weight(try PartyID("m\($0)"), Int64.random(in: 900...900_000, using: &generator))
        }
        for total in [Int64(12_000_000), .max] {
            #expect(try sum(try Apportionment.sainteLague.divide(Cents(total), over: weights)) == Cents(total))
        }
    }

    @Test("§1.3: one participant above the limit is refused")
    func limitsParticipants() throws {
        let count = Limits.participantCount + 1
        let weights = try (0..<count).map { Weight(try PartyID("m\($0)"), 1) }
        #expect(throws: SettlementRefusal.tooManyParticipants(count: count, limit: Limits.participantCount)) {
            try Apportionment.largestRemainder.divide(Cents(1), over: weights)
        }
    }
}
