// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Hashes that are quick and spread well, and that nobody should trust. Vectors use the real ones.
struct CheapHashing: Hashing, KeyedHashing {
    var seed: UInt64 = 0

    private func words(_ prefix: UInt64, _ parts: [UnsafeRawBufferPointer]) -> [UInt64] {
        var lanes = (0..<4).map { seed &+ prefix &+ UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
        for part in parts {
            for (index, byte) in part.enumerated() {
                lanes[index & 3] = (lanes[index & 3] ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            lanes[0] = (lanes[0] ^ UInt64(part.count)) &* 0x100_0000_01B3
        }
        var mixed = lanes.reduce(0) { ($0 << 17 | $0 >> 47) ^ $1 &* 0xBF58_476D_1CE4_E5B9 }
        return (0..<4).map { lane in
            mixed = (mixed ^ mixed >> 30 ^ lanes[lane]) &* 0x94D0_49BB_1331_11EB
            mixed ^= mixed >> 31
            mixed = mixed &* 0xBF58_476D_1CE4_E5B9
            return mixed ^ mixed >> 27
        }
    }

    private func hash(_ prefix: UInt64, _ parts: [UnsafeRawBufferPointer]) -> Hash {
        let words = words(prefix, parts)
        return Hash(Bytes32((words[0], words[1], words[2], words[3])))
    }

    func hash(_ bytes: UnsafeRawBufferPointer) -> Hash { hash(1, [bytes]) }

    func hash(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Hash { hash(1, [first, second]) }

    func leafHash(_ entry: UnsafeRawBufferPointer) -> Hash { hash(2, [entry]) }

    func nodeHash(_ left: Hash, _ right: Hash) -> Hash {
        left.withBytes { left in right.withBytes { right in hash(3, [left, right]) } }
    }

    func leafHashes(in bytes: UnsafeRawBufferPointer, at ranges: ArraySlice<Range<Int>>) -> [Hash] {
        ranges.map { leafHash(UnsafeRawBufferPointer(rebasing: bytes[$0])) }
    }

    func code16(_ message: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
        let words = words(4, [message])
        return (words[0], words[1])
    }
}
