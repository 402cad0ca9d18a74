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

/// Asks for the proof that links size n of a log to the newest head of the answering side.
/// Spec: Protocol/exchange.md §5.
public struct ProveRequest: Hashable, Sendable {
    /// The log, by its id or by its number in the founding epoch.
    public let log: LogReference
    /// The size at which the asker holds a signed head.
    public let size: LogSize

    /// Asks about `log` at `size`.
    public init(log: LogReference, size: LogSize) {
        self.log = log
        self.size = size
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var log = LogReference.number(0)
        var size = 0
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1, 2]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: log = try reader.value(key) { reader throws(CBORRefusal) in try LogReference(from: &reader) }
            case 2:
                size = try reader.value(key) { reader throws(CBORRefusal) in try reader.integer(in: 1...Int.max) }
            default: return false
            }
            return true
        }
        self.init(log: log, size: LogSize(known: size))
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { log.write(to: &$0) }
        body.add(2) { $0.integer(size.count) }
        return body.finish()
    }
}

/// The newest head of the answering side, and where it is larger than n the hashes that link n to it.
/// Spec: Protocol/exchange.md §5.
public struct ProveAnswer: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The newest head.
    public let head: SignedHead
    /// The hashes, read as Protocol/log.md §6 says; empty unless n is below the head's size.
    public let hashes: [Hash]

    /// An answer about `log`.
    public init(log: LogID, head: SignedHead, hashes: [Hash]) {
        self.log = log
        self.head = head
        self.hashes = hashes
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var log: LogID?
        var head: SignedHead?
        var hashes: [Hash] = []
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1, 2, 3]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: log = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            case 2: head = try reader.value(key) { reader throws(CBORRefusal) in try SignedHead(from: &reader) }
            case 3:
                hashes = try reader.list(key, limit: Limits.proofHashes) { reader throws(CBORRefusal) in
                    try reader.bytes32()
                }
            default: return false
            }
            return true
        }
        guard let log else { throw .field(key: 1) }
        guard let head else { throw .field(key: 2) }
        self.init(log: log, head: head, hashes: hashes)
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
        return body.finish()
    }
}
