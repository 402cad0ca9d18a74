// SPDX-License-Identifier: EUPL-1.2

/// Two signed heads of one log that cannot both be true; a claim until `check` has convicted.
/// Spec: Protocol/log.md §6.
public struct ForkEvidence: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The head of the smaller size, or of the smaller root at one size.
    public let first: SignedHead
    /// The other head.
    public let second: SignedHead
    /// The consistency proof between the sizes; empty at one size.
    public let hashes: [Hash]

    /// From two heads of one size; put in order here. `nil` when size or root do not say a fork.
    public init?(log: LogID, sameSize left: SignedHead, _ right: SignedHead) {
        guard left.size == right.size, left.root != right.root else { return nil }
        let isOrdered = left.root < right.root
        self.init(log: log, first: isOrdered ? left : right, second: isOrdered ? right : left, hashes: [])
    }

    /// From an older head and a proof that the newer one's tree holds something else there. `nil` when the
    /// sizes do not fit or the proof is too long.
    public init?(log: LogID, older: SignedHead, newer: SignedHead, proof: ConsistencyProof) {
        guard older.size >= 1, older.size < newer.size, proof.old == older.size, proof.new == newer.size,
              proof.hashes.count <= Limits.proofHashes
        else { return nil }
        self.init(log: log, first: older, second: newer, hashes: proof.hashes)
    }

    private init(log: LogID, first: SignedHead, second: SignedHead, hashes: [Hash]) {
        self.log = log
        self.first = first
        self.second = second
        self.hashes = hashes
    }

    /// The canonical bytes.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 320 + hashes.count * 34)
        writer.map(count: 4)
        writer.integer(1); writer.bytes(log)
        writer.integer(2); Self.write(first, to: &writer)
        writer.integer(3); Self.write(second, to: &writer)
        writer.integer(4); writer.array(count: hashes.count)
        for hash in hashes { writer.bytes(hash) }
        return writer.bytes
    }

    private static func write(_ signed: SignedHead, to writer: inout CBORWriter) {
        writer.array(count: 3)
        writer.integer(signed.size.count)
        writer.bytes(signed.root)
        writer.bytes(signed.signature)
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
            let count = try reader.array()
            guard count <= Limits.proofHashes else { throw .unexpectedItem }
            var hashes: [Hash] = []
            for _ in 0..<count { hashes.append(try reader.bytes32()) }
            guard try reader.nextKey(of: &map) == nil else { throw .unexpectedItem }
            try reader.end()
            return ForkEvidence(log: log, first: first, second: second, hashes: hashes)
        } catch { throw .shape }
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

    /// Convicts the log, or says why not.
    public func check(
        _ identity: LogIdentity, _ suite: some CipherSuite
    ) throws(EvidenceRefusal) -> ConvictedFork {
        guard first.size >= 1, second.size >= 1 else { throw .shape }
        if first.size == second.size {
            guard hashes.isEmpty else { throw .shape }
            guard first.root <= second.root else { throw .order }
        }
        guard first.size <= second.size else { throw .order }
        guard identity.log == log else { throw .logUnknown }
        guard first.verifies(identity, suite), second.verifies(identity, suite) else { throw .signature }
        if first.size == second.size {
            guard first.root != second.root else { throw .consistent }
        } else {
            let proof = ConsistencyProof(old: first.size, new: second.size, hashes: hashes)
            guard let roots = proof.roots(suite), roots.new == second.root else { throw .provesNothing }
            guard roots.old != first.root else { throw .consistent }
        }
        return ConvictedFork(evidence: self)
    }
}

/// Evidence that convicts; only `ForkEvidence.check` can make one.
public struct ConvictedFork: Hashable, Sendable {
    /// The evidence.
    public let evidence: ForkEvidence
    /// The log that forked.
    public var log: LogID { evidence.log }

    fileprivate init(evidence: ForkEvidence) { self.evidence = evidence }
}
