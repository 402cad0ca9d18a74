// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A place in a head vector: how much of a log an epoch covers. Spec: Protocol/consensus.md §2.
public struct DeltaHead: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// Size and root.
    public let head: Head

    /// A place.
    public init(log: LogID, head: Head) {
        self.log = log
        self.head = head
    }
}

/// The heads in which a vector differs from that of the epoch before, in order of log id, each log once.
/// Spec: Protocol/consensus.md §2.
public struct VectorDelta: Hashable, Sendable {
    /// The heads.
    public let heads: [DeltaHead]

    /// Heads in order of log id.
    public init(_ heads: [DeltaHead]) {
        precondition(Self.isOrdered(heads), "a delta is in order of log id")
        self.heads = heads
    }

    /// Reads the canonical bytes; `nil` for anything else.
    public init?(_ bytes: [UInt8]) {
        do throws(CBORRefusal) {
            var reader = CBORReader(bytes)
            self = try VectorDelta(from: &reader)
            try reader.end()
        } catch { return nil }
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        var heads: [DeltaHead] = []
        let count = try reader.array()
        guard count <= ExchangeLimits.deltaHeads else { throw .unexpectedItem }
        for _ in 0..<count {
            try reader.array(count: 3)
            let log: LogID = try reader.bytes32()
            let size = LogSize(known: try reader.unsigned())
            heads.append(DeltaHead(log: log, head: Head(size: size, root: try reader.bytes32())))
        }
        guard Self.isOrdered(heads) else { throw .unexpectedItem }
        self.heads = heads
    }

    private static func isOrdered(_ heads: [DeltaHead]) -> Bool {
        zip(heads, heads.dropFirst()).allSatisfy { $0.log < $1.log }
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: heads.count)
        for place in heads {
            writer.array(count: 3)
            writer.bytes(place.log)
            writer.integer(place.head.size.count)
            writer.bytes(place.head.root)
        }
    }

    /// The canonical bytes.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: heads.count * 80 + 8)
        write(to: &writer)
        return writer.bytes
    }
}

/// Asks for epochs from a number on. Spec: Protocol/exchange.md §8.
public struct EpochsRequest: Hashable, Sendable {
    /// The first number wanted, at least 1.
    public let first: Int

    /// Asks from `first` on.
    public init(first: Int) { self.first = first }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var first = 0
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1]) {
            key, reader throws(BodyRefusal) in
            guard key == 1 else { return false }
            first = try reader.value(key) { reader throws(CBORRefusal) in try reader.integer(in: 1...Int.max) }
            return true
        }
        self.init(first: first)
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { $0.integer(first) }
        return body.finish()
    }
}

/// Epochs in order, as many as fit. Certificates are claims until they are checked with the voters of the epoch
/// before. Spec: Protocol/exchange.md §8.
public struct EpochsAnswer: Hashable, Sendable {
    /// One epoch.
    public struct Item: Hashable, Sendable {
        /// Its number.
        public let number: Int
        /// Header, round and signatures.
        public let certificate: [UInt8]
        /// The heads in which its vector differs from that of the epoch before.
        public let delta: VectorDelta

        /// Joins the parts.
        public init(number: Int, certificate: [UInt8], delta: VectorDelta) {
            self.number = number
            self.certificate = certificate
            self.delta = delta
        }
    }

    /// The epochs.
    public let items: [Item]
    /// The highest number that the answering side holds.
    public let highest: Int

    /// An answer.
    public init(items: [Item], highest: Int) {
        self.items = items
        self.highest = highest
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var items: [Item] = []
        var highest = 0
        try CBORReader.readBody(body, limit: ExchangeLimits.bodyBytes, mandatory: [1, 2]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1:
                items = try reader.list(key, limit: ExchangeLimits.epochs) { reader throws(CBORRefusal) in
                    try reader.array(count: 3)
                    let number = try reader.integer(in: 1...Int.max)
                    let certificate = Array(try reader.bytes())
                    return Item(
                        number: number, certificate: certificate, delta: try VectorDelta(from: &reader))
                }
            case 2: highest = try reader.value(key) { reader throws(CBORRefusal) in try reader.unsigned() }
            default: return false
            }
            return true
        }
        self.init(items: items, highest: highest)
    }

    /// The one spelling of the answer.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { writer in
            writer.array(count: items.count)
            for item in items {
                writer.array(count: 3)
                writer.integer(item.number)
                writer.bytes(item.certificate)
                item.delta.write(to: &writer)
            }
        }
        body.add(2) { $0.integer(highest) }
        return body.finish()
    }
}
