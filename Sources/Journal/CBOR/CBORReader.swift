// SPDX-License-Identifier: EUPL-1.2

/// A strict cursor over canonical CBOR: each method reads exactly one thing and refuses every spelling that
/// the writer would not have written. Spec: Protocol/cbor.md.
public struct CBORReader: Sendable {
    private let source: [UInt8]
    /// Where the next item begins, as an index of the bytes it was made over.
    public private(set) var position: Int
    private let limit: Int

    /// Reads `bytes` from their first.
    public init(_ bytes: [UInt8]) {
        self.init(bytes, in: 0..<bytes.count)
    }

    /// Reads a part of `bytes`, without a copy.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        source = bytes
        position = range.lowerBound
        limit = range.upperBound
    }

    /// Reads a slice. Known limit: the slice is copied; `init(_:in:)` is not.
    public init(_ slice: ArraySlice<UInt8>) { self.init(Array(slice)) }

    /// Whether nothing remains.
    public var isAtEnd: Bool { position == limit }

    private mutating func scan<Value>(
        _ body: (inout CBORScanner) throws(CBORRefusal) -> Value
    ) throws(CBORRefusal) -> Value {
        let start = position
        let (value, next) = try source.withUnsafeBufferPointer { buffer throws(CBORRefusal) in
            guard let base = buffer.baseAddress else { throw .truncated }
            var scanner = CBORScanner(base: base, position: start, end: limit)
            let value = try body(&scanner)
            return (value, scanner.position)
        }
        position = next
        return value
    }

    private mutating func length(_ wanted: CBORScanner.Major) throws(CBORRefusal) -> Int {
        try scan { scanner throws(CBORRefusal) in
            let (major, argument) = try scanner.head()
            guard major == wanted else { throw .unexpectedItem }
            return Int(argument)
        }
    }

    /// An integer.
    public mutating func integer() throws(CBORRefusal) -> Int64 {
        try scan { scanner throws(CBORRefusal) in
            let (major, argument) = try scanner.head()
            switch major {
            case .unsigned: return Int64(argument)
            case .negative: return -1 - Int64(argument)
            default: throw .unexpectedItem
            }
        }
    }

    /// An integer of `range`; any other is an unexpected item.
    public mutating func integer(in range: ClosedRange<Int>) throws(CBORRefusal) -> Int {
        let value = Int(try integer())
        guard range.contains(value) else { throw .unexpectedItem }
        return value
    }

    /// An integer from 0 up.
    public mutating func unsigned() throws(CBORRefusal) -> Int { try integer(in: 0...Int.max) }

    /// A byte string.
    public mutating func bytes() throws(CBORRefusal) -> ArraySlice<UInt8> {
        let count = try length(.bytes)
        position += count
        return source[position - count..<position]
    }

    /// A byte string of thirty-two bytes, with its meaning.
    public mutating func bytes32<Value: ThirtyTwoBytes>(
        _ type: Value.Type = Value.self
    ) throws(CBORRefusal) -> Value {
        let slice = try bytes()
        guard slice.count == Bytes32.byteCount else { throw .unexpectedItem }
        return slice.withUnsafeBytes { Value(unsafe: $0) }
    }

    /// A byte string of sixty-four bytes.
    public mutating func signature() throws(CBORRefusal) -> Signature {
        guard let value = Signature(try bytes()) else { throw .unexpectedItem }
        return value
    }

    /// A text string.
    public mutating func text() throws(CBORRefusal) -> String {
        let start = try scan { scanner throws(CBORRefusal) in
            let (major, argument) = try scanner.head()
            guard major == .text else { throw .unexpectedItem }
            let start = scanner.position
            guard UTF8Check.isValid(scanner.base + start, count: Int(argument)) else { throw .invalidUTF8 }
            scanner.position += Int(argument)
            return start
        }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    /// The head of an array: how many items follow.
    public mutating func array() throws(CBORRefusal) -> Int { try length(.array) }

    /// The head of an array of exactly `count` items.
    public mutating func array(count: Int) throws(CBORRefusal) {
        guard try array() == count else { throw .unexpectedItem }
    }

    /// The head of a map; its keys are read with `nextKey(of:)`.
    public mutating func map() throws(CBORRefusal) -> CBORMapCursor {
        CBORMapCursor(remaining: try length(.map))
    }

    /// The next key of a map, `nil` after the last. The order of keys is checked here; the caller reads one
    /// item after each key.
    public mutating func nextKey(of map: inout CBORMapCursor) throws(CBORRefusal) -> CBORKey? {
        guard map.remaining > 0 else { return nil }
        let previous = map.previous
        let range = try scan { scanner throws(CBORRefusal) in try scanner.skipKey(after: previous) }
        map.remaining -= 1
        map.previous = range
        var key = CBORReader(source, in: range)
        return switch source[range.lowerBound] >> 5 {
        case 3: .text(try key.text())
        default: .integer(try key.integer())
        }
    }

    /// `true` or `false`.
    public mutating func bool() throws(CBORRefusal) -> Bool {
        try scan { scanner throws(CBORRefusal) in
            switch try scanner.head() {
            case (.simple, 20): false
            case (.simple, 21): true
            default: throw .unexpectedItem
            }
        }
    }

    /// Passes `null` when it comes next and says whether it did.
    public mutating func skipNull() -> Bool {
        guard position < limit, source[position] == 0xF6 else { return false }
        position += 1
        return true
    }

    /// The first byte of the next item, `nil` at the end.
    public var nextInitialByte: UInt8? { position < limit ? source[position] : nil }

    /// Whether the next item is a text string, by its first byte.
    public var isNextText: Bool { position < limit && source[position] >> 5 == 3 }

    /// Whether the next item is an integer, by its first byte.
    public var isNextInteger: Bool { position < limit && source[position] >> 5 <= 1 }

    /// Whether the next item is a byte string, by its first byte.
    public var isNextBytes: Bool { position < limit && source[position] >> 5 == 2 }

    /// Passes one whole item of any type, checked, and answers its bytes. `depth` says in how many
    /// containers it stands already.
    @discardableResult
    public mutating func skipItem(depth: Int = 0) throws(CBORRefusal) -> ArraySlice<UInt8> {
        let start = position
        try scan { scanner throws(CBORRefusal) in try scanner.skipItem(depth: depth) }
        return source[start..<position]
    }

    /// Demands that nothing follows.
    public func end() throws(CBORRefusal) {
        guard isAtEnd else { throw .trailingBytes }
    }

    /// Demands that `bytes` are exactly one canonical item.
    public static func check(_ bytes: [UInt8]) throws(CBORRefusal) {
        var reader = CBORReader(bytes)
        try reader.skipItem()
        try reader.end()
    }
}

/// How far the keys of one map have been read.
public struct CBORMapCursor: Sendable {
    /// How many keys follow.
    public fileprivate(set) var remaining: Int
    fileprivate var previous: Range<Int>?

    fileprivate init(remaining: Int) { self.remaining = remaining }
}

/// A key of a map. Spec: Protocol/cbor.md §1.2.
public enum CBORKey: Hashable, Sendable {
    case integer(Int64)
    case text(String)
}
