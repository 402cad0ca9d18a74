// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Who sees everything of a council and holds its correct members to what they promise. No member ever reads it.
final class CouncilObserver {
    struct VoteKey: Hashable {
        let step: VoteText.Step
        let round: Round
        let hash: EpochHash
    }

    struct Slot: Hashable {
        let member: Int
        let number: Int
        let kind: UInt16
        let round: Round
    }

    let settings: CouncilSettings
    let book: LogBook
    let suite: SimulatedSuite
    /// Durable votes for a hash of correct members.
    private var votes: [VoteKey: [Int: Signature]] = [:]
    private var said: [Slot: ConsensusMessage] = [:]
    /// Hashes for which a certificate can be made, whatever the liars sign, by number.
    private var possible: [Int: [EpochHash]] = [:]
    private var triggeredHeights: Set<Hash> = []
    private(set) var certificates: [Int: [Certificate]] = [:]
    /// Correct members whose restore nobody could notice: they count as liars from then on.
    private(set) var excused: Set<Int> = []
    private var restoredMembers: Set<Int> = []
    private var locks: [Int: (number: EpochNumber, round: Round, hash: EpochHash)] = [:]
    private var knowing: [Int: Int] = [:]
    /// Logs that the head outside knew more of at the start, by member.
    private var outranked: [Int: Int] = [:]
    var checked: Set<EpochHash> = []
    var proposedAt: [EpochHash: Int] = [:]
    var mostDaysAhead = 0
    /// The fewest liars that a correct member named.
    var leastNamed: Int?
    private var decisionCount = 0

    init(_ settings: CouncilSettings, _ book: LogBook, _ suite: SimulatedSuite) {
        (self.settings, self.book, self.suite) = (settings, book, suite)
    }

    func newDecision() -> Int {
        decisionCount += 1
        return decisionCount
    }

    /// Whether more members lie, or do as liars would, than the protocol bears.
    func isBeyond(_ settled: SettledEpoch) -> Bool {
        wrong(in: settled) > settled.voters.faults
    }

    private func isWrong(_ member: Int) -> Bool { settings.isLiar(member) || excused.contains(member) }

    func wrong(in settled: SettledEpoch) -> Int {
        settled.logs.indices.count { settled.logs[$0] != nil && isWrong($0) }
    }

    // MARK: What correct members write

    /// Before it is durable.
    func writes(_ own: OwnMessage, by member: CouncilMember, in world: CouncilWorld) {
        let settled = member.settled
        if settings.liars.isEmpty, excused.isEmpty, !triggeredHeights.contains(settled.hash) {
            world.violate("T1", "member \(member.member) speaks although no view triggers: \(own.message)")
        }
        checkLock(own, of: member.member, in: world)
        switch own.message {
        case .proposal(let proposal):
            guard proposal.validRound == nil, let vector = member.disk.vectors[proposal.header.vectorRoot]
            else { return }
            if !isDue(vector, proposal.header.date, settled, world) {
                world.violate("T2", "member \(member.member) proposes what does not trigger")
            }
        case .prevote(let vote) where own.polka == nil && vote.choice != nil:
            if let header = own.header { checkBallots(header, by: member, in: world) }
        case .precommit(let vote) where vote.choice != nil && own.polka == nil:
            world.violate("I11", "member \(member.member) precommits without the polka")
        default: break
        }
    }

    /// A correct member that precommitted a hash prevotes another only with a polka of that round or a later one: else
    /// it could be named for it. Protocol/consensus.md §7.
    private func checkLock(_ own: OwnMessage, of member: Int, in world: CouncilWorld) {
        switch own.message {
        case .precommit(let vote):
            if let choice = vote.choice { locks[member] = (vote.number, vote.round, choice.hash) }
        case .prevote(let vote):
            guard let choice = vote.choice, let lock = locks[member], lock.number == vote.number,
                  lock.hash != choice.hash, own.polka.map({ $0.round < lock.round }) ?? true else { return }
            world.violate("I13", "member \(member) breaks its lock of round \(lock.round) in round \(vote.round)")
        case .proposal: break
        }
    }

