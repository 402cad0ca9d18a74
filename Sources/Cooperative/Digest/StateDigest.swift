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

/// One row of a bucket: its position, cut to the first bits that every row keeps.
struct DigestLeaf {
    static let bits = 32

    let word: UInt32
    let row: RowReference
}

/// The lower part of the digest's tree: the rows of one bucket.
struct DigestTree {
    let hashing: any Hashing

    /// The hash of sorted rows from `depth` on. `position` gives whole positions where the first bits do not tell rows
    /// apart.
    func node(
        _ rows: ArraySlice<DigestLeaf>, depth: Int, rowHash: (RowReference) -> Hash,
        position: (RowReference) -> Hash
    ) -> Hash {
        guard let first = rows.first else { return StateDigest.empty }
        if rows.count == 1 { return rowHash(first.row) }
        if depth >= DigestLeaf.bits { return deepNode(rows, depth: depth, rowHash: rowHash, position: position) }
        let shift = UInt32(DigestLeaf.bits - 1 - depth)
        let split = rows.firstIndex { $0.word >> shift & 1 == 1 } ?? rows.endIndex
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
}
