// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The map that a request or answer is, its values read by type and judged one by one; which of them have to be there
/// is for the message. Keys 1 to 63 that are not known are passed over. Spec: Protocol/comparison.md §5.
struct ComparisonFields {
    private(set) var month: CivilMonth?
    private(set) var basis: ComparisonBasis?
    private(set) var root: Hash?
    private(set) var records: Int?
    private(set) var other: Hash?
    private(set) var question: Int?
    private(set) var level: Int?
    private(set) var bits: Int?
    private(set) var ranges: [UInt8]?
    private(set) var wanted: [UInt8]?
    private(set) var rows: [DisclosedRecord]?
    private(set) var leaves: [Hash]?
    private(set) var sums: [UInt64]?
    private(set) var codes: [UInt8]?
    private(set) var neighbours: [ComparisonAnswer.Neighbour] = []
    private var applications: [String] = []
    private var classes: [String] = []
    private let isAnswer: Bool
    private let sender: OIN
    private let receiver: OIN

    init(_ body: [UInt8], sender: OIN, receiver: OIN, month: CivilMonth? = nil) throws(ComparisonRefusal) {
        self.sender = sender
        self.receiver = receiver
        self.month = month
        isAnswer = month != nil
        guard body.count <= Limits.comparisonBodyBytes else { throw .oversize(bytes: body.count) }
        var reader = CBORReader(body)
        var map: CBORMapCursor
        do throws(CBORRefusal) {
            try CBORReader.check(body)
            map = try reader.map()
        } catch { throw .notCanonical(error) }
        var hasVersion = false
        while let next = try Self.nextKey(&reader, &map) {
            guard case .integer(let number) = next, (1...63).contains(number) else { throw .field(0) }
            let key = Int(number)
            if key == 1 {
                guard reader.isNextInteger, let version = try? reader.integer() else { throw .field(1) }
                guard version == ComparisonRequest.version else { throw .version(version) }
                hasVersion = true
                continue
            }
            guard hasVersion else { throw .field(1) }
            do throws(CBORRefusal) {
                guard try take(key, &reader) else { throw CBORRefusal.unexpectedItem }
            } catch { throw .field(key) }
        }
        guard hasVersion else { throw .field(1) }
    }

    /// The ranges of the message.
    func rangeList() throws(ComparisonRefusal) -> RangeList {
        guard let level else { throw .field(8) }
        guard let ranges, let list = RangeList(level: level, packed: ranges) else { throw .field(10) }
        return list
    }

    private static func nextKey(
        _ reader: inout CBORReader, _ map: inout CBORMapCursor
    ) throws(ComparisonRefusal) -> CBORKey? {
        do throws(CBORRefusal) { return try reader.nextKey(of: &map) } catch { throw .notCanonical(error) }
    }

    /// Reads one value; false where it has another shape.
    private mutating func take(_ key: Int, _ reader: inout CBORReader) throws(CBORRefusal) -> Bool {
        guard !(isAnswer ? Self.ofRequests : Self.ofAnswers).contains(key) else {
            try reader.skipItem(depth: 1)
            return true
        }
        switch key {
        case 2:
            month = CivilMonth(monthNumber: try reader.unsigned())
            return month != nil
        case 3: basis = ComparisonBasis(rawValue: try reader.integer(in: 0...1))
        case 4: root = try reader.bytes32()
        case 5: records = try reader.integer(in: 0...Limits.comparedRecords)
        case 6: other = try reader.bytes32()
        case 7: question = try reader.integer(in: 0...3)
        case 8: level = try reader.integer(in: 8...Limits.finestLevel)
        case 9: bits = try reader.integer(in: 1...8)
        case 10: ranges = Array(try reader.bytes())
        case 11: wanted = Array(try reader.bytes())
        case 12:
            guard let names = try SortedNames.read(&reader, bytes: Self.applicationBytes) else { return false }
            applications = names
        case 13:
            guard let names = try SortedNames.read(&reader, bytes: Self.classBytes) else { return false }
            classes = names
        case 14:
            guard let month else { return false }
            rows = try RecordRows.read(
                &reader, applications: applications, classes: classes, month: month, sender: sender,
                receiver: receiver)
            return rows != nil
        case 15:
            let bytes = Array(try reader.bytes())
            guard bytes.count == CodedRecords.leafCount * Hash.byteCount else { return false }
            leaves = (0..<CodedRecords.leafCount).compactMap { Hash(bytes[$0 * 32..<$0 * 32 + 32]) }
        case 16: return try takeSums(&reader)
        case 17: codes = Array(try reader.bytes())
        case 18: return try takeNeighbours(&reader)
        default: try reader.skipItem(depth: 1)
        }
        return true
    }

    private mutating func takeSums(_ reader: inout CBORReader) throws(CBORRefusal) -> Bool {
        let bytes = Array(try reader.bytes())
        guard bytes.count % 8 == 0 else { return false }
        var packed = PackedBytes(bytes)
        var sums: [UInt64] = []
        sums.reserveCapacity(bytes.count / 8)
        while let word = packed.word() { sums.append(word) }
        self.sums = sums
        return true
    }

    private mutating func takeNeighbours(_ reader: inout CBORReader) throws(CBORRefusal) -> Bool {
        let count = try reader.array()
        guard count <= Limits.disclosedRecords else { return false }
        for _ in 0..<count {
            try reader.array(count: 2)
            let row = try reader.unsigned()
            guard let day = CivilDate(dayNumber: try reader.unsigned()) else { return false }
            if let last = neighbours.last, last.row >= row { return false }
            neighbours.append(ComparisonAnswer.Neighbour(row: row, day: day))
        }
        return true
    }

    /// Keys that only a request, and that only an answer has.
    private static let ofRequests: Set<Int> = [2, 3, 6, 8, 9, 10, 11]
    private static let ofAnswers: Set<Int> = [15, 16, 17, 18]
    /// Bytes of an application's id and of a class, as metering-events.md has them.
    private static let applicationBytes = 73
    private static let classBytes = 32
}
