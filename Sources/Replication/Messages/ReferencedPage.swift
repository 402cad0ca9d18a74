// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A page as it arrived, its log still a reference: the entries are a part of the body, not a copy of it.
/// Spec: Protocol/exchange.md §1, Protocol/log.md §4.
public struct ReferencedPage: Hashable, Sendable {
    /// The log.
    public let log: LogReference
    /// Where the entries begin.
    public let from: EntryIndex
    /// The size of the head that signs them.
    public let headSize: LogSize
    /// The owner's signature over that head's text.
    public let headSignature: Signature
    /// The entries, as ranges of the received body.
    public let entries: EntryBatch
    /// The roots of what follows the entries, up to the head's size.
    public let rightHandHashes: [Hash]

    /// A page of `log`.
    public init(
        log: LogReference, from: EntryIndex, headSize: LogSize, headSignature: Signature,
        entries: EntryBatch, rightHandHashes: [Hash]
    ) {
        self.log = log
        self.from = from
        self.headSize = headSize
        self.headSignature = headSignature
        self.entries = entries
        self.rightHandHashes = rightHandHashes
    }

    /// The page for admission, once the log is known.
    public func page(of log: LogID) -> Page {
        Page(
            log: log, from: from, entries: entries, headSize: headSize, signature: headSignature,
            rightHandHashes: rightHandHashes)
    }

    init(from reader: inout CBORReader, of body: [UInt8]) throws(CBORRefusal) {
        try reader.array(count: 6)
        log = try LogReference(from: &reader)
        from = EntryIndex(known: try reader.unsigned())
        headSize = LogSize(known: try reader.integer(in: 1...Int.max))
        headSignature = try reader.signature()
        let count = try reader.array()
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(count)
        for _ in 0..<count {
            let entry = try reader.bytes()
            ranges.append(entry.startIndex..<entry.endIndex)
        }
        guard let batch = EntryBatch(buffer: body, ranges: ranges) else { throw .unexpectedItem }
        entries = batch
        var hashes: [Hash] = []
        for _ in 0..<(try reader.array()) { hashes.append(try reader.bytes32()) }
        rightHandHashes = hashes
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 6)
        log.write(to: &writer)
        writer.integer(from.position)
        writer.integer(headSize.count)
        writer.bytes(headSignature)
        writer.array(count: entries.count)
        for position in 0..<entries.count { writer.bytes(entries[position]) }
        writer.array(count: rightHandHashes.count)
        for hash in rightHandHashes { writer.bytes(hash) }
    }
}
