// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The tables of the state. Spec: Protocol/state.md §2.
enum RowTable: UInt8, Sendable {
    case network = 1, member, founded, register, element, usage, statement, waiting, heartbeat
    case suspended, destroyed, decision, ballot, log, rules, supports, stance, cut, period
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

/// Which rows stand in which part of the digest's tree: one bucket for each value of the first twelve bits of
/// a row's position. A changed row makes its bucket dirty; only dirty buckets are hashed again.
struct RowIndex: Sendable {
    static let bucketBits = 12
    static let bucketCount = 1 << bucketBits

    /// What is known of one bucket: its hash as if it were the whole tree from its depth on, and its rows.
    struct Bucket: Sendable {
        var rows: ContiguousArray<RowReference> = []
        var hash = StateDigest.empty
    }

    private(set) var buckets = ContiguousArray(repeating: Bucket(), count: bucketCount)
    private var dirty = ContiguousArray(repeating: false, count: bucketCount)

    @inline(__always)
    static func bucket(_ word: UInt64) -> Int { Int(word >> (64 - UInt64(bucketBits))) }

    /// Notes that a row at a position that begins with `word` changed.
    @inline(__always)
    mutating func touch(_ word: UInt64) { dirty[Self.bucket(word)] = true }

    /// Adds a row.
    mutating func add(_ row: RowReference, at word: UInt64) {
        buckets[Self.bucket(word)].rows.append(row)
        touch(word)
    }

    /// Adds a row whose bucket's hash is known already.
    mutating func restore(_ row: RowReference, at word: UInt64) {
        buckets[Self.bucket(word)].rows.append(row)
    }

    /// Takes a row out.
    mutating func remove(_ row: RowReference, at word: UInt64) {
        buckets[Self.bucket(word)].rows.removeAll { $0 == row }
        touch(word)
    }

    /// The numbers of the dirty buckets, ascending.
    var dirtyBuckets: [Int] { dirty.indices.filter { dirty[$0] } }

    /// Has every bucket hashed again.
    mutating func touchAll() { for bucket in dirty.indices { dirty[bucket] = true } }

    /// Keeps the hash of a bucket, which is then clean.
    mutating func settle(_ bucket: Int, _ hash: Hash) {
        buckets[bucket].hash = hash
        dirty[bucket] = false
    }
}
