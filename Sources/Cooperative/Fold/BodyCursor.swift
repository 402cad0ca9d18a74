// SPDX-License-Identifier: EUPL-1.2

/// A cursor over the bytes of an entry whose admission found them canonical. It checks every bound and no
/// spelling, allocates nothing, and answers `nil` where another thing stands than was asked for.
struct BodyCursor {
    private let base: UnsafePointer<UInt8>
    private(set) var position: Int
    private let end: Int

    /// Reads `range` of memory that outlives the cursor.
    init(_ base: UnsafePointer<UInt8>, in range: Range<Int>) {
        self.base = base
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    /// The first byte of the next item, 0xFF at the end.
    var initialByte: UInt8 { position < end ? base[position] : 0xFF }

    /// Major type and argument of the next item. The lengths of strings are within the bytes that remain.
    @inline(__always)
    private mutating func head() -> (major: UInt8, argument: UInt64)? {
        guard position < end else { return nil }
        let initial = base[position]
        position += 1
        let major = initial >> 5
        let information = initial & 31
        if information < 24 { return (major, UInt64(information)) }
        guard information < 28 else { return nil }
        let byteCount = 1 << Int(information - 24)
        guard end - position >= byteCount else { return nil }
        var argument: UInt64 = 0
        for offset in 0..<byteCount { argument = argument << 8 | UInt64(base[position + offset]) }
        position += byteCount
        return (major, argument)
    }

    /// An integer from 0 up.
    @inline(__always)
    mutating func unsigned() -> Int? {
        guard let (major, argument) = head(), major == 0 else { return nil }
        return Int(exactly: argument)
    }

    /// An integer from 0 up if one comes next; else nothing is read.
    mutating func peekUnsigned() -> Int? { initialByte >> 5 == 0 ? unsigned() : nil }

    /// Passes a null if one comes next; else nothing is read.
    mutating func null() -> Bool {
        guard initialByte == 0xF6 else { return false }
        position += 1
        return true
    }

    /// The head of an array.
    @inline(__always)
    mutating func array() -> Int? {
        guard let (major, argument) = head(), major == 4, argument <= UInt64(end - position) else { return nil }
        return Int(argument)
    }

    /// The head of a map.
    mutating func map() -> Int? {
        guard let (major, argument) = head(), major == 5, argument <= UInt64(end - position) else { return nil }
        return Int(argument)
    }

    /// Bytes from `start` on that were read before.
    @inline(__always)
    func bytes(from start: Int, count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + start, count: count)
    }

    /// A text string: its UTF-8.
    @inline(__always)
    mutating func text() -> UnsafeRawBufferPointer? { string(major: 3) }

    /// A byte string.
    @inline(__always)
    mutating func bytes() -> UnsafeRawBufferPointer? { string(major: 2) }

    @inline(__always)
    private mutating func string(major wanted: UInt8) -> UnsafeRawBufferPointer? {
        guard let (major, argument) = head(), major == wanted, argument <= UInt64(end - position) else {
            return nil
        }
        let text = UnsafeRawBufferPointer(start: base + position, count: Int(argument))
        position += Int(argument)
        return text
    }

    /// Passes one whole item and answers its bytes.
    mutating func item() -> UnsafeRawBufferPointer? {
        let start = position
        var open = 1
        while open > 0 {
            guard let (major, argument) = head(), argument <= UInt64(Int.max) else { return nil }
            open -= 1
            switch major {
            case 2, 3:
                guard argument <= UInt64(end - position) else { return nil }
                position += Int(argument)
            case 4, 5:
                guard argument <= UInt64(end - position) else { return nil }
                open += Int(argument) << Int(major - 4)
            case 6: return nil
            default: break
            }
        }
        return UnsafeRawBufferPointer(start: base + start, count: position - start)
    }
}

extension UnsafeRawBufferPointer {
    /// The order of bytes.
    func precedes(_ other: UnsafeRawBufferPointer) -> Bool {
        let shared = Swift.min(count, other.count)
        for offset in 0..<shared where self[offset] != other[offset] { return self[offset] < other[offset] }
        return count < other.count
    }

    /// Whether both hold the same bytes.
    @inline(__always)
    func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        for offset in 0..<count where self[offset] != other[offset] { return false }
        return true
    }

    /// UTF-8 that a check found well-formed, as a string.
    var utf8Text: String { String(decoding: self, as: UTF8.self) }
}
