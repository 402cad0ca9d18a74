// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Writes rows as canonical CBOR into a buffer that is used again for the next row. The same bytes as
/// `CBORWriter`; apart from it because the digest writes every changed row and calls across modules are dear.
struct RowWriter {
    private(set) var bytes: [UInt8] = []

    /// Begins with nothing written.
    init() { bytes.reserveCapacity(512) }

    /// Forgets what was written and keeps the room.
    mutating func reset() { bytes.removeAll(keepingCapacity: true) }

    @inline(__always)
    private mutating func head(_ major: UInt8, _ argument: Int) {
        if argument < 24 {
            bytes.append(major << 5 | UInt8(argument))
        } else {
            longHead(major << 5, UInt64(argument))
        }
    }

    private mutating func longHead(_ type: UInt8, _ argument: UInt64) {
        let byteCount = argument <= 0xFF ? 1 : argument <= 0xFFFF ? 2 : argument <= 0xFFFF_FFFF ? 4 : 8
        bytes.append(type | UInt8(24 + byteCount.trailingZeroBitCount))
        for shift in stride(from: (byteCount - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(shift)))
        }
    }

    /// An integer from 0 up.
    @inline(__always)
    mutating func integer(_ value: Int) { head(0, value) }

    /// An integer from 0 up.
    @inline(__always)
    mutating func integer(_ value: Int64) { head(0, Int(value)) }

    /// True or false.
    mutating func bool(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }

    /// Nothing.
    mutating func null() { bytes.append(0xF6) }

    /// The head of an array.
    @inline(__always)
    mutating func array(count: Int) { head(4, count) }

    /// A text string, given as UTF-8.
    @inline(__always)
    mutating func utf8(_ text: UnsafeRawBufferPointer) {
        head(3, text.count)
        bytes.append(contentsOf: text)
    }

    /// A text string.
    mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { utf8(UnsafeRawBufferPointer($0)) }
    }

    /// A byte string of thirty-two bytes.
    @inline(__always)
    mutating func bytes32(_ value: Bytes32) {
        head(2, Bytes32.byteCount)
        value.withBytes { bytes.append(contentsOf: $0) }
    }

    /// One item that is canonical already.
    @inline(__always)
    mutating func raw(_ item: UnsafeRawBufferPointer) { bytes.append(contentsOf: item) }

    /// One item that is canonical already.
    mutating func raw(_ item: [UInt8]) { bytes.append(contentsOf: item) }
}
