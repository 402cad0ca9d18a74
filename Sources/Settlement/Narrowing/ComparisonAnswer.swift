// SPDX-License-Identifier: EUPL-1.2
import Journal

/// One answer of a comparison. Spec: Protocol/comparison.md §5.
struct ComparisonAnswer: Hashable, Sendable {
    enum Content: Hashable {
        /// The asker has the same root.
        case equal
        case opened(leaves: [Hash], sums: [UInt64])
        /// The sums of all parts but the last of each range.
        case sums([UInt64])
        /// Of the first so many ranges, their codes.
        case codes([[ListedCode]])
        case records([DisclosedRecord], neighbours: [Neighbour])
    }

    /// A second half of a code, and how often the code stands.
    struct ListedCode: Hashable {
        let low: UInt64
        let occurrences: Int
    }

    /// The answering side has a record of the match key on a day beside the month.
    struct Neighbour: Hashable {
        /// Which row of the request.
        let row: Int
        let day: CivilDate
    }

    let own: RecordRoot
    let content: Content

    func encode(_ parties: ComparisonParties) -> [UInt8] {
        var writer = CBORWriter(capacity: 16_384)
        let (number, fields) = switch content {
        case .equal: (0, 0)
        case .opened: (0, 2)
        case .sums: (1, 1)
        case .codes: (2, 1)
        case .records(let rows, let neighbours): (3, (rows.isEmpty ? 0 : 3) + (neighbours.isEmpty ? 0 : 1))
        }
        writer.map(count: 4 + fields)
        writer.integer(1); writer.integer(ComparisonRequest.version)
        writer.integer(4); writer.bytes(own.root)
        writer.integer(5); writer.integer(own.records)
        writer.integer(7); writer.integer(number)
        switch content {
        case .equal: break
        case .opened(let leaves, let sums):
            writer.integer(15); writer.bytes(leaves.flatMap(\.bytes))
            writer.integer(16); writer.bytes(Self.packed(sums))
        case .sums(let sums): writer.integer(16); writer.bytes(Self.packed(sums))
        case .codes(let lists): writer.integer(17); writer.bytes(Self.packed(lists))
        case .records(let rows, let neighbours):
            if !rows.isEmpty { RecordRows.write(rows, from: parties.answerer, to: &writer, keys: (12, 13, 14)) }
            guard !neighbours.isEmpty else { break }
            writer.integer(18)
            writer.array(count: neighbours.count)
            for neighbour in neighbours {
                writer.array(count: 2)
                writer.integer(neighbour.row)
                writer.integer(Int(neighbour.day.dayNumber))
            }
        }
        return writer.bytes
    }

    /// Reads a body of a month that was asked about.
    init(decoding body: [UInt8], month: CivilMonth, _ parties: ComparisonParties) throws(ComparisonRefusal) {
        let fields = try ComparisonFields(
            body, sender: parties.answerer, receiver: parties.asker, month: month)
        guard let root = fields.root else { throw .field(4) }
        guard let records = fields.records else { throw .field(5) }
        own = RecordRoot(root, records: records)
        switch fields.question {
        case 0:
            guard let leaves = fields.leaves else {
                guard fields.sums == nil else { throw .field(15) }
                content = .equal
                break
            }
            guard let sums = fields.sums, sums.count == CodedRecords.leafCount else { throw .field(16) }
            content = .opened(leaves: leaves, sums: sums)
        case 1:
            guard let sums = fields.sums else { throw .field(16) }
            content = .sums(sums)
        case 2:
            guard let packed = fields.codes, let lists = Self.lists(packed) else { throw .field(17) }
            content = .codes(lists)
        case 3: content = .records(fields.rows ?? [], neighbours: fields.neighbours)
        default: throw .field(7)
        }
    }

    init(own: RecordRoot, content: Content) {
        self.own = own
        self.content = content
    }

    private static func packed(_ sums: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(sums.count * 8)
        for sum in sums { PackedBytes.append(word: sum, to: &bytes) }
        return bytes
    }

    /// Per range the number of codes, then each half with its occurrences.
    static func packed(_ lists: [[ListedCode]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for list in lists {
            Varints.append(UInt64(list.count), to: &bytes)
            for code in list {
                PackedBytes.append(word: code.low, to: &bytes)
                Varints.append(UInt64(code.occurrences), to: &bytes)
            }
        }
        return bytes
    }

    private static func lists(_ packed: [UInt8]) -> [[ListedCode]]? {
        var reader = PackedBytes(packed)
        var lists: [[ListedCode]] = []
        var total = 0
        while !reader.isAtEnd {
            guard let count = reader.varint(), lists.count < Limits.comparedRanges,
                  count <= UInt64(Limits.listedCodes - total)
            else { return nil }
            total += Int(count)
            var list: [ListedCode] = []
            for _ in 0..<count {
                guard let low = reader.word(), let occurrences = reader.varint(),
                      (1...UInt64(Limits.comparedRecords)).contains(occurrences),
                      list.last.map({ $0.low < low }) ?? true
                else { return nil }
                list.append(ListedCode(low: low, occurrences: Int(occurrences)))
            }
            lists.append(list)
        }
        return lists.isEmpty ? nil : lists
    }
}
