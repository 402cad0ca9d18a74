// SPDX-License-Identifier: EUPL-1.2
import Journal

// Decisions with their ballots, some to a chunk, and back.
extension CooperativeState {
    static let decisionsPerChunk = 16

    mutating func takeDecisions(_ chunks: inout [StateChunk]) {
        for chunk in Set(proposals.dirty.map { Int($0) / Self.decisionsPerChunk }).sorted() {
            var writer = ChunkWriter(capacity: 8_192)
            let last = min(proposals.rows.count, (chunk + 1) * Self.decisionsPerChunk)
            for number in chunk * Self.decisionsPerChunk..<last {
                proposals.rows[number].write(to: &writer)
                let own = ballots.numbers(of: UInt32(number))
                writer.number(own.count)
                for ballot in own { ballots.rows[Int(ballot)].write(to: &writer) }
            }
            chunks.append(StateChunk(table: ChunkTable.decisions.rawValue, number: chunk, bytes: writer.bytes))
        }
        proposals.markClean()
    }

    /// Takes up the decisions of a chunk; they come in order of number.
    mutating func restoreDecisions(_ chunk: StateChunk, _ reader: inout ChunkReader) throws(SnapshotRefusal) {
        let damage = SnapshotRefusal.damaged(table: chunk.table, number: chunk.number)
        let counts = TableCounts(self)
        guard var number = chunk.firstNumber(Self.decisionsPerChunk) else { throw damage }
        while reader.isSound, !reader.isDone {
            guard let row = DecisionTable.Row(&reader, counts), reader.isSound, proposals.put(row, at: number) else {
                throw damage
            }
            for _ in 0..<reader.count() {
                let ballot = BallotTable.Row(&reader, counts, of: UInt32(number))
                guard reader.isSound else { throw damage }
                ballots.put(ballot)
            }
            number += 1
        }
    }
}

extension DecisionTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.number(Int(log))
        writer.number(index)
        writer.hash(leaf)
        writer.number(judge)
        writer.string(proposal.encode())
        writer.hash(payloadHash)
        writer.bool(commitment != nil)
        if let commitment { writer.hash(commitment) }
        writer.number(entitled)
        writer.word(word)
        writer.number(standing.rawValue)
        writer.number(closing)
        writer.bool(closed != nil)
        if let closed {
            for votes in [closed.votesFor, closed.against, closed.blank] { writer.number(votes) }
        }
        writer.string(Array((refusal?.rawValue ?? "").utf8))
        writer.number(late.count)
        for ballot in late {
            writer.number(Int(ballot.log))
            writer.number(ballot.index)
            writer.number(ballot.choice.rawValue)
        }
    }

    init?(_ reader: inout ChunkReader, _ counts: TableCounts) {
        let log = UInt32(reader.number(below: counts.logs))
        let index = reader.number()
        let leaf: Hash = reader.hash()
        let judge = reader.number()
        guard let proposal = try? DecisionProposal.parse(Array(reader.string())) else { return nil }
        let payloadHash: Hash = reader.hash()
        let commitment: TextCommitment? = reader.bool() ? reader.hash() : nil
        self.init(
            log: log, index: index, leaf: leaf, judge: judge, proposal: proposal, payloadHash: payloadHash,
            commitment: commitment, entitled: reader.number())
        word = reader.word()
        guard let standing = DecisionStanding(rawValue: reader.number()) else { return nil }
        self.standing = standing
        closing = reader.number()
        if reader.bool() {
            let votes = (0..<3).map { _ in reader.number() }
            closed = Tally(for: votes[0], against: votes[1], blank: votes[2], entitled: entitled)
        }
        refusal = EffectRefusal(rawValue: String(decoding: reader.string(), as: UTF8.self))
        for _ in 0..<reader.count() {
            let log = UInt32(reader.number(below: counts.logs))
            let index = reader.number()
            guard let choice = Ballot.Choice(rawValue: reader.number()) else { return nil }
            late.append(.init(log: log, index: index, choice: choice))
        }
    }
}

extension BallotTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.number(Int(member))
        writer.word(word)
        writer.number(standing.count)
        for ballot in standing {
            writer.number(Int(ballot.log))
            writer.number(ballot.index)
            writer.hash(ballot.leaf)
            writer.number(ballot.choice.rawValue)
            writer.bool(ballot.isFinal)
        }
        writer.number(named.count)
        for place in named {
            writer.number(Int(place.log))
            writer.number(place.index)
        }
    }

    init(_ reader: inout ChunkReader, _ counts: TableCounts, of decision: UInt32) {
        self.init(decision: decision, member: UInt32(reader.number(below: counts.members)))
        word = reader.word()
        for _ in 0..<reader.count() {
            let log = UInt32(reader.number(below: counts.logs))
            let index = reader.number()
            let leaf: Hash = reader.hash()
            let choice = Ballot.Choice(rawValue: reader.number(below: Ballot.Choice.allCases.count)) ?? .blank
            standing.append(.init(log: log, index: index, leaf: leaf, choice: choice, isFinal: reader.bool()))
        }
        for _ in 0..<reader.count() {
            let log = UInt32(reader.number(below: counts.logs))
            named.append(.init(log: log, index: reader.number()))
        }
    }
}