    func isDue(_ vector: [CoveredHead], _ date: CivilDate, _ settled: SettledEpoch, _ world: CouncilWorld) -> Bool {
        Trigger.calendar(from: settled.epoch.date, to: date) != nil
            || world.deliberation.trigger(vector, date, settled) != nil
    }

    func triggered(_ settled: SettledEpoch) { triggeredHeights.insert(settled.hash) }

    /// A message is on its author's disk.
    func durable(_ message: ConsensusMessage, of member: CouncilMember, in world: CouncilWorld) {
        guard member.isHonest, !excused.contains(member.member) else { return }
        let slot = Slot(
            member: member.member, number: message.number.value, kind: message.kind, round: message.round)
        if let before = said[slot], before != message {
            world.violate("I3", "member \(member.member) says two things: \(before) and \(message)")
        }
        said[slot] = message
        switch message {
        case .prevote(let vote): keep(vote, .prevote, member, world)
        case .precommit(let vote): keep(vote, .precommit, member, world)
        case .proposal: break
        }
    }

    private func keep(_ vote: Vote, _ step: VoteText.Step, _ member: CouncilMember, _ world: CouncilWorld) {
        guard let choice = vote.choice else { return }
        let key = VoteKey(step: step, round: vote.round, hash: choice.hash)
        votes[key, default: [:]][member.member] = choice.signature
        guard step == .precommit, vote.number == member.settled.voters.next else { return }
        let settled = member.settled
        let count = (votes[key] ?? [:]).keys.count { !excused.contains($0) } + wrong(in: settled)
        guard count >= VotingSet.quorum(of: settled.voters.count), !isBeyond(settled) else { return }
        var hashes = possible[vote.number.value] ?? []
        guard !hashes.contains(choice.hash) else { return }
        hashes.append(choice.hash)
        possible[vote.number.value] = hashes
        if hashes.count > 1 {
            world.violate("I13", "two certificates can be made for epoch \(vote.number)")
        }
    }

    /// Votes that a proof can be made of: those of correct members that are durable, and those of all liars.
    func signers(
        _ step: VoteText.Step, _ round: Round, _ hash: EpochHash, _ voters: VotingSet, in world: CouncilWorld
    ) -> [VoterSignature] {
        let honest = votes[VoteKey(step: step, round: round, hash: hash)] ?? [:]
        return voters.logs.indices.compactMap { voter in
            guard let log = book.numbers[voters.logs[voter].log] else { return nil }
            let member = book.logs[log].member
            if settings.isLiar(member) {
                return VoterSignature(
                    voter: voter, signature: world.signature(of: member, step, round, hash, voters))
            }
            return honest[member].map { VoterSignature(voter: voter, signature: $0) }
        }
    }

    // MARK: Histories

    /// Messages that were durable and had not left are as if they had never been.
    func restored(_ member: CouncilMember, from branch: Int) {
        restoredMembers.insert(member.member)
        let entries = book.branches[branch].entries
        for entry in entries.dropFirst(max(book.branches[branch].leftSize, member.synced)) {
            guard case .message(let own) = entry else { continue }
            let message = own.message
            locks[member.member] = nil
            said[Slot(
                member: member.member, number: message.number.value, kind: message.kind, round: message.round)] = nil
            switch message {
            case .prevote(let vote): forget(vote, .prevote, member.member)
            case .precommit(let vote): forget(vote, .precommit, member.member)
            case .proposal: break
            }
        }
    }

    private func forget(_ vote: Vote, _ step: VoteText.Step, _ member: Int) {
        guard let choice = vote.choice else { return }
        votes[VoteKey(step: step, round: vote.round, hash: choice.hash)]?[member] = nil
    }

