// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What members sign when they close an epoch. Spec: Protocol/genesis.md §3.
public struct EpochHeader: Hashable, Sendable {
    /// The network.
    public let network: NetworkID
    /// From 1.
    public let number: Int
    /// The hash of the header before; of epoch 0 the network's id.
    public let previous: Hash
    /// The root of the head vector.
    public let vectorRoot: Hash
    /// The civil date.
    public let date: CivilDate
    /// The rule version.
    public let ruleVersion: Int
    /// The state digest after the previous epoch.
    public let stateDigest: Hash

    /// Joins the parts. The number is not negative and the rule version at least 1.
    public init(
        network: NetworkID, number: Int, previous: Hash, vectorRoot: Hash, date: CivilDate, ruleVersion: Int,
        stateDigest: Hash
    ) {
        precondition(number >= 1 && ruleVersion >= 1, "epoch 0 has no header")
        self.network = network
        self.number = number
        self.previous = previous
        self.vectorRoot = vectorRoot
        self.date = date
        self.ruleVersion = ruleVersion
        self.stateDigest = stateDigest
    }

    /// The canonical bytes.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 192)
        writer.map(count: 7)
        writer.integer(1); writer.bytes(network)
        writer.integer(2); writer.integer(number)
        writer.integer(3); writer.bytes(previous)
        writer.integer(4); writer.bytes(vectorRoot)
        writer.integer(5); writer.integer(Int(date.dayNumber))
        writer.integer(6); writer.integer(ruleVersion)
        writer.integer(7); writer.bytes(stateDigest)
        return writer.bytes
    }

    /// `nil` unless the bytes are exactly those of a header.
    public init?(_ bytes: [UInt8]) {
        var reader = CBORReader(bytes)
        do throws(CBORRefusal) {
            var map = try reader.map()
            guard map.remaining == 7 else { return nil }
            func expect(_ key: Int64) throws(CBORRefusal) {
                guard try reader.nextKey(of: &map) == .integer(key) else { throw .unexpectedItem }
            }
            try expect(1); network = try reader.bytes32()
            try expect(2); number = try reader.integer(in: 1...Int.max)
            try expect(3); previous = try reader.bytes32()
            try expect(4); vectorRoot = try reader.bytes32()
            try expect(5)
            guard let date = CivilDate(dayNumber: try reader.unsigned()) else { return nil }
            self.date = date
            try expect(6); ruleVersion = try reader.integer(in: 1...Int.max)
            try expect(7); stateDigest = try reader.bytes32()
            try reader.end()
        } catch { return nil }
    }

    /// The hash of the epoch.
    public func hash(_ hashing: some Hashing) -> Hash { hashing.hash(encode()) }

    /// Whether a head vector that was received names each log once, in order of id.
    public static func isOrdered(_ heads: [CoveredHead]) -> Bool {
        zip(heads, heads.dropFirst()).allSatisfy { $0.log < $1.log }
    }

    /// The root of a head vector: the RFC 6962 root over `[log id, size, root]` in order of log id.
    public static func vectorRoot(_ heads: [CoveredHead], _ hashing: some Hashing) -> Hash {
        var edge = RightEdge()
        for covered in heads.sorted(by: { $0.log < $1.log }) {
            var leaf = CBORWriter(capacity: 80)
            leaf.array(count: 3)
            leaf.bytes(covered.log)
            leaf.integer(covered.head.size.count)
            leaf.bytes(covered.head.root)
            edge.append(leaf: hashing.leafHash(leaf.bytes), hashing)
        }
        return edge.root(hashing)
    }
}
