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
    /// Voters with any message of the round, in order (line 55).
    var members: [Int] = []
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

/// The rounds of a height, in order.
struct RoundRecords: Sendable {
    private(set) var all: [RoundRecord] = []

    /// The record of a round, made when it is first asked for.
    subscript(round: Round) -> RoundRecord {
        get {
            let place = all.partitioningIndex { $0.round >= round }
            return place < all.count && all[place].round == round ? all[place] : RoundRecord(round)
        }
        _modify {
            let place = all.partitioningIndex { $0.round >= round }
            if place == all.count || all[place].round != round { all.insert(RoundRecord(round), at: place) }
            yield &all[place]
        }
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

extension [Int] {
    /// Keeps the order; a number that stands is left.
    mutating func insertOnce(_ number: Int) {
        let place = partitioningIndex { $0 >= number }
        if place == count || self[place] != number { insert(number, at: place) }
    }
}
