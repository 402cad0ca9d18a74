// SPDX-License-Identifier: EUPL-1.2

/// Everything that happened in a seed, as one running hash; the lines themselves only where somebody reads them.
/// One seed gives one hash, in every process.
struct Trace: Sendable {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    /// The same without what entries say: who did what when, and how often. Clocks must not change it.
    private(set) var shape: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var lines: [String] = []
    let isKept: Bool

    init(isKept: Bool) { self.isKept = isKept }

    private static func mix(_ hash: inout UInt64, _ value: UInt64) {
        hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
    }

    /// Notes what happened at a time; `values` enter both hashes, `content` only the first.
    mutating func note(
        _ time: Int, _ values: [Int], content: UInt64 = 0, _ line: @autoclosure () -> String
    ) {
        Self.mix(&hash, UInt64(truncatingIfNeeded: time))
        Self.mix(&shape, UInt64(truncatingIfNeeded: time))
        for value in values {
            Self.mix(&hash, UInt64(truncatingIfNeeded: value))
            Self.mix(&shape, UInt64(truncatingIfNeeded: value))
        }
        Self.mix(&hash, content)
        guard isKept else { return }
        let clock = String(time)
        lines.append(String(repeating: " ", count: max(0, 7 - clock.count)) + clock + " ms  " + line())
    }

    /// A hash of bytes for the trace.
    static func digest(_ bytes: [UInt8]) -> UInt64 {
        var hash: UInt64 = UInt64(bytes.count)
        bytes.withUnsafeBytes { memory in
            var position = 0
            while position + 8 <= memory.count {
                mix(&hash, UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
                position += 8
            }
            while position < memory.count {
                mix(&hash, UInt64(memory[position]))
                position += 1
            }
        }
        return hash
    }
}
