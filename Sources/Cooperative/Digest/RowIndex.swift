// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The tables of the state. Spec: Protocol/state.md §2.
enum RowTable: UInt8, Sendable {
    case network = 1, member, founded, register, element, usage, statement, waiting, heartbeat
    case suspended, destroyed, decision, ballot, log, rules, supports, stance, cut, period, billing, decidedCount
}

extension RowTable {
    /// Whether all its rows, and only they, stand in the digest from their making on, with their words beside them.
    var isLarge: Bool {
        switch self {
        case .register, .element, .usage, .statement, .stance, .cut, .period, .billing, .decidedCount, .decision,
             .ballot: true
        case .network, .member, .founded, .waiting, .heartbeat, .suspended, .destroyed, .log, .rules, .supports: false
        }
    }
}

/// Names one row: its table and its number there.
struct RowReference: Hashable, Sendable {
    let packed: UInt32

    /// `number` is below 2^27.
    @inline(__always)
    init(_ table: RowTable, _ number: UInt32) {
        precondition(number < 1 << 27, "a table has fewer than 2^27 rows")
        packed = UInt32(table.rawValue) << 27 | number
    }

    var table: RowTable {
        guard let table = RowTable(rawValue: UInt8(packed >> 27)) else {
            preconditionFailure("only the initialiser packs")
        }
        return table
    }

    var number: UInt32 { packed & 0x07FF_FFFF }
}

/// Which rows stand in which part of the digest's tree: one bucket for each value of the first bits of a row's
/// position, twice as many buckets whenever the rows become too many for them. A changed row makes its bucket dirty;
/// only dirty buckets and the nodes above them are hashed again.
struct RowIndex: Sendable {
    /// The bits of a small state.
    static let fewestBits = 8
    /// The bits of the largest: a row keeps no more than thirty-two of its position.
    static let mostBits = 24
    /// The mean of rows in a bucket above which there are twice as many buckets.
    static let rowsPerBucket = 32

    let bits: Int
    private(set) var buckets: ContiguousArray<ContiguousArray<RowReference>>
    private var rowCount = 0
    private var nodes: DigestNodes
    private var isDirty: ContiguousArray<Bool>
    private var dirty: [Int] = []

    init(bits: Int = fewestBits) {
        self.bits = bits
        buckets = ContiguousArray(repeating: [], count: 1 << bits)
        nodes = DigestNodes(bits: bits)
        isDirty = ContiguousArray(repeating: false, count: 1 << bits)
    }

    @inline(__always)
    private func bucket(_ word: UInt64) -> Int { Int(word >> (64 - UInt64(bits))) }

    /// Notes that a row at a position that begins with `word` changed.
    @inline(__always)
    mutating func touch(_ word: UInt64) { touch(bucket: bucket(word)) }

    @inline(__always)
    private mutating func touch(bucket: Int) {
        guard !isDirty[bucket] else { return }
        isDirty[bucket] = true
        dirty.append(bucket)
    }

    /// Adds a row.
    mutating func add(_ row: RowReference, at word: UInt64) {
        restore(row, at: word)
        touch(word)
    }

    /// Makes room for rows at these positions.
    mutating func reserve(for words: some Sequence<UInt64>) {
        var counts = ContiguousArray<UInt32>(repeating: 0, count: buckets.count)
        for word in words { counts[bucket(word)] += 1 }
        for (bucket, count) in counts.enumerated() where count > 0 {
            buckets[bucket].reserveCapacity(buckets[bucket].count + Int(count))
        }
    }

    /// Adds a row whose bucket's hash is known already.
    mutating func restore(_ row: RowReference, at word: UInt64) {
        buckets[bucket(word)].append(row)
        rowCount += 1
    }

    /// Takes a row out.
    mutating func remove(_ row: RowReference, at word: UInt64) {
        let bucket = bucket(word)
        let before = buckets[bucket].count
        buckets[bucket].removeAll { $0 == row }
        rowCount -= before - buckets[bucket].count
        touch(bucket: bucket)
    }

    /// The bits that so many rows ask for, at least those of now: rows seldom go.
    var fittingBits: Int {
        var fitting = bits
        while fitting < Self.mostBits, rowCount > Self.rowsPerBucket << fitting { fitting += 1 }
        return fitting
    }

    /// Has every bucket hashed again.
    mutating func touchAll() { for bucket in buckets.indices { touch(bucket: bucket) } }

    /// The numbers of the dirty buckets, ascending; all are clean then.
    mutating func takeDirty() -> [Int] {
        let taken = dirty.sorted()
        for bucket in taken { isDirty[bucket] = false }
        dirty = []
        return taken
    }

    /// Keeps the hash of a bucket as if it were the whole tree from its depth on.
    mutating func settle(_ bucket: Int, _ hash: Hash) {
        nodes.set(bucket, DigestNodes.Node(hash: hash, rowCount: buckets[bucket].count))
    }

    /// The hash of a bucket.
    func hash(of bucket: Int) -> Hash { nodes.leaf(bucket).hash }

    /// Hashes the nodes above these buckets, ascending, again.
    mutating func join(_ changed: some Collection<Int>, _ hashing: any Hashing) { nodes.join(changed, hashing) }

    /// The hash of the whole tree.
    var root: Hash { nodes.root }
}
