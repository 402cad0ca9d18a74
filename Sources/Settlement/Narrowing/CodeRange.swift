// SPDX-License-Identifier: EUPL-1.2

/// The codes that begin with the same bits. Spec: Protocol/comparison.md §3.
struct CodeRange: Hashable, Sendable, Comparable {
    /// How many bits: 8 to `Limits.finestLevel`.
    let level: Int
    /// The bits, as a number.
    let prefix: UInt64

    /// The leaf that the range lies in.
    var leaf: Int { Int(prefix >> UInt64(level - 8)) }

    /// The smallest and the largest first half of a code in it.
    var bounds: (from: UInt64, through: UInt64) {
        let from = prefix << UInt64(64 - level)
        return (from, from | UInt64.max >> UInt64(level))
    }

    func contains(_ code: RecordCode) -> Bool { code.high >> UInt64(64 - level) == prefix }

    /// One of its `1 << bits` parts.
    func part(_ number: Int, bits: Int) -> CodeRange {
        CodeRange(level: level + bits, prefix: prefix << UInt64(bits) | UInt64(number))
    }

    static func < (left: Self, right: Self) -> Bool { left.bounds.from < right.bounds.from }
}

/// Whole numbers of 7 bits a byte, low bits first, the last byte below 128 (LEB128), each in its shortest form.
/// Spec: Protocol/comparison.md §3.
enum Varints {
    static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Reads what stands packed in a byte string of a comparison.
struct PackedBytes {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// The next varint; `nil` where there is none in its shortest form below 2^63.
    mutating func varint() -> UInt64? {
        var (number, shift) = (UInt64(0), UInt64(0))
        while position < bytes.count, shift < 63 {
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return byte == 0 && shift > 0 ? nil : number }
            shift += 7
        }
        return nil
    }

    /// The next eight bytes, big-endian.
    mutating func word() -> UInt64? {
        guard position + 8 <= bytes.count else { return nil }
        defer { position += 8 }
        return bytes.withUnsafeBytes {
            UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        }
    }

    static func append(word: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Ranges of one level as they are asked for: ascending, each once.
struct RangeList: Hashable, Sendable {
    let level: Int
    let prefixes: [UInt64]

    var ranges: [CodeRange] { prefixes.map { CodeRange(level: level, prefix: $0) } }

    /// The first prefix, then the distances, as varints.
    var packed: [UInt8] {
        var bytes: [UInt8] = []
        var last: UInt64 = 0
        for prefix in prefixes {
            Varints.append(prefix - last, to: &bytes)
            last = prefix
        }
        return bytes
    }

    init(level: Int, prefixes: [UInt64]) {
        self.level = level
        self.prefixes = prefixes
    }

    /// `nil` unless the prefixes ascend, lie below 2^level and are 1 to `Limits.comparedRanges`.
    init?(level: Int, packed: [UInt8]) {
        guard (8...Limits.finestLevel).contains(level) else { return nil }
        var reader = PackedBytes(packed)
        var prefixes: [UInt64] = []
        while !reader.isAtEnd {
            guard let step = reader.varint(), prefixes.count < Limits.comparedRanges, step < 1 << UInt64(level)
            else { return nil }
            guard let last = prefixes.last else {
                prefixes.append(step)
                continue
            }
            guard step > 0, last + step < 1 << UInt64(level) else { return nil }
            prefixes.append(last + step)
        }
        guard !prefixes.isEmpty else { return nil }
        self.init(level: level, prefixes: prefixes)
    }
}
