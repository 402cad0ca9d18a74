// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Collects the pairs of a body, keys in rising order, and then puts the map's head before them.
struct BodyWriter {
    private var writer = CBORWriter()
    private var count = 0
    private var last = 0

    init(capacity: Int = 0) { writer = CBORWriter(capacity: capacity) }

    mutating func add(_ key: Int, _ value: (inout CBORWriter) -> Void) {
        precondition(key > last && key < 24, "keys rise and take one byte")
        last = key
        count += 1
        writer.integer(key)
        value(&writer)
    }

    mutating func list<Item>(_ key: Int, _ items: [Item], _ write: (Item, inout CBORWriter) -> Void) {
        guard !items.isEmpty else { return }
        add(key) { writer in
            writer.array(count: items.count)
            for item in items { write(item, &writer) }
        }
    }

    /// How many bytes the body has so far, its first byte included.
    var byteCount: Int { writer.bytes.count + 1 }

    /// The whole body.
    consuming func finish() -> [UInt8] {
        var body = CBORWriter(capacity: writer.bytes.count + 2)
        body.map(count: count)
        body.raw(writer.bytes)
        return body.bytes
    }
}

extension CBORReader {
    /// Reads the map that is a body: `read` takes the value of each key that it knows and answers `false`
    /// for any other, which is then passed up to key 63 and refused above.
    /// Spec: Protocol/exchange.md, first paragraph, and §4 for the order of refusals.
    static func readBody(
        _ body: [UInt8], limit: Int, mandatory: [Int],
        _ read: (Int, inout CBORReader) throws(BodyRefusal) -> Bool
    ) throws(BodyRefusal) {
        guard body.count <= limit else { throw .oversize(bytes: body.count, limit: limit) }
        var reader = CBORReader(body)
        var missing = mandatory
        var map: CBORMapCursor
        do throws(CBORRefusal) {
            try check(body)
            map = try reader.map()
        } catch { throw .notCanonical(error) }
        while true {
            let next: CBORKey?
            do throws(CBORRefusal) { next = try reader.nextKey(of: &map) } catch { throw .notCanonical(error) }
            guard let next else { break }
            guard case .integer(let number) = next, (1...ExchangeLimits.ignoredKey).contains(Int(number)) else {
                throw .field(key: next.number)
            }
            let key = Int(number)
            if try !read(key, &reader) {
                do throws(CBORRefusal) { try reader.skipItem(depth: 1) } catch { throw .notCanonical(error) }
            }
            missing.removeAll { $0 == key }
        }
        if let key = missing.first { throw .field(key: key) }
    }

    /// Reads the value of `key`: what is canonical but not what is asked for is a fault of that field.
    mutating func value<Value>(
        _ key: Int, _ read: (inout CBORReader) throws(CBORRefusal) -> Value
    ) throws(BodyRefusal) -> Value {
        do {
            return try read(&self)
        } catch .unexpectedItem {
            throw .field(key: key)
        } catch {
            throw .notCanonical(error)
        }
    }

    /// Reads a flag that stands only where it is true.
    mutating func flag(_ key: Int) throws(BodyRefusal) -> Bool {
        guard try value(key, { reader throws(CBORRefusal) in try reader.bool() }) else { throw .field(key: key) }
        return true
    }

    /// Reads an array of at most `limit` items under `key`.
    mutating func list<Item>(
        _ key: Int, limit: Int, _ read: (inout CBORReader) throws(CBORRefusal) -> Item
    ) throws(BodyRefusal) -> [Item] {
        let count = try value(key) { reader throws(CBORRefusal) in try reader.array() }
        guard count <= limit else { throw .tooMany(key: key, limit: limit) }
        var items: [Item] = []
        items.reserveCapacity(count)
        for _ in 0..<count { items.append(try value(key, read)) }
        return items
    }

    /// Reads the protocol version under key 1.
    mutating func protocolVersion() throws(BodyRefusal) -> Int {
        let version = try value(1) { reader throws(CBORRefusal) in try reader.unsigned() }
        guard version == ExchangeLimits.protocolVersion else { throw .versionUnsupported(version) }
        return version
    }
}

extension CBORKey {
    /// The number of the key; `nil` where it is a text.
    fileprivate var number: Int? {
        switch self {
        case .integer(let number): Int(number)
        case .text: nil
        }
    }
}
