// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A message of consensus, carried by an entry of its author's log. Spec: Protocol/consensus.md §2.
public enum ConsensusMessage: Hashable, Sendable {
    /// Kind 16.
    case proposal(Proposal)
    /// Kind 17.
    case prevote(Vote)
    /// Kind 18.
    case precommit(Vote)

    /// The number of the entry's kind.
    public var kind: UInt16 {
        switch self {
        case .proposal: 16
        case .prevote: 17
        case .precommit: 18
        }
    }

    /// The epoch that it is about.
    public var number: EpochNumber {
        switch self {
        case .proposal(let proposal): proposal.number
        case .prevote(let vote), .precommit(let vote): vote.number
        }
    }

    /// The round.
    public var round: Round {
        switch self {
        case .proposal(let proposal): proposal.round
        case .prevote(let vote), .precommit(let vote): vote.round
        }
    }

    /// Reads the canonical bytes of a body of kind 16, 17 or 18; `nil` for another kind.
    public static func parse(kind: UInt16, body: [UInt8]) throws(VoidReason) -> ConsensusMessage? {
        switch kind {
        case 16: .proposal(try Proposal.parse(body))
        case 17: .prevote(try Vote.parse(body))
        case 18: .precommit(try Vote.parse(body))
        default: nil
        }
    }

    /// Reads an entry; `nil` for another kind. A message names no other entry and no text.
    public static func parse(_ entry: Entry) throws(VoidReason) -> ConsensusMessage? {
        guard (16...18).contains(entry.kind) else { return nil }
        guard entry.references.isEmpty, entry.commitment == nil else { throw .consensusShape }
        return try parse(kind: entry.kind, body: Array(entry.body))
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        switch self {
        case .proposal(let proposal): proposal.encode()
        case .prevote(let vote), .precommit(let vote): vote.encode()
        }
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: kind, body: encode()) }
}

/// Kind 16: what the proposer of a round offers. Spec: Protocol/consensus.md §2.
public struct Proposal: Hashable, Sendable {
    /// round_p.
    public let round: Round
    /// v.
    public let header: EpochHeader
    /// validRound, `nil` for -1.
    public let validRound: Round?
    /// The heads in which the vector differs from E_k's, in order of log id; `nil` when they travel beside the
    /// entry, by the root in the header.
    public let delta: [CoveredHead]?

    /// Joins the parts. A valid round is before the round, a delta in order of log id.
    public init(round: Round, header: EpochHeader, validRound: Round? = nil, delta: [CoveredHead]? = nil) {
        precondition(validRound.map { $0 < round } ?? true, "a valid round is an earlier one")
        precondition(delta.map(EpochHeader.isOrdered) ?? true, "a delta is in order of log id")
        (self.round, self.header, self.validRound, self.delta) = (round, header, validRound, delta)
    }

    /// The epoch that it is about.
    public var number: EpochNumber { EpochNumber(known: header.number) }

    /// The same without its delta, where an entry has no room for it: the vector then travels beside, by its root.
    public var fitting: Proposal {
        guard ConsensusMessage.proposal(self).entry().count > Limits.entryBytes else { return self }
        return Proposal(round: round, header: header, validRound: validRound)
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 256)
        writer.array(count: 4)
        writer.integer(round.value)
        writer.bytes(header.encode())
        if let validRound { writer.integer(validRound.value) } else { writer.null() }
        guard let delta else {
            writer.null()
            return writer.bytes
        }
        writer.array(count: delta.count)
        for covered in delta {
            writer.array(count: 3)
            writer.bytes(covered.log)
            writer.integer(covered.head.size.count)
            writer.bytes(covered.head.root)
        }
        return writer.bytes
    }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Proposal {
        do throws(CBORRefusal) { return try read(body) } catch { throw .consensusShape }
    }

    private static func read(_ body: [UInt8]) throws(CBORRefusal) -> Proposal {
        var reader = CBORReader(body)
        try reader.array(count: 4)
        let round = try Round(from: &reader)
        guard let header = EpochHeader(Array(try reader.bytes())) else { throw .unexpectedItem }
        let validRound = reader.skipNull() ? nil : try Round(from: &reader)
        if let validRound, validRound >= round { throw .unexpectedItem }
        var delta: [CoveredHead]?
        if !reader.skipNull() {
            let heads = try Self.heads(&reader)
            guard EpochHeader.isOrdered(heads) else { throw .unexpectedItem }
            delta = heads
        }
        try reader.end()
        return Proposal(round: round, header: header, validRound: validRound, delta: delta)
    }

    private static func heads(_ reader: inout CBORReader) throws(CBORRefusal) -> [CoveredHead] {
        var heads: [CoveredHead] = []
        for _ in 0..<(try reader.array()) {
            try reader.array(count: 3)
            let log: LogID = try reader.bytes32()
            let size = LogSize(known: try reader.unsigned())
            heads.append(CoveredHead(log: log, head: Head(size: size, root: try reader.bytes32())))
        }
        return heads
    }
}

/// Kinds 17 and 18: a vote for a hash, or for nil. Spec: Protocol/consensus.md §2.
public struct Vote: Hashable, Sendable {
    /// What is voted for, with the author's signature over the vote text (Protocol/genesis.md §4).
    public struct Choice: Hashable, Sendable {
        /// id(v).
        public let hash: EpochHash
        /// By the author's log key.
        public let signature: Signature

        /// A claim; whoever counts it checks the signature.
        public init(hash: EpochHash, signature: Signature) { (self.hash, self.signature) = (hash, signature) }
    }

    /// The epoch that it is about.
    public let number: EpochNumber
    /// The round.
    public let round: Round
    /// `nil` for nil.
    public let choice: Choice?

    /// A vote. The number is at least 1.
    public init(number: EpochNumber, round: Round, choice: Choice?) {
        precondition(number.value >= 1, "nobody votes on the genesis")
        (self.number, self.round, self.choice) = (number, round, choice)
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 128)
        writer.array(count: choice == nil ? 3 : 4)
        writer.integer(number.value)
        writer.integer(round.value)
        if let choice {
            writer.bytes(choice.hash)
            writer.bytes(choice.signature)
        } else {
            writer.null()
        }
        return writer.bytes
    }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Vote {
        do throws(CBORRefusal) { return try read(body) } catch { throw .consensusShape }
    }

    private static func read(_ body: [UInt8]) throws(CBORRefusal) -> Vote {
        var reader = CBORReader(body)
        let count = try reader.array()
        let number = EpochNumber(known: try reader.integer(in: 1...Int.max))
        let round = try Round(from: &reader)
        var choice: Choice?
        switch count {
        case 3: guard reader.skipNull() else { throw .unexpectedItem }
        case 4: choice = Choice(hash: try reader.bytes32(), signature: try reader.signature())
        default: throw .unexpectedItem
        }
        try reader.end()
        return Vote(number: number, round: round, choice: choice)
    }
}

extension Round {
    init(from reader: inout CBORReader) throws(CBORRefusal) {
        self.init(known: try reader.integer(in: 0...CooperativeLimits.round))
    }
}

extension VoidReason {
    /// The body is not that of a proposal, prevote or precommit, or the entry names others.
    public static let consensusShape = VoidReason("consensus-shape")
}
