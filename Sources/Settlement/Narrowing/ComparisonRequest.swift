// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One request of a comparison. Every one says again what is compared, so the answering side keeps nothing about the
/// asker. Spec: Protocol/comparison.md §5.
public struct ComparisonRequest: Hashable, Sendable {
    /// What is asked.
    enum Question: Hashable {
        /// Root, leaves, and sums of leaves.
        case open
        /// The sums of the parts of ranges.
        case sums(RangeList, bits: Int)
        /// The second halves of the codes in ranges.
        case codes(RangeList)
        /// Records in plain words, for those of the asker's own.
        case records(WantedCodes?, own: [DisclosedRecord])
    }

    static let version: Int64 = 1
    /// What is compared.
    public let scope: ComparisonScope
    /// What the asker has.
    public let own: RecordRoot
    /// The root that the asker takes the other side to have; `nil` where it does not know yet.
    public let other: Hash?
    let question: Question

    /// Whether this is the first request of a comparison.
    public var isOpening: Bool { question == .open }

    /// The one spelling of the request.
    public func encode(_ parties: ComparisonParties) -> [UInt8] {
        var writer = CBORWriter(capacity: 4_096)
        let fields = switch question {
        case .open: 0
        case .sums: 3
        case .codes: 2
        case .records(let wanted, let own): (wanted == nil ? 0 : 3) + (own.isEmpty ? 0 : 3)
        }
        writer.map(count: 6 + (other == nil ? 0 : 1) + fields)
        writer.integer(1); writer.integer(Self.version)
        writer.integer(2); writer.integer(Int(scope.month.monthNumber))
        writer.integer(3); writer.integer(scope.basis.rawValue)
        writer.integer(4); writer.bytes(own.root)
        writer.integer(5); writer.integer(own.records)
        if let other { writer.integer(6); writer.bytes(other) }
        writer.integer(7)
        switch question {
        case .open: writer.integer(0)
        case .sums(let ranges, let bits):
            writer.integer(1)
            writer.integer(8); writer.integer(ranges.level)
            writer.integer(9); writer.integer(bits)
            writer.integer(10); writer.bytes(ranges.packed)
        case .codes(let ranges):
            writer.integer(2)
            writer.integer(8); writer.integer(ranges.level)
            writer.integer(10); writer.bytes(ranges.packed)
        case .records(let wanted, let own):
            writer.integer(3)
            if let wanted {
                writer.integer(8); writer.integer(wanted.ranges.level)
                writer.integer(10); writer.bytes(wanted.ranges.packed)
                writer.integer(11); writer.bytes(wanted.packed)
            }
            if !own.isEmpty { RecordRows.write(own, from: parties.asker, to: &writer, keys: (12, 13, 14)) }
        }
        return writer.bytes
    }

    /// Reads a body.
    public init(decoding body: [UInt8], _ parties: ComparisonParties) throws(ComparisonRefusal) {
        let fields = try ComparisonFields(body, sender: parties.asker, receiver: parties.answerer)
        guard let month = fields.month else { throw .field(2) }
        guard let basis = fields.basis else { throw .field(3) }
        guard let root = fields.root else { throw .field(4) }
        guard let records = fields.records else { throw .field(5) }
        scope = ComparisonScope(month, basis)
        own = RecordRoot(root, records: records)
        other = fields.other
        switch fields.question {
        case 0: question = .open
        case 1:
            guard let bits = fields.bits else { throw .field(9) }
            let ranges = try fields.rangeList()
            guard ranges.level + bits <= Limits.finestLevel else { throw .field(9) }
            guard ranges.prefixes.count << bits <= Limits.comparedSums else { throw .field(10) }
            question = .sums(ranges, bits: bits)
        case 2: question = .codes(try fields.rangeList())
        case 3:
            let rows = fields.rows ?? []
            guard fields.level != nil else {
                guard !rows.isEmpty else { throw .field(14) }
                question = .records(nil, own: rows)
                break
            }
            guard let wanted = WantedCodes(try fields.rangeList(), packed: fields.wanted ?? []) else {
                throw .field(11)
            }
            question = .records(wanted, own: rows)
        default: throw .field(7)
        }
    }

    init(scope: ComparisonScope, own: RecordRoot, other: Hash?, question: Question) {
        self.scope = scope
        self.own = own
        self.other = other
        self.question = question
    }
}

/// Codes of which one side wants the records: in each range the second halves, ascending.
struct WantedCodes: Hashable, Sendable {
    let ranges: RangeList
    let lows: [[UInt64]]

    var count: Int { lows.reduce(0) { $0 + $1.count } }

    /// Per range their number and the halves.
    var packed: [UInt8] {
        var bytes: [UInt8] = []
        for group in lows {
            Varints.append(UInt64(group.count), to: &bytes)
            for low in group { PackedBytes.append(word: low, to: &bytes) }
        }
        return bytes
    }

    init(ranges: RangeList, lows: [[UInt64]]) {
        self.ranges = ranges
        self.lows = lows
    }

    /// `nil` unless every range has ascending halves and all together are 1 to `Limits.disclosedRecords`.
    init?(_ ranges: RangeList, packed: [UInt8]) {
        var reader = PackedBytes(packed)
        var lows: [[UInt64]] = []
        var total = 0
        for _ in ranges.prefixes {
            guard let count = reader.varint(), count > 0, count <= Limits.disclosedRecords else { return nil }
            total += Int(count)
            guard total <= Limits.disclosedRecords else { return nil }
            var group: [UInt64] = []
            for _ in 0..<count {
                guard let low = reader.word(), group.last.map({ $0 < low }) ?? true else { return nil }
                group.append(low)
            }
            lows.append(group)
        }
        guard reader.isAtEnd else { return nil }
        self.init(ranges: ranges, lows: lows)
    }
}
