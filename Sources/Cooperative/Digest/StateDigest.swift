// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The root of the Merkle tree over all rows of the state. Equal digests mean equal states.
/// Spec: Protocol/state.md §3.
public enum StateDigest {
    /// The hash of a tree without rows: 32 zero bytes.
    public static let empty = Hash(Bytes32((0, 0, 0, 0)))

    /// The digest of rows as canonical bytes `[table, key, value]`, computed the long way, as the
    /// specification words it. It is what the incremental digest is held against.
    public static func ofRows(_ rows: [[UInt8]], _ hashing: some Hashing) -> Hash {
        let placed = rows.map { Placed(position: position(ofRow: $0, hashing), row: $0) }
        return node(placed[...].sorted { $0.position < $1.position }[...], depth: 0, hashing)
    }

    /// `H([table, key])` of a row.
    public static func position(ofRow row: [UInt8], _ hashing: some Hashing) -> Hash {
        let key = row.withUnsafeBytes { memory -> [UInt8] in
            guard let base = memory.bindMemory(to: UInt8.self).baseAddress else { return [] }
            var cursor = BodyCursor(base, in: 0..<memory.count)
            guard cursor.array() == 3, let table = cursor.item(), let key = cursor.item() else {
                preconditionFailure("a row is [table, key, value]")
            }
            return [0x82] + Array(table) + Array(key)
        }
        return hashing.hash(key)
    }

    private struct Placed {
        let position: Hash
        let row: [UInt8]
    }

    private static func node(_ rows: ArraySlice<Placed>, depth: Int, _ hashing: some Hashing) -> Hash {
        guard let first = rows.first else { return empty }
        if rows.count == 1 { return hashing.leafHash(first.row) }
        let split = rows.firstIndex { $0.position.value.bit(depth) } ?? rows.endIndex
        return hashing.nodeHash(
            node(rows[..<split], depth: depth + 1, hashing), node(rows[split...], depth: depth + 1, hashing))
    }
}

/// One row of a bucket: its position, cut to the first 64 bits.
struct DigestLeaf {
    let word: UInt64
    let row: RowReference
}

/// The incremental side: hashes dirty buckets again and joins all.
struct DigestTree {
    let hashing: any Hashing

    /// The hash of sorted rows from `depth` on. `position` gives whole positions where 64 bits do not tell rows
    /// apart.
    func node(
        _ rows: ArraySlice<DigestLeaf>, depth: Int, rowHash: (RowReference) -> Hash,
        position: (RowReference) -> Hash
    ) -> Hash {
        guard let first = rows.first else { return StateDigest.empty }
        if rows.count == 1 { return rowHash(first.row) }
        if depth >= 64 { return deepNode(rows, depth: depth, rowHash: rowHash, position: position) }
        let split = rows.firstIndex { $0.word >> UInt64(63 - depth) & 1 == 1 } ?? rows.endIndex
        return hashing.nodeHash(
            node(rows[..<split], depth: depth + 1, rowHash: rowHash, position: position),
            node(rows[split...], depth: depth + 1, rowHash: rowHash, position: position))
    }

    private func deepNode(
        _ rows: ArraySlice<DigestLeaf>, depth: Int, rowHash: (RowReference) -> Hash,
        position: (RowReference) -> Hash
    ) -> Hash {
        guard let first = rows.first else { return StateDigest.empty }
        if rows.count == 1 { return rowHash(first.row) }
        precondition(depth < 256, "two rows have one key")
        let right = rows.filter { position($0.row).value.bit(depth) }
        let left = rows.filter { !position($0.row).value.bit(depth) }
        return hashing.nodeHash(
            deepNode(left[...], depth: depth + 1, rowHash: rowHash, position: position),
            deepNode(right[...], depth: depth + 1, rowHash: rowHash, position: position))
    }

    /// Joins the buckets to the root: an empty side is zero, a tree of one row is that row.
    func root(_ buckets: ContiguousArray<RowIndex.Bucket>) -> Hash {
        var level = buckets.map { (hash: $0.hash, rowCount: $0.rows.count) }
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { index in
                let (left, right) = (level[index], level[index + 1])
                let rowCount = left.rowCount + right.rowCount
                switch (rowCount, left.rowCount) {
                case (0, _): return (StateDigest.empty, 0)
                case (1, 1): return left
                case (1, _): return right
                default: return (hashing.nodeHash(left.hash, right.hash), rowCount)
                }
            }
        }
        return level[0].hash
    }
}
