// SPDX-License-Identifier: EUPL-1.2

/// Entries in a row as they lie in one buffer, such as the body of a message: no copy per entry.
/// They are bytes, not yet checked.
public struct EntryBatch: Hashable, Sendable {
    /// The buffer, which may hold other bytes between the entries.
    public let buffer: [UInt8]
    /// Where each entry stands in `buffer`, in the order of the log.
    public let ranges: [Range<Int>]

    /// `nil` unless every range lies within the buffer.
    public init?(buffer: [UInt8], ranges: [Range<Int>]) {
        guard ranges.allSatisfy({ $0.lowerBound >= 0 && $0.upperBound <= buffer.count }) else { return nil }
        self.buffer = buffer
        self.ranges = ranges
    }

    /// Joins entries into one buffer.
    public init(_ entries: [[UInt8]]) {
        var buffer: [UInt8] = []
        var ranges: [Range<Int>] = []
        buffer.reserveCapacity(entries.reduce(0) { $0 + $1.count })
        ranges.reserveCapacity(entries.count)
        for entry in entries {
            ranges.append(buffer.count..<buffer.count + entry.count)
            buffer.append(contentsOf: entry)
        }
        self.buffer = buffer
        self.ranges = ranges
    }

    /// No entries.
    public static let empty = EntryBatch([])

    /// How many entries.
    public var count: Int { ranges.count }

    /// Whether there is no entry.
    public var isEmpty: Bool { ranges.isEmpty }

    /// The bytes of the entry at `position` of this batch.
    public subscript(position: Int) -> ArraySlice<UInt8> { buffer[ranges[position]] }

    /// The sum of the entries' bytes.
    public var byteCount: Int { ranges.reduce(0) { $0 + $1.count } }

    /// The entries from `position` of this batch, over the same buffer.
    public func dropFirst(_ position: Int) -> EntryBatch {
        EntryBatch(sharing: buffer, ranges: Array(ranges.dropFirst(position)))
    }

    /// The entries before a position, sharing the bytes.
    public func prefix(_ count: Int) -> EntryBatch {
        EntryBatch(sharing: buffer, ranges: Array(ranges.prefix(count)))
    }

    private init(sharing buffer: [UInt8], ranges: [Range<Int>]) {
        self.buffer = buffer
        self.ranges = ranges
    }

    /// Demands that each is an entry; the first that is not is named.
    func check() throws(PageRefusal) {
        for (position, range) in ranges.enumerated() {
            try buffer.withUnsafeBufferPointer { memory throws(PageRefusal) in
                do throws(EntryRefusal) {
                    guard let base = memory.baseAddress else { throw .notCanonical(.truncated) }
                    _ = try EntryLayout.check(base, in: range)
                } catch { throw .entry(position: position, error) }
            }
        }
    }

    /// The leaf hash of each entry.
    public func leafHashes(_ hashing: some Hashing) -> [Hash] {
        buffer.withUnsafeBytes { hashing.leafHashes(in: $0, at: ranges[...]) }
    }
}
