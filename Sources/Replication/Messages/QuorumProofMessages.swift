// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Asks for the polka of a number, round and hash, or for a certificate of that number and hash; of a certificate
/// the round is a hint. Spec: Protocol/exchange.md §8.
public struct QuorumProofRequest: Hashable, Sendable {
    /// The number of the epoch that is voted on.
    public let number: Int
    /// The round.
    public let round: Int
    /// The hash of the header.
    public let hash: Hash

    /// A request.
    public init(number: Int, round: Int, hash: Hash) {
        self.number = number
        self.round = round
        self.hash = hash
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var (number, round) = (0, 0)
        var hash: Hash?
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1, 2, 3]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: number = try reader.value(key) { reader throws(CBORRefusal) in try reader.integer(in: 1...Int.max) }
            case 2:
                round = try reader.value(key) { reader throws(CBORRefusal) in
                    try reader.integer(in: 0...ExchangeLimits.round)
                }
            case 3: hash = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            default: return false
            }
            return true
        }
        guard let hash else { throw .field(key: 3) }
        self.init(number: number, round: round, hash: hash)
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { $0.integer(number) }
        body.add(2) { $0.integer(round) }
        body.add(3) { $0.bytes(hash) }
        return body.finish()
    }
}

/// A polka or certificate, a claim until it is checked; or none. Spec: Protocol/exchange.md §8.
public struct QuorumProofAnswer: Hashable, Sendable {
    /// The compact form; `nil` where none is held.
    public let proof: [UInt8]?

    /// An answer.
    public init(proof: [UInt8]?) { self.proof = proof }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var proof: [UInt8]?
        try CBORReader.readBody(body, limit: ExchangeLimits.bodyBytes, mandatory: [1]) {
            key, reader throws(BodyRefusal) in
            guard key == 1 else { return false }
            proof = try reader.value(key) { reader throws(CBORRefusal) in
                reader.skipNull() ? nil : Array(try reader.bytes())
            }
            return true
        }
        self.init(proof: proof)
    }

    /// The one spelling of the answer.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { writer in
            if let proof { writer.bytes(proof) } else { writer.null() }
        }
        return body.finish()
    }
}

/// Asks for the heads behind the root of a vector that a proposal did not carry. Spec: Protocol/exchange.md §8.
public struct VectorRequest: Hashable, Sendable {
    /// The number of the epoch that is voted on.
    public let number: Int
    /// The root of the head vector.
    public let root: Hash

    /// A request.
    public init(number: Int, root: Hash) {
        self.number = number
        self.root = root
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var number = 0
        var root: Hash?
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1, 2]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: number = try reader.value(key) { reader throws(CBORRefusal) in try reader.integer(in: 1...Int.max) }
            case 2: root = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            default: return false
            }
            return true
        }
        guard let root else { throw .field(key: 2) }
        self.init(number: number, root: root)
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { $0.integer(number) }
        body.add(2) { $0.bytes(root) }
        return body.finish()
    }
}

/// The delta of a vector against the epoch before, or none. Spec: Protocol/exchange.md §8.
public struct VectorAnswer: Hashable, Sendable {
    /// The delta; `nil` where that vector is not known.
    public let delta: VectorDelta?

    /// An answer.
    public init(delta: VectorDelta?) { self.delta = delta }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var delta: VectorDelta?
        try CBORReader.readBody(body, limit: ExchangeLimits.bodyBytes, mandatory: [1]) {
            key, reader throws(BodyRefusal) in
            guard key == 1 else { return false }
            delta = try reader.value(key) { reader throws(CBORRefusal) in
                reader.skipNull() ? nil : try VectorDelta(from: &reader)
            }
            return true
        }
        self.init(delta: delta)
    }

    /// The one spelling of the answer.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { writer in
            if let delta { delta.write(to: &writer) } else { writer.null() }
        }
        return body.finish()
    }
}