    /// A correct member signs an entry of its log.
    func signs(_ member: CouncilMember, in world: CouncilWorld) {
        if outranked[member.member] == member.disk.ownLog {
            world.violate("I3", "member \(member.member) signs on a log of which the head outside knows more")
        }
    }

    /// At a start: how many correct members hold more of its log than it does.
    func starts(_ member: CouncilMember, in world: CouncilWorld) {
        guard member.isHonest else { return }
        outranked[member.member] = member.outsideSize > member.synced ? member.disk.ownLog : nil
        knowing[member.member] = world.correct.count { other in
            other.member != member.member && book.logs[member.disk.ownLog].branches.contains { branch in
                let own = min(member.synced, book.shared(branch, member.disk.ownBranch))
                return other.disk.size(branch) > (branch == member.disk.ownBranch ? member.synced : own)
            }
        }
    }

    /// A correct member begins a second history of its log. Only where it was restored and nobody whom it had to
    /// ask could tell, that is no fault of the protocol; it then counts as a lie.
    func secondHistory(by member: CouncilMember, of branch: Int, at size: Int, in world: CouncilWorld) {
        let voters = member.settled.voters
        let needed = voters.count <= 3 ? 1 : voters.count - voters.quorum + 1
        if !restoredMembers.contains(member.member) {
            world.violate("I3", "member \(member.member) signs two histories, from \(size)")
        } else if knowing[member.member] ?? 0 >= needed {
            world.violate("I3", "member \(member.member) signs two histories although enough others knew")
        } else if excused.insert(member.member).inserted { world.marks.hit(.restoreUnnoticed) }
    }

    func convicted(_ log: Int, by member: CouncilMember, in world: CouncilWorld) {
        let owner = book.logs[log].member
        if member.isHonest, !isWrong(owner) {
            world.violate("I6", "member \(member.member) convicts member \(owner), who is correct")
        }
    }

    func accused(_ double: DoubleMessage, by member: CouncilMember, in world: CouncilWorld) {
        guard member.isHonest, let log = book.numbers[double.first.log] else { return }
        if !isWrong(book.logs[log].member) {
            world.violate("I6", "a double message is laid to member \(book.logs[log].member), who is correct")
        }
    }

    // MARK: Proofs

    /// Whether each correct signer's vote is on its disk.
    private func check(_ claim: QuorumClaim, _ hash: EpochHash, _ voters: VotingSet, in world: CouncilWorld) {
        let durable = votes[VoteKey(step: claim.step, round: claim.round, hash: hash)] ?? [:]
        for signer in claim.signers where signer.voter < voters.count {
            guard let log = book.numbers[voters.logs[signer.voter].log] else { continue }
            let member = book.logs[log].member
            if !isWrong(member), durable[member] == nil {
                world.violate("I11", "a proof holds a vote of member \(member) that its disk does not have")
            }
        }
    }

    func tells(_ parcel: CouncilParcel, by member: CouncilMember, in world: CouncilWorld) {
        for polka in parcel.polkas where polka.header.number == member.settled.number + 1 {
            check(polka, EpochHash(polka.header, suite), member.settled.voters, in: world)
        }
    }

    func decided(_ certificate: Certificate, by member: CouncilMember, in world: CouncilWorld) {
        let number = certificate.number.value
        let settled = member.disk.settled[number - 1]
        do throws(CertificateRefusal) { _ = try Certificate(certificate.claim, settled.voters, suite) } catch {
            world.violate("I13", "member \(member.member) decides by a certificate that is none: \(error)")
        }
        check(certificate.claim, certificate.hash, settled.voters, in: world)
        var known = certificates[number] ?? []
        guard !known.contains(where: { $0.hash == certificate.hash }) else { return }
        known.append(certificate)
        certificates[number] = known
        if known.count > 1, !isBeyond(settled) {
            world.violate("I13", "epoch \(number) has two certificates, of rounds \(known.map(\.round.value))")
        }
    }

}
