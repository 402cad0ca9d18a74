// SPDX-License-Identifier: EUPL-1.2

/// Up to 256 entries as an exported log stores them: each after its length in two bytes, big endian
/// (c2sp.org/tlog-tiles). Spec: Protocol/log.md §5.
public enum EntryBundle {
    /// The bytes of a bundle; every entry is at most 65,535 bytes.
    public static func encode(_ entries: some Sequence<ArraySlice<UInt8>>) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            precondition(entry.count <= Limits.entryBytes)
            bytes.append(UInt8(entry.count >> 8))
            bytes.append(UInt8(entry.count & 255))
            bytes.append(contentsOf: entry)
        }
        return bytes
    }

    /// The entries of a bundle, over the same buffer; `nil` when a length does not fit or there are more
    /// than 256.
    public static func decode(_ bytes: [UInt8]) -> EntryBatch? {
        var ranges: [Range<Int>] = []
        var position = 0
        while position < bytes.count {
            guard bytes.count - position >= 2, ranges.count < TilePath.fullWidth else { return nil }
            let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
            position += 2
            guard bytes.count - position >= length else { return nil }
            ranges.append(position..<position + length)
            position += length
        }
        return EntryBatch(buffer: bytes, ranges: ranges)
    }
}
