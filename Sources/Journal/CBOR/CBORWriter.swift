// SPDX-License-Identifier: EUPL-1.2

/// Writes canonical CBOR by appending. The caller writes as many items as each container announces, and keys
/// of maps in the order of their encoded bytes. Spec: Protocol/cbor.md.
public struct CBORWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// Begins with nothing written and room for `capacity` bytes.
    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    private mutating func head(_ major: UInt8, _ argument: UInt64) {
        let type = major << 5
        switch argument {
        case 0..<24: bytes.append(type | UInt8(argument))
        case 24...0xFF:
            bytes.append(type | 24)
            bytes.append(UInt8(argument))
        case 0x100...0xFFFF: append(type | 25, argument, byteCount: 2)
        case 0x1_0000...0xFFFF_FFFF: append(type | 26, argument, byteCount: 4)
        default: append(type | 27, argument, byteCount: 8)
        }
    }

    private mutating func append(_ initial: UInt8, _ argument: UInt64, byteCount: Int) {
        bytes.append(initial)
        for shift in stride(from: (byteCount - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(shift)))
        }
    }

    /// How many bytes the head of a length or an integer from 0 up takes.
    public static func headByteCount(_ argument: Int) -> Int {
        switch argument {
        case ..<24: 1
        case ..<0x100: 2
        case ..<0x1_0000: 3
        case ..<0x1_0000_0000: 5
        default: 9
        }
    }

    /// An integer.
    public mutating func integer(_ value: Int64) {
        if value >= 0 { head(0, UInt64(value)) } else { head(1, UInt64(-1 - value)) }
    }

    /// An integer.
    public mutating func integer(_ value: Int) { integer(Int64(value)) }

    /// A byte string.
    public mutating func bytes(_ value: some Collection<UInt8>) {
        head(2, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// A byte string of thirty-two bytes.
    public mutating func bytes(_ value: some ThirtyTwoBytes) {
        head(2, UInt64(Bytes32.byteCount))
        value.withBytes { bytes.append(contentsOf: $0) }
    }

    /// A byte string of sixty-four bytes.
    public mutating func bytes(_ value: Signature) {
        head(2, UInt64(Signature.byteCount))
        value.first.withBytes { bytes.append(contentsOf: $0) }
        value.second.withBytes { bytes.append(contentsOf: $0) }
    }

    /// A text string.
    public mutating func text(_ value: some StringProtocol) {
        head(3, UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// The head of an array of `count` items, which the caller writes next.
    public mutating func array(count: Int) { head(4, UInt64(count)) }

    /// The head of a map of `count` pairs, which the caller writes next, keys in order.
    public mutating func map(count: Int) { head(5, UInt64(count)) }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }

    /// `null`.
    public mutating func null() { bytes.append(0xF6) }

    /// One item, or several, that are canonical already.
    public mutating func raw(_ item: some Collection<UInt8>) { bytes.append(contentsOf: item) }
}
