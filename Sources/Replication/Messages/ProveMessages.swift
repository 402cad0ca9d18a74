// SPDX-License-Identifier: EUPL-1.2

public import Journal

extension SignedHead {
    init(from reader: inout CBORReader) throws(CBORRefusal) {
        try reader.array(count: 3)
        let size = LogSize(known: try reader.integer(in: 1...Int.max))
        let root: Hash = try reader.bytes32()
        self.init(Head(size: size, root: root), signature: try reader.signature())
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 3)
        writer.integer(size.count)
        writer.bytes(root)
        writer.bytes(signature)
    }
}

extension CBORReader {
    fileprivate mutating func index(_ key: Int) throws(BodyRefusal) -> EntryIndex {
        EntryIndex(known: try value(key) { reader throws(CBORRefusal) in try reader.integer(in: 0...Int.max) })
    }
}

/// Asks for the proof that links size n of a log to the newest head of the answering side.
/// Spec: Protocol/exchange.md §5.
public struct ProveRequest: Hashable, Sendable {
    /// The log, by its id or by its number in the founding epoch.
    public let log: LogReference
    /// The size at which the asker holds a signed head.
    public let size: LogSize
    /// The entry whose leaf is wanted with its inclusion proof, instead of what links the sizes.
    public let index: EntryIndex?

    /// Asks about `log` at `size`.
    public init(log: LogReference, size: LogSize, index: EntryIndex? = nil) {
        self.log = log
        self.size = size
        self.index = index
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var log = LogReference.number(0)
        var size = 0
        var index: EntryIndex?
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1, 2]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: log = try reader.value(key) { reader throws(CBORRefusal) in try LogReference(from: &reader) }
            case 2:
                size = try reader.value(key) { reader throws(CBORRefusal) in try reader.integer(in: 1...Int.max) }
            case 3: index = try reader.index(key)
            default: return false
            }
            return true
        }
        self.init(log: log, size: LogSize(known: size), index: index)
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { log.write(to: &$0) }
        body.add(2) { $0.integer(size.count) }
        if let index { body.add(3) { $0.integer(index.position) } }
        return body.finish()
    }
}

/// The newest head of the answering side, and where it is larger than n the hashes that link n to it; or a leaf with
/// its inclusion proof. Spec: Protocol/exchange.md §5.
public struct ProveAnswer: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The newest head.
    public let head: SignedHead
    /// The hashes, read as Protocol/log.md §6 says; empty unless n is below the head's size or a leaf is shown.
    public let hashes: [Hash]
    /// The leaf that the hashes prove, where they link no sizes.
    public let leaf: PlacedLeaf?

    /// A leaf hash and its place.
    public struct PlacedLeaf: Hashable, Sendable {
        /// Where the leaf stands.
        public let index: EntryIndex
        /// The leaf hash.
        public let hash: Hash

        /// A leaf hash at an index.
        public init(index: EntryIndex, hash: Hash) {
            self.index = index
            self.hash = hash
        }
    }

    /// An answer about `log`.
    public init(log: LogID, head: SignedHead, hashes: [Hash], leaf: PlacedLeaf? = nil) {
        self.log = log
        self.head = head
        self.hashes = hashes
        self.leaf = leaf
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var log: LogID?
        var head: SignedHead?
        var hashes: [Hash] = []
        var index: EntryIndex?
        var leaf: Hash?
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1, 2, 3]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: log = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            case 2: head = try reader.value(key) { reader throws(CBORRefusal) in try SignedHead(from: &reader) }
            case 3:
                hashes = try reader.list(key, limit: Limits.proofHashes) { reader throws(CBORRefusal) in
                    try reader.bytes32()
                }
            case 4: index = try reader.index(key)
            case 5: leaf = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            default: return false
            }
            return true
        }
        guard let log else { throw .field(key: 1) }
        guard let head else { throw .field(key: 2) }
        guard let index, let leaf else {
            guard index == nil else { throw .field(key: 5) }
            guard leaf == nil else { throw .field(key: 4) }
            self.init(log: log, head: head, hashes: hashes)
            return
        }
        self.init(log: log, head: head, hashes: hashes, leaf: PlacedLeaf(index: index, hash: leaf))
    }

    /// The one spelling of the answer.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { $0.bytes(log) }
        body.add(2) { head.write(to: &$0) }
        body.add(3) { writer in
            writer.array(count: hashes.count)
            for hash in hashes { writer.bytes(hash) }
        }
        if let leaf {
            body.add(4) { $0.integer(leaf.index.position) }
            body.add(5) { $0.bytes(leaf.hash) }
        }
        return body.finish()
    }
}
