// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Votes of one step and round that count: a member once per hash, whatever branch or certificate brought the
/// vote. Spec: Protocol/consensus.md §4.
struct VoteBox: Sendable {
    /// Those who voted for one hash, or for nil.
    struct Side: Sendable {
        let hash: EpochHash?
        /// In order of voter; nil carries no signature.
        var votes: [(voter: Int, signature: Signature?)]
    }

    /// In order of arrival.
    private(set) var sides: [Side] = []
    /// Voters with any vote, in order.
    private(set) var members: [Int] = []

    mutating func add(_ voter: Int, _ choice: Vote.Choice?) {
        let side = sides.firstIndex { $0.hash == choice?.hash } ?? sides.count
        if side == sides.count { sides.append(Side(hash: choice?.hash, votes: [])) }
        let place = sides[side].votes.partitioningIndex { $0.voter >= voter }
        if place < sides[side].votes.count, sides[side].votes[place].voter == voter { return }
        sides[side].votes.insert((voter, choice?.signature), at: place)
        members.insertOnce(voter)
    }

    func count(_ hash: EpochHash?) -> Int { sides.first { $0.hash == hash }?.votes.count ?? 0 }

    /// The hashes with a quorum; two only when more than f lie.
    func quorums(_ quorum: Int) -> [EpochHash] {
        sides.compactMap { $0.votes.count >= quorum ? $0.hash : nil }
    }

    /// The signatures of a quorum for a hash, `nil` without one.
    func signers(_ hash: EpochHash, _ quorum: Int) -> [VoterSignature]? {
        guard let side = sides.first(where: { $0.hash == hash }), side.votes.count >= quorum else { return nil }
        return side.votes.prefix(quorum).map { vote in
            guard let signature = vote.signature else { preconditionFailure("a vote for a hash is signed") }
            return VoterSignature(voter: vote.voter, signature: signature)
        }
    }
}

/// What is known of one round.
struct RoundRecord: Sendable {
    let round: Round
    /// Proposals of the round's proposer; two only where it lied.
    var proposals: [(hash: EpochHash, validRound: Round?)] = []
    var prevotes = VoteBox()
    var precommits = VoteBox()
    /// "For the first time" of lines 34 and 47.
    var hasPrevoteTimer = false
    var hasPrecommitTimer = false
    /// "For the first time" of line 36, by hash.
    var polkasSeen: [EpochHash] = []
    /// Hashes whose polka or certificate was asked for.
    var polkasWanted: [EpochHash] = []
    var certificatesWanted: [EpochHash] = []
    /// Hashes that were given to be judged in this round.
    var judging: [EpochHash] = []

    init(_ round: Round) { self.round = round }
}

/// The rounds of a height of which anything is known. A liar may name any number of them, in any order, so none but
/// those that a quorum speaks of is ever walked through.
struct RoundRecords: Sendable {
    private var records: [Round: RoundRecord] = [:]
    /// Rounds in which a hash has a quorum of prevotes, in order.
    private(set) var withPolka: [Round] = []
    /// Rounds in which a hash has a quorum of precommits, in order.
    private(set) var withCertificate: [Round] = []
    /// The last round in which a quorum precommitted, for whatever it be (lines 55 and 56).
    private(set) var lastLeft = Round.zero
    /// By voter: the last round of which a vote counts; round 0 too where there is none.
    private(set) var lastVotes: [Round] = []

    /// The record of a round, made when something is first known of it.
    subscript(round: Round) -> RoundRecord {
        get { records[round] ?? RoundRecord(round) }
        _modify { yield &records[round, default: RoundRecord(round)] }
    }

    /// Rounds of which something is known, in order.
    var known: [Round] { records.keys.sorted() }

    /// Those after one and up to another, in order.
    func known(after round: Round, through last: Round) -> [Round] {
        let distance = last.value - round.value
        if distance < records.count {
            return (0..<max(0, distance)).map { Round(known: round.value + 1 + $0) }.filter { records[$0] != nil }
        }
        return records.keys.filter { $0 > round && $0 <= last }.sorted()
    }

    /// Looks at a round to which votes were added.
    mutating func review(_ round: Round, quorum: Int) {
        guard let record = records[round] else { return }
        if !record.prevotes.quorums(quorum).isEmpty { withPolka.insertOnce(round) }
        if !record.precommits.quorums(quorum).isEmpty { withCertificate.insertOnce(round) }
        if record.precommits.members.count >= quorum { lastLeft = max(lastLeft, round) }
    }

    /// Remembers how far a voter is.
    mutating func voted(_ voter: Int, in round: Round, of voters: Int) {
        if lastVotes.isEmpty { lastVotes = Array(repeating: .zero, count: voters) }
        lastVotes[voter] = max(lastVotes[voter], round)
    }

    /// The paper's line 55: so many members with any message of a later round.
    mutating func reviewAnyMessage(_ round: Round, proposer: Int, more faults: Int) {
        guard let record = records[round] else { return }
        let voters = record.prevotes.members + record.precommits.members
        let members = Set(record.proposals.isEmpty ? voters : voters + [proposer])
        if members.count > faults { lastLeft = max(lastLeft, round) }
    }
}

extension RandomAccessCollection where Index == Int {
    /// Where the elements begin of which `belongs` holds; it holds of none before them.
    func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension Array where Element: Comparable {
    /// Keeps the order; what stands is left.
    mutating func insertOnce(_ number: Element) {
        let place = partitioningIndex { $0 >= number }
        if place == count || self[place] != number { insert(number, at: place) }
    }
}
