// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Entries in a row, each as u16 big-endian length ‖ bytes: the entry bundle of tlog-tiles, which is also how
/// blobs and tail rows lie in the database. Spec: Protocol/storage.md §4.
enum EntryBundle {
    static func append(_ entry: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        precondition(entry.count <= Int(UInt16.max), "an entry fits its length")
        bytes.append(UInt8(truncatingIfNeeded: entry.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: entry.count))
        bytes.append(contentsOf: entry)
    }

    /// Appends the entries at `positions` of a batch.
    static func append(_ batch: EntryBatch, _ positions: Range<Int>, to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + batch.ranges[positions].reduce(0) { $0 + $1.count + 2 })
        for position in positions { append(batch[position], to: &bytes) }
    }

    /// Where each entry stands; `nil` when the bytes end in the middle of one.
    static func ranges(_ bytes: [UInt8]) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var offset = 0
        while offset < bytes.count {
            guard offset + 2 <= bytes.count else { return nil }
            let end = offset + 2 + (Int(bytes[offset]) << 8 | Int(bytes[offset + 1]))
            guard end <= bytes.count else { return nil }
            ranges.append(offset + 2..<end)
            offset = end
        }
        return ranges
    }

    /// Where the entry at `position` stands; `nil` when there are fewer.
    static func range(of position: Int, in bytes: [UInt8]) -> Range<Int>? {
        var offset = 0
        for _ in 0..<position {
            guard offset + 2 <= bytes.count else { return nil }
            offset += 2 + (Int(bytes[offset]) << 8 | Int(bytes[offset + 1]))
        }
        guard offset + 2 <= bytes.count else { return nil }
        let end = offset + 2 + (Int(bytes[offset]) << 8 | Int(bytes[offset + 1]))
        return end <= bytes.count ? offset + 2..<end : nil
    }
}

/// Hashes joined to one column.
enum HashList {
    static func encode(_ hashes: [Hash]) -> [UInt8] { hashes.flatMap { $0.bytes } }

    static func decode(_ bytes: [UInt8]) -> [Hash]? {
        guard bytes.count.isMultiple(of: Hash.byteCount) else { return nil }
        return stride(from: 0, to: bytes.count, by: Hash.byteCount).compactMap { start in
            Hash(bytes[start..<start + Hash.byteCount])
        }
    }
}
