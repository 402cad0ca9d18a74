// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A record in plain words, as one party tells it the other because they differ about it.
/// Spec: Protocol/comparison.md §5.
public struct DisclosedRecord: Hashable, Sendable {
    /// The record.
    public let record: TransactionRecord
    /// How many more times the sender has it than the receiver.
    public let occurrences: Int
    /// From how many sources the sender has records of this match key.
    public let sources: Int

    /// Joins the parts.
    public init(_ record: TransactionRecord, occurrences: Int, sources: Int) {
        self.record = record
        self.occurrences = occurrences
        self.sources = sources
    }
}

/// A row as the message has it: names are positions in its two lists.
enum RecordRows {
    /// The three parts of a message that hold records: applications, classes, rows.
    static func write(
        _ records: [DisclosedRecord], from sender: OIN, to writer: inout CBORWriter, keys: (Int, Int, Int)
    ) {
        let applications = SortedNames(records.map(\.record.application))
        let classes = SortedNames(records.map(\.record.tariffClass))
        writer.integer(keys.0)
        applications.write(to: &writer)
        writer.integer(keys.1)
        classes.write(to: &writer)
        writer.integer(keys.2)
        writer.array(count: records.count)
        for row in records {
            let record = row.record
            writer.array(count: 8)
            writer.integer(record.provider == sender ? 0 : 1)
            writer.integer(applications.position(of: record.application))
            writer.integer(classes.position(of: record.tariffClass))
            writer.integer(record.day.day)
            if let uuid = MatchID.packed(record.matchID) { writer.bytes(uuid) } else { writer.text(record.matchID) }
            writer.integer(record.quantity)
            writer.integer(row.occurrences)
            writer.integer(row.sources)
        }
    }

    /// Reads rows; `nil` where one has another shape.
    static func read(
        _ reader: inout CBORReader, applications: [String], classes: [String], month: CivilMonth,
        sender: OIN, receiver: OIN
    ) throws(CBORRefusal) -> [DisclosedRecord]? {
        let count = try reader.array()
        guard count <= Limits.disclosedRecords else { return nil }
        var rows: [DisclosedRecord] = []
        rows.reserveCapacity(count)
        for _ in 0..<count {
            try reader.array(count: 8)
            let side = try reader.integer(in: 0...1)
            guard !applications.isEmpty, !classes.isEmpty else { return nil }
            let application = applications[try reader.integer(in: 0...applications.count - 1)]
            let tariffClass = classes[try reader.integer(in: 0...classes.count - 1)]
            let day = try reader.integer(in: 1...month.dayCount)
            guard let matchID = try MatchID.read(&reader), let date = month.firstDay.adding(days: day - 1)
            else { return nil }
            let quantity = try reader.integer(in: 1...Int.max)
            let occurrences = try reader.integer(in: 1...Int(Int32.max))
            let sources = try reader.integer(in: 1...Int(Int32.max))
            rows.append(DisclosedRecord(
                TransactionRecord(
                    provider: side == 0 ? sender : receiver, application: application, tariffClass: tariffClass,
                    day: date, matchID: matchID, quantity: Int64(quantity)),
                occurrences: occurrences, sources: sources))
        }
        return rows
    }
}

/// Names in order, each once.
struct SortedNames {
    let names: [String]
    private let positions: [String: Int]

    init(_ all: [String]) {
        names = Set(all).sorted { $0.bytesPrecede($1) }
        positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    func position(of name: String) -> Int {
        guard let position = positions[name] else { preconditionFailure("the names were made of these records") }
        return position
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: names.count)
        for name in names { writer.text(name) }
    }

    /// Reads names of 1 to `bytes` bytes in strict order; `nil` for others.
    static func read(_ reader: inout CBORReader, bytes: Int) throws(CBORRefusal) -> [String]? {
        let count = try reader.array()
        guard count <= Limits.disclosedRecords else { return nil }
        var names: [String] = []
        for _ in 0..<count {
            let name = try reader.text()
            guard (1...bytes).contains(name.utf8.count), names.last.map({ $0.bytesPrecede(name) }) ?? true
            else { return nil }
            names.append(name)
        }
        return names
    }
}

/// A match id on the wire: a UUID in lower case as sixteen bytes, other text as it is.
enum MatchID {
    static let byteLimit = 128
    private static let dashes = [8, 13, 18, 23]

    /// The two halves of a UUID in lower case; `nil` for any other text.
    private static func halves(_ text: String) -> (UInt64, UInt64)? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 36 else { return nil }
            var halves: (UInt64, UInt64) = (0, 0)
            var digits = 0
            for index in 0..<36 {
                let byte = bytes[index]
                switch index {
                case 8, 13, 18, 23:
                    guard byte == UInt8(ascii: "-") else { return nil }
                    continue
                default: break
                }
                let digit: UInt8
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
                default: return nil
                }
                if digits < 16 { halves.0 = halves.0 << 4 | UInt64(digit) } else {
                    halves.1 = halves.1 << 4 | UInt64(digit)
                }
                digits += 1
            }
            return halves
        }
    }

    /// The sixteen bytes of a UUID in lower case; `nil` for any other text.
    static func packed(_ text: String) -> [UInt8]? {
        guard let halves = halves(text) else { return nil }
        var bytes: [UInt8] = []
        PackedBytes.append(word: halves.0, to: &bytes)
        PackedBytes.append(word: halves.1, to: &bytes)
        return bytes
    }

    /// The milliseconds since 1970 of a UUID of version 7 (RFC 9562); `nil` for any other text.
    static func milliseconds(_ text: String) -> Int64? {
        guard let halves = halves(text), halves.0 >> 12 & 0xF == 7, halves.1 >> 62 == 2 else { return nil }
        return Int64(halves.0 >> 16)
    }

    /// The number in the first twelve digits of what may be a UUID in lower case.
    static func firstDigits(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 36 else { return nil }
            var number: Int64 = 0
            for index in 0..<13 where index != 8 {
                let byte = bytes[index]
                let digit = byte >= UInt8(ascii: "a") ? byte &- UInt8(ascii: "a") &+ 10 : byte &- UInt8(ascii: "0")
                guard digit < 16 else { return nil }
                number = number << 4 | Int64(digit)
            }
            return number
        }
    }

    static func read(_ reader: inout CBORReader) throws(CBORRefusal) -> String? {
        guard reader.isNextBytes else {
            let text = try reader.text()
            return (1...byteLimit).contains(text.utf8.count) && packed(text) == nil ? text : nil
        }
        let bytes = Array(try reader.bytes())
        guard bytes.count == 16 else { return nil }
        var text = Hexadecimal.encode(bytes)
        for offset in dashes { text.insert("-", at: text.index(text.startIndex, offsetBy: offset)) }
        return text
    }
}
