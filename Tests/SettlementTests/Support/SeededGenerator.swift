// SPDX-License-Identifier: EUPL-1.2
import Settlement

/// SplitMix64: the same seed gives the same cases.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A key of up to `count` parties; at least one weight is above zero.
    mutating func weights(count: Int, upTo limit: Int64) throws -> [Weight] {
        let parties = try (0..<Int.random(in: 1...count, using: &self)).map { try PartyID("m\($0)") }
        var weights = parties.map { Weight($0, Int64.random(in: 0...limit, using: &self)) }
        weights[0] = Weight(parties[0], Int64.random(in: 1...limit, using: &self))
        return weights.shuffled(using: &self)
    }
}

/// Every order of the items.
func permutations<Item>(_ items: [Item]) -> [[Item]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index in
        var rest = items
        let first = rest.remove(at: index)
        return permutations(rest).map { [first] + $0 }
    }
}
