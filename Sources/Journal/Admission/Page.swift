// SPDX-License-Identifier: EUPL-1.2

/// Entries of a foreign log as a peer sends them; nothing of it is true yet. Spec: Protocol/log.md §4.
public struct Page: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The position of the first entry.
    public let from: EntryIndex
    /// The entries.
    public let entries: EntryBatch
    /// The size of the head under which the entries stand.
    public let headSize: LogSize
    /// The signature of that head.
    public let signature: Signature
    /// The roots that cover what lies between the last entry and the head; empty when the page reaches it.
    public let rightHandHashes: [Hash]

    /// Joins the parts of a page.
    public init(
        log: LogID, from: EntryIndex, entries: EntryBatch, headSize: LogSize, signature: Signature,
        rightHandHashes: [Hash]
    ) {
        self.log = log
        self.from = from
        self.entries = entries
        self.headSize = headSize
        self.signature = signature
        self.rightHandHashes = rightHandHashes
    }

    /// The same page with what stands at or above `size` told by its hashes alone, as a sender would have cut it
    /// there. `nil` where none of its entries is left. The entries' number and `from` do not overflow.
    /// Spec: Protocol/log.md §4.
    public func cut(at size: LogSize, _ hashing: some Hashing) -> Page? {
        let kept = size.count - from.position
        if kept >= entries.count { return self }
        guard kept > 0 else { return nil }
        let stop = LogSize(known: from.position + entries.count)
        var parts = entries.dropFirst(kept).leafHashes(hashing).enumerated().map { offset, leaf in
            (subtree: Subtree(level: 0, index: size.count + offset), hash: leaf)
        }
        let cover = headSize >= stop ? Subtree.cover(stop, to: headSize) : []
        guard cover.count == rightHandHashes.count else { return self }
        parts += zip(cover, rightHandHashes).map { (subtree: $0, hash: $1) }
        var joined: [(subtree: Subtree, hash: Hash)] = []
        for part in parts {
            joined.append(part)
            while let right = joined.last, let left = joined.dropLast().last,
                  left.subtree.level == right.subtree.level, left.subtree.index.isMultiple(of: 2) {
                joined.removeLast(2)
                let whole = Subtree(level: left.subtree.level + 1, index: left.subtree.index / 2)
                joined.append((whole, hashing.nodeHash(left.hash, right.hash)))
            }
        }
        return Page(
            log: log, from: from, entries: entries.prefix(kept), headSize: headSize, signature: signature,
            rightHandHashes: joined.map(\.hash))
    }

    /// Writes `[log id, from, head size, head signature, entries, right-hand hashes]`. `logNumber`, where both
    /// sides know one, stands for the id. Spec: Protocol/exchange.md §1.
    public func write(to writer: inout CBORWriter, logNumber: Int? = nil) {
        writer.array(count: 6)
        if let logNumber { writer.integer(logNumber) } else { writer.bytes(log) }
        writer.integer(from.position)
        writer.integer(headSize.count)
        writer.bytes(signature)
        writer.array(count: entries.count)
        for position in 0..<entries.count { writer.bytes(entries[position]) }
        writer.array(count: rightHandHashes.count)
        for hash in rightHandHashes { writer.bytes(hash) }
    }

    /// The length of the page as it is written with the log's id.
    public var encodedByteCount: Int {
        let lists = CBORWriter.headByteCount(entries.count) + CBORWriter.headByteCount(rightHandHashes.count)
        let entryBytes = entries.ranges.reduce(0) { $0 + CBORWriter.headByteCount($1.count) + $1.count }
        return 1 + 34 + CBORWriter.headByteCount(from.position) + CBORWriter.headByteCount(headSize.count)
            + 66 + lists + entryBytes + 34 * rightHandHashes.count
    }
}

/// Why a page is refused as a whole. Spec: Protocol/log.md §4.
public enum PageRefusal: Error, Equatable, Sendable {
    /// Nobody authorised the log.
    case logNotAuthorised
    /// The page begins beyond what is held.
    case gap(held: LogSize, from: EntryIndex)
    /// The entry at `position` of the page is none.
    case entry(position: Int, EntryRefusal)
    /// The entry at index 0 is not that of the log.
    case entryZeroMismatch
    /// The right edge, the entries and the right-hand hashes do not give a root that the log signed.
    case headSignature
    /// Nothing new is brought and nothing new is proved.
    case empty
    /// More bytes of entries than a page may have.
    case oversize(bytes: Int)
    /// The number of right-hand hashes does not fit the sizes.
    case hashes
    /// As much of the log is held above its last epoch as may be. Protocol/limits.md.
    case logFull(bytesLimit: Int)

    /// The reason as it is written on the wire and in the vectors.
    public var reason: String {
        switch self {
        case .logNotAuthorised: "log-not-authorised"
        case .gap: "page-gap"
        case .entry(_, let refusal): refusal.reason
        case .entryZeroMismatch: "entry0-mismatch"
        case .headSignature: "head-signature"
        case .empty: "page-empty"
        case .oversize: "page-oversize"
        case .hashes: "page-hashes"
        case .logFull: "log-full"
        }
    }
}
