// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// An own message as the own log holds it. Spec: Protocol/consensus.md §6.
public struct OwnRecord: Hashable, Sendable {
    /// Where it stands in the own log.
    public let index: EntryIndex
    /// What it says, with the header and polka that were kept beside it.
    public let own: OwnMessage

    /// A record.
    public init(_ own: OwnMessage, at index: EntryIndex) { (self.own, self.index) = (own, index) }
}

extension ConsensusCore {
    /// The member as its own log says that it was: round, step, lock and valid value. The log is the write-ahead
    /// log; what was not durable never left and is forgotten. `records` are those of the own log in its order;
    /// records of other numbers are passed over. Spec: Protocol/consensus.md §6.
    public init(
        voters: VotingSet, signer: any Signing, timings: Genesis.Timings, suite: any CipherSuite,
        restoring records: [OwnRecord]
    ) {
        self.init(
            voters: voters, signer: signer, timings: timings, suite: suite, restoring: records, omitting: [])
    }

    /// The same with rules left out.
    package init(
        voters: VotingSet, signer: any Signing, timings: Genesis.Timings, suite: any CipherSuite,
        restoring records: [OwnRecord], omitting omitted: OmittedRules
    ) {
        self.init(voters: voters, signer: signer, timings: timings, suite: suite, omitting: omitted)
        for record in records where record.own.message.number == voters.next { restore(record) }
    }

    private mutating func restore(_ record: OwnRecord) {
        let message = record.own.message
        if let polka = record.own.polka { count(polka) }
        if let header = record.own.header { know(EpochHash(header, suite), header, nil) }
        // What is void in it is void for everybody, this member included; a lock of a void precommit holds all the
        // same, which is the safe side.
        var ignored: [ConsensusEffect] = []
        appended(message, record.index, &ignored)
        if message.round > round { startRound(message.round) }
        switch message {
        case .proposal(let proposal):
            hasProposed = true
            if let validRound = proposal.validRound {
                restoreValid(RoundValue(round: validRound, hash: EpochHash(proposal.header, suite)))
            }
        case .prevote: step = max(step, .prevote)
        case .precommit(let vote):
            step = .precommit
            guard let choice = vote.choice, !omitted.contains(.restoredLock) else { return }
            let value = RoundValue(round: vote.round, hash: choice.hash)
            locked = value
            restoreValid(value)
        }
    }

    private mutating func restoreValid(_ value: RoundValue) {
        if valid.map({ $0.round < value.round }) ?? true { valid = value }
    }
}
