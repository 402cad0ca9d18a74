// SPDX-License-Identifier: EUPL-1.2

/// A blocked Bloom filter over the identities of one sorted run: says for sure that most new ids are new,
/// with one line of memory touched. Blocks stand in the order of the identities, so a merge finishes and writes
/// them from left to right.
struct RunFilter: Sendable {
    /// 64-bit words in a block of 512 bits.
    static let blockWords = 8
    static let chunkWords = 8_192

    private(set) var words: [UInt64]
    let blockCount: Int

    init(recordCount: Int) {
        let bits = min(recordCount * Limits.filterBitsPerRecord, Limits.filterBits)
        blockCount = max(1, (bits + 511) / 512)
        words = [UInt64](repeating: 0, count: blockCount * Self.blockWords)
    }

    /// `nil` unless the words fill the blocks.
    init?(blockCount: Int, words: [UInt64]) {
        guard blockCount > 0, words.count == blockCount * Self.blockWords else { return nil }
        self.blockCount = blockCount
        self.words = words
    }

    mutating func insert(_ identity: EventIdentity) {
        let start = firstWord(identity)
        var bits = identity.low
        for _ in 0..<6 {
            words[start + Int(bits >> 6 & 7)] |= 1 << (bits & 63)
            bits >>= 9
        }
    }

    func mayContain(_ identity: EventIdentity) -> Bool {
        let start = firstWord(identity)
        return words.withUnsafeBufferPointer { words in
            var bits = identity.low
            for _ in 0..<6 {
                if words[start + Int(bits >> 6 & 7)] & 1 << (bits & 63) == 0 { return false }
                bits >>= 9
            }
            return true
        }
    }

    /// The first word of the identity's block. Words before it never change again in a sorted insertion.
    func firstWord(_ identity: EventIdentity) -> Int {
        Int(identity.high.multipliedFullWidth(by: UInt64(blockCount)).high) * Self.blockWords
    }
}
