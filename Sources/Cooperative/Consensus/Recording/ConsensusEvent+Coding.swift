// SPDX-License-Identifier: EUPL-1.2
import Journal

// How events are recorded. Spec: Protocol/consensus.md §8.
extension ConsensusEvent {
    func write(to writer: inout CBORWriter, _ voters: VotingSet) {
        switch self {
        case .ownView(let triggers):
            writer.item(1, count: 1)
            writer.bool(triggers)
        case .mayVote(let may):
            writer.item(2, count: 1)
            writer.bool(may)
        case .prepared(let header, let delta, let round):
            writer.item(3, count: 1)
            writer.bytes(Proposal(round: round, header: header, delta: delta).encode())
        case .judged(let hash, let judgement):
            writer.item(4, count: 3)
            writer.bytes(hash)
            judgement.write(to: &writer)
        case .message(let message, let place):
            writer.item(5, count: 5)
            message.write(to: &writer)
            place.write(to: &writer)
        case .appended(let message, let index):
            writer.item(6, count: 3)
            message.write(to: &writer)
            writer.integer(index.position)
        case .timeout(let timer):
            writer.item(7, count: 2)
            timer.write(to: &writer)
        case .polka(let claim):
            writer.item(8, count: 1)
            writer.bytes(claim.encode(voters: voters.count))
        case .certificate(let claim):
            writer.item(9, count: 1)
            writer.bytes(claim.encode(voters: voters.count))
        }
    }

    init(from reader: inout CBORReader, _ voters: VotingSet) throws(CBORRefusal) {
        let count = try reader.array() - 1
        let tag = try reader.unsigned()
        switch (tag, count) {
        case (1, 1): self = .ownView(triggers: try reader.bool())
        case (2, 1): self = .mayVote(try reader.bool())
        case (3, 1):
            guard let proposal = try? Proposal.parse(Array(try reader.bytes())), proposal.validRound == nil,
                  proposal.header.number == voters.next.value, proposal.header.previous == voters.hash.hash
            else { throw .unexpectedItem }
            self = .prepared(proposal.header, delta: proposal.delta, proposal.round)
        case (4, 3): self = .judged(try reader.bytes32(), try Judgement(from: &reader))
        case (5, 5): self = .message(try ConsensusMessage(from: &reader), try MessagePlace(from: &reader))
        case (6, 3):
            self = .appended(try ConsensusMessage(from: &reader), at: EntryIndex(known: try reader.unsigned()))
        case (7, 2): self = .timeout(try ConsensusTimer(from: &reader))
        case (8, 1): self = .polka(try QuorumClaim(.prevote, from: &reader, voters))
        case (9, 1): self = .certificate(try QuorumClaim(.precommit, from: &reader, voters))
        default: throw .unexpectedItem
        }
    }
}

extension CBORWriter {
    /// Begins an item of a kind, with so many fields after the number of the kind.
    mutating func item(_ kind: Int, count: Int) {
        array(count: count + 1)
        integer(kind)
    }
}

extension Judgement {
    fileprivate func write(to writer: inout CBORWriter) {
        let (code, refusal): (Int, ProposalRefusal?) = switch self {
        case .missing: (0, nil)
        case .held(let refusal): (1, refusal)
        case .valid: (2, nil)
        case .refused(let refusal): (3, refusal)
        }
        writer.integer(code)
        if let refusal { writer.text(refusal.rawValue) } else { writer.null() }
    }

    fileprivate init(from reader: inout CBORReader) throws(CBORRefusal) {
        let code = try reader.unsigned()
        if reader.skipNull() {
            guard code == 0 || code == 2 else { throw .unexpectedItem }
            self = code == 0 ? .missing : .valid
            return
        }
        guard let refusal = ProposalRefusal(rawValue: try reader.text()), code == 1 || code == 3 else {
            throw .unexpectedItem
        }
        self = code == 1 ? .held(refusal) : .refused(refusal)
    }
}

extension ConsensusMessage {
    /// Two items: the kind and the body.
    func write(to writer: inout CBORWriter) {
        writer.integer(Int(kind))
        writer.bytes(encode())
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        let kind = UInt16(try reader.integer(in: 0...Int(UInt16.max)))
        let body = Array(try reader.bytes())
        guard let message = try? ConsensusMessage.parse(kind: kind, body: body) else { throw .unexpectedItem }
        self = message
    }
}

extension MessagePlace {
    /// Three items: log, branch, index.
    func write(to writer: inout CBORWriter) {
        writer.bytes(log)
        writer.integer(branch)
        writer.integer(index.position)
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        let log: LogID = try reader.bytes32()
        let branch = try reader.unsigned()
        self.init(log: log, branch: branch, index: EntryIndex(known: try reader.unsigned()))
    }
}

extension ConsensusTimer {
    /// Two items: step and round.
    func write(to writer: inout CBORWriter) {
        writer.integer(step.rawValue)
        writer.integer(round.value)
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        guard let step = ConsensusStep(rawValue: try reader.unsigned()) else { throw .unexpectedItem }
        self.init(step, try Round(from: &reader))
    }
}

extension QuorumClaim {
    init(_ step: VoteText.Step, from reader: inout CBORReader, _ voters: VotingSet) throws(CBORRefusal) {
        guard let claim = try? QuorumClaim(step, Array(try reader.bytes()), voters: voters.count) else {
            throw .unexpectedItem
        }
        self = claim
    }
}

extension OwnMessage {
    /// One item: `[kind, body, header or null, polka or null]`.
    func write(to writer: inout CBORWriter, _ voters: VotingSet) {
        writer.array(count: 4)
        message.write(to: &writer)
        if let header { writer.bytes(header.encode()) } else { writer.null() }
        if let polka { writer.bytes(polka.encode(voters)) } else { writer.null() }
    }

    init(
        from reader: inout CBORReader, _ voters: VotingSet, _ suite: some CipherSuite
    ) throws(CBORRefusal) {
        try reader.array(count: 4)
        let message = try ConsensusMessage(from: &reader)
        var (header, polka): (EpochHeader?, Polka?)
        if !reader.skipNull() {
            guard let read = EpochHeader(Array(try reader.bytes())) else { throw .unexpectedItem }
            header = read
        }
        if !reader.skipNull() {
            guard let read = try? Polka(Array(try reader.bytes()), voters, suite) else { throw .unexpectedItem }
            polka = read
        }
        self.init(message, header: header, polka: polka)
    }
}
