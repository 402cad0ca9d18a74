// SPDX-License-Identifier: EUPL-1.2

/// The bytes of evidence. Spec: Protocol/log.md §6.
extension ForkEvidence {
    /// The canonical bytes.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 420 + (hashes.count + (leaves?.secondHashes.count ?? 0)) * 34)
        writer.map(count: leaves == nil ? 4 : 8)
        writer.integer(1); writer.bytes(log)
        writer.integer(2); Self.write(first, to: &writer)
        writer.integer(3); Self.write(second, to: &writer)
        writer.integer(4); Self.write(hashes, to: &writer)
        if let leaves {
            writer.integer(5); writer.integer(leaves.index.position)
            writer.integer(6); writer.bytes(leaves.first)
            writer.integer(7); writer.bytes(leaves.second)
            writer.integer(8); Self.write(leaves.secondHashes, to: &writer)
        }
        return writer.bytes
    }

    private static func write(_ signed: SignedHead, to writer: inout CBORWriter) {
        writer.array(count: 3)
        writer.integer(signed.size.count)
        writer.bytes(signed.root)
        writer.bytes(signed.signature)
    }

    private static func write(_ hashes: [Hash], to writer: inout CBORWriter) {
        writer.array(count: hashes.count)
        for hash in hashes { writer.bytes(hash) }
    }

    /// Reads the canonical bytes; convicts nobody yet.
    public static func parse(_ bytes: [UInt8]) throws(EvidenceRefusal) -> ForkEvidence {
        guard bytes.count <= Limits.evidenceBytes else { throw .shape }
        var reader = CBORReader(bytes)
        do throws(CBORRefusal) {
            var map = try reader.map()
            try demand(1, &reader, &map)
            let log: LogID = try reader.bytes32()
            try demand(2, &reader, &map)
            let first = try signedHead(&reader)
            try demand(3, &reader, &map)
            let second = try signedHead(&reader)
            try demand(4, &reader, &map)
            let hashes = try hashes(&reader)
            let leaves = try differingLeaves(&reader, &map)
            try reader.end()
            return ForkEvidence(log: log, first: first, second: second, hashes: hashes, leaves: leaves)
        } catch { throw .shape }
    }

    /// Keys 5 to 8, all of them or none.
    private static func differingLeaves(
        _ reader: inout CBORReader, _ map: inout CBORMapCursor
    ) throws(CBORRefusal) -> DifferingLeaves? {
        guard let key = try reader.nextKey(of: &map) else { return nil }
        guard key == .integer(5) else { throw .unexpectedItem }
        let index = EntryIndex(known: try reader.unsigned())
        try demand(6, &reader, &map)
        let first: Hash = try reader.bytes32()
        try demand(7, &reader, &map)
        let second: Hash = try reader.bytes32()
        try demand(8, &reader, &map)
        let secondHashes = try hashes(&reader)
        guard try reader.nextKey(of: &map) == nil else { throw .unexpectedItem }
        return DifferingLeaves(index: index, first: first, second: second, secondHashes: secondHashes)
    }

    private static func demand(
        _ key: Int64, _ reader: inout CBORReader, _ map: inout CBORMapCursor
    ) throws(CBORRefusal) {
        guard try reader.nextKey(of: &map) == .integer(key) else { throw .unexpectedItem }
    }

    private static func signedHead(_ reader: inout CBORReader) throws(CBORRefusal) -> SignedHead {
        try reader.array(count: 3)
        let size = LogSize(known: try reader.unsigned())
        let root: Hash = try reader.bytes32()
        return SignedHead(Head(size: size, root: root), signature: try reader.signature())
    }

    private static func hashes(_ reader: inout CBORReader) throws(CBORRefusal) -> [Hash] {
        let count = try reader.array()
        guard count <= Limits.proofHashes else { throw .unexpectedItem }
        var hashes: [Hash] = []
        for _ in 0..<count { hashes.append(try reader.bytes32()) }
        return hashes
    }
}
