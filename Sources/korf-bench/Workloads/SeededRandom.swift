// SPDX-License-Identifier: EUPL-1.2

/// SplitMix64: the same seed gives the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// 0 up to, not including, `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// True with this probability in percent.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// Thirty-two bytes.
    mutating func seed32() -> [UInt8] {
        (0..<4).flatMap { _ in withUnsafeBytes(of: next().littleEndian) { Array($0) } }
    }

    /// Thirty-two hexadecimal digits.
    mutating func text32() -> String { Self.digits(next()) + Self.digits(next()) }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
