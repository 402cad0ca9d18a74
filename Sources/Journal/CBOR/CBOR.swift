// SPDX-License-Identifier: EUPL-1.2

/// An item as a value, for tools and tests; the daemon reads and writes without it. Spec: Protocol/cbor.md §1.
public indirect enum CBOR: Hashable, Sendable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([Pair])
    case bool(Bool)
    case null

    /// One key of a map and its value.
    public struct Pair: Hashable, Sendable {
        /// The key.
        public let key: CBORKey
        /// The value.
        public let value: CBOR

        /// Joins a key and its value.
        public init(_ key: CBORKey, _ value: CBOR) {
            self.key = key
            self.value = value
        }
    }

    /// Reads exactly one canonical item.
    public static func decode(_ bytes: [UInt8]) throws(CBORRefusal) -> CBOR {
        try CBORReader.check(bytes)
        var reader = CBORReader(bytes)
        return try item(&reader)
    }

    private static func item(_ reader: inout CBORReader) throws(CBORRefusal) -> CBOR {
        switch reader.nextInitialByte ?? 0 {
        case ..<0x40: return .integer(try reader.integer())
        case ..<0x60: return .bytes(Array(try reader.bytes()))
        case ..<0x80: return .text(try reader.text())
        case ..<0xA0:
            var items: [CBOR] = []
            for _ in 0..<(try reader.array()) { items.append(try item(&reader)) }
            return .array(items)
        case ..<0xC0:
            var map = try reader.map()
            var pairs: [Pair] = []
            while let key = try reader.nextKey(of: &map) { pairs.append(Pair(key, try item(&reader))) }
            return .map(pairs)
        default:
            return reader.skipNull() ? .null : .bool(try reader.bool())
        }
    }

    /// The one spelling of the item. Pairs of maps may be given in any order; a key may stand once.
    public func encode() -> [UInt8] {
        var writer = CBORWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout CBORWriter) {
        switch self {
        case .integer(let value): writer.integer(value)
        case .bytes(let value): writer.bytes(value)
        case .text(let value): writer.text(value)
        case .bool(let value): writer.bool(value)
        case .null: writer.null()
        case .array(let items):
            writer.array(count: items.count)
            for item in items { item.write(to: &writer) }
        case .map(let pairs):
            let sorted = pairs.map { (key: $0.key.encoded, value: $0.value) }
                .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            for (pair, next) in zip(sorted, sorted.dropFirst()) {
                precondition(pair.key != next.key, "a key stands once in a map")
            }
            writer.map(count: sorted.count)
            for pair in sorted {
                writer.raw(pair.key)
                pair.value.write(to: &writer)
            }
        }
    }
}

extension CBORKey {
    var encoded: [UInt8] {
        var writer = CBORWriter()
        switch self {
        case .integer(let value): writer.integer(value)
        case .text(let value): writer.text(value)
        }
        return writer.bytes
    }
}
