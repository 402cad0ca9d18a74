// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Reads the items of a genesis one after another and names the place of what is not as it should be.
struct GenesisCursor {
    var reader: CBORReader
    /// Whether participants that left may stand in an application: in rules in force, never in a genesis.
    let mayHaveLeft: Bool

    init(reader: CBORReader, mayHaveLeft: Bool = false) {
        self.reader = reader
        self.mayHaveLeft = mayHaveLeft
    }

    /// Whether the next item is an array of `count` items, fewer than 24.
    func isNextArray(count: Int) -> Bool { reader.nextInitialByte == 0x80 | UInt8(count) }

    func wrong(_ path: GenesisPath, _ wanted: String) -> GenesisRefusal {
        GenesisRefusal(.field, path, "Here should stand \(wanted).")
    }

    mutating func text(_ path: GenesisPath) throws(GenesisRefusal) -> String {
        do throws(CBORRefusal) { return try reader.text() } catch { throw wrong(path, "a text") }
    }

    mutating func integer(_ path: GenesisPath) throws(GenesisRefusal) -> Int64 {
        do throws(CBORRefusal) { return try reader.integer() } catch { throw wrong(path, "a whole number") }
    }

    mutating func int(_ path: GenesisPath) throws(GenesisRefusal) -> Int { Int(try integer(path)) }

    mutating func bool(_ path: GenesisPath) throws(GenesisRefusal) -> Bool {
        do throws(CBORRefusal) { return try reader.bool() } catch { throw wrong(path, "true or false") }
    }

    mutating func date(_ path: GenesisPath) throws(GenesisRefusal) -> String {
        guard let date = CivilDate(dayNumber: try int(path)) else { throw wrong(path, "a day, 1970 to 2199") }
        return date.description
    }

    mutating func month(_ path: GenesisPath) throws(GenesisRefusal) -> String {
        guard let month = CivilMonth(monthNumber: try int(path)) else {
            throw wrong(path, "a month, 1970 to 2199")
        }
        return month.description
    }

    mutating func bytes(_ path: GenesisPath) throws(GenesisRefusal) -> [UInt8] {
        do throws(CBORRefusal) { return Array(try reader.bytes()) } catch { throw wrong(path, "a byte string") }
    }

    mutating func bytes32<Value: ThirtyTwoBytes>(_ path: GenesisPath) throws(GenesisRefusal) -> Value {
        do throws(CBORRefusal) { return try reader.bytes32() } catch { throw wrong(path, "32 bytes") }
    }

    /// A value, or `nil` where `null` stands.
    mutating func optional<Value>(
        _ read: (inout Self) throws(GenesisRefusal) -> Value
    ) throws(GenesisRefusal) -> Value? {
        if reader.skipNull() { return nil }
        return try read(&self)
    }

    /// A list of items.
    mutating func list<Item>(
        _ path: GenesisPath, _ read: (inout Self, GenesisPath) throws(GenesisRefusal) -> Item
    ) throws(GenesisRefusal) -> [Item] {
        let count: Int
        do throws(CBORRefusal) { count = try reader.array() } catch { throw wrong(path, "a list") }
        var items: [Item] = []
        for index in 0..<count { items.append(try read(&self, path.item(index))) }
        return items
    }

    /// The head of an array that stands for a record.
    mutating func record(_ count: Int, _ path: GenesisPath) throws(GenesisRefusal) {
        do throws(CBORRefusal) { try reader.array(count: count) } catch {
            throw wrong(path, "an array of \(count) items")
        }
    }

    private func unknown(_ key: CBORKey, _ path: GenesisPath) -> GenesisRefusal {
        switch key {
        case .integer(let number):
            GenesisRefusal(.unknownKey, path.key(Int(number), "\(number)"), "This key means nothing here.")
        case .text(let text): GenesisRefusal(.unknownKey, path, "The key \"\(text)\" means nothing here.")
        }
    }

    /// A map with keys `1...words.count`; `read` is called for each key that stands. Missing keys of
    /// `mandatory` refuse.
    mutating func map(
        _ path: GenesisPath, words: [String], optional: Set<Int>,
        _ read: (inout Self, Int, GenesisPath) throws(GenesisRefusal) -> Void
    ) throws(GenesisRefusal) {
        var cursor: CBORMapCursor
        do throws(CBORRefusal) { cursor = try reader.map() } catch { throw wrong(path, "a map") }
        var seen: Set<Int> = []
        while true {
            let key: CBORKey?
            do throws(CBORRefusal) { key = try reader.nextKey(of: &cursor) } catch { throw wrong(path, "a map") }
            guard let key else { break }
            guard case .integer(let number) = key, (1...Int64(words.count)).contains(number) else {
                throw unknown(key, path)
            }
            seen.insert(Int(number))
            try read(&self, Int(number), path.key(Int(number), words[Int(number) - 1]))
        }
        for number in 1...words.count where !seen.contains(number) && !optional.contains(number) {
            throw GenesisRefusal(.field, path.key(number, words[number - 1]), "This is missing.")
        }
    }
}
