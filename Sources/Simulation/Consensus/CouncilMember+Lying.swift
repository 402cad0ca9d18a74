// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What a liar does that no correct member would.
extension CouncilMember {
    func isWithheld(_ own: OwnMessage) -> Bool {
        if lies.contains(.saysNothing) { return true }
        if lies.contains(.withholdsPrecommits), case .precommit = own.message {
            world.marks.hit(.liarWithholds)
            return true
        }
        guard lies.contains(.withholds), world.random.happens(60) else { return false }
        world.marks.hit(.liarWithholds)
        return true
    }

    /// Precommits nil to one half where it proposed to both, so that only the other half decides in that round.
    func halved(_ own: OwnMessage) -> OwnMessage {
        guard lies.contains(.nilForOneHalf), address.face == 1, case .precommit(let vote) = own.message,
              vote.choice != nil, core.voters.proposer(of: vote.round) == core.own else { return own }
        world.marks.hit(.liarHalves)
        return OwnMessage(.precommit(Vote(number: vote.number, round: vote.round, choice: nil)))
    }

    /// Offers something new where a correct member would offer the valid value again.
    func renewed(_ own: OwnMessage) -> OwnMessage {
        guard lies.contains(.proposesAnew), case .proposal(let proposal) = own.message, proposal.validRound != nil,
              ownDate >= settled.epoch.date else { return own }
        world.marks.hit(.liarAnew)
        let vector = ownVector()
        let fresh = header(vector, ownDate)
        disk.vectors[fresh.vectorRoot] = vector
        world.proposed(fresh)
        return OwnMessage(.proposal(Proposal(
            round: proposal.round, header: fresh, delta: settled.epoch.delta(to: vector))))
    }

    /// Bends a fresh proposal.
    func bend(_ vector: [CoveredHead], _ honest: EpochHeader) -> ([CoveredHead], EpochHeader) {
        var (vector, date, digest) = (vector, honest.date, honest.stateDigest)
        if lies.contains(.leavesOutBallots), world.random.happens(60) {
            world.marks.hit(.liarBallots)
            vector = vector.map { covered in
                guard let log = book.numbers[covered.log], let before = settled.covered(log),
                      world.random.happens(50) else { return covered }
                return CoveredHead(log: covered.log, head: before)
            }
        }
        if lies.contains(.coversMore), world.random.happens(60) {
            world.marks.hit(.liarCovers)
            vector = vector.map { covered in
                guard let log = book.numbers[covered.log] else { return covered }
                let branch = world.random.pick(book.logs[log].branches)
                let size = held(branch)
                return size > 0 ? CoveredHead(log: covered.log, head: book.head(branch, size)) : covered
            }
        }
        if lies.contains(.falseDates), world.random.happens(60) {
            world.marks.hit(.liarDate)
            date = date.adding(days: world.random.pick([-3, -1, 1, 2, 30])) ?? date
        }
        if lies.contains(.falseDigests), world.random.happens(60) {
            world.marks.hit(.liarDigest)
            digest = world.suite.hash([UInt8(member)])
        }
        if lies.contains(.untriggered) { world.marks.hit(.liarUntriggered) }
        let bent = header(vector, date, digest: digest)
        world.proposed(bent)
        return (vector, bent)
    }

    /// After a message of its own a second one of that kind and round.
    func addLie(after message: ConsensusMessage) {
        guard lies.contains(.doubles), world.random.happens(60) else { return }
        world.marks.hit(.liarDoubles)
        switch message {
        case .proposal(let proposal):
            if let other = world.headers[proposal.header.number]?.first(where: { $0 != proposal.header }) {
                append(.message(OwnMessage(.proposal(Proposal(round: proposal.round, header: other)))))
            }
        case .prevote(let vote): append(.message(OwnMessage(.prevote(other(.prevote, vote)))))
        case .precommit(let vote): append(.message(OwnMessage(.precommit(other(.precommit, vote)))))
        }
    }

    private func other(_ step: VoteText.Step, _ vote: Vote) -> Vote {
        let hash = knownHashes.first { $0 != vote.choice?.hash }
        return self.vote(step, vote.choice == nil || world.random.happens(50) ? hash : nil, vote.round)
    }

    private var knownHashes: [EpochHash] {
        (world.headers[settled.number + 1] ?? []).map { EpochHash($0, world.suite) }
    }

    private func vote(_ step: VoteText.Step, _ hash: EpochHash?, _ round: Round) -> Vote {
        Vote(number: core.voters.next, round: round, choice: hash.map { hash in
            Vote.Choice(hash: hash, signature: world.signature(of: member, step, round, hash, core.voters))
        })
    }

    /// Votes nil in rounds that nobody will ever come to, the last one there is among them.
    func voteFarOff() {
        guard votesFarOff, !hasFallenSilent, !isAsking, core.own != nil, world.random.happens(50) else { return }
        world.marks.hit(isHonest ? .farOffBelowFour : .liarFarOff)
        let last = CooperativeLimits.round
        let round = Round(known: world.random.pick([
            last, last, last - world.random.below(1 << 30), OwnMessage.farOff + world.random.below(100),
        ]))
        let vote = Vote(number: core.voters.next, round: round, choice: nil)
        append(.message(OwnMessage(world.random.happens(50) ? .prevote(vote) : .precommit(vote))))
    }

    /// Now and then, without a reason.
    func lie() {
        guard core.own != nil, let known = world.headers[settled.number + 1], !known.isEmpty else { return }
        let header = world.random.pick(known)
        let hash = EpochHash(header, world.suite)
        let round = Round(known: min(
            CooperativeLimits.round, max(0, core.round.value + world.random.below(3) - 1)))
        if lies.contains(.signsAnything), world.random.happens(50) {
            world.marks.hit(.liarAnything)
            append(.message(OwnMessage(.prevote(vote(.prevote, hash, round)))))
            append(.message(OwnMessage(.precommit(vote(.precommit, world.random.happens(20) ? nil : hash, round)))))
        }
        if lies.contains(.outOfTurn), world.random.happens(30) {
            world.marks.hit(.liarOutOfTurn)
            append(.message(OwnMessage(.proposal(Proposal(round: round, header: header)))))
        }
        if lies.contains(.falseValidRounds), world.random.happens(50) {
            sayFalseValidRound(header, from: round)
        }
    }

    private func sayFalseValidRound(_ header: EpochHeader, from round: Round) {
        for later in 0..<core.voters.count {
            guard let mine = Round(round.value + later), mine > .zero, core.voters.proposer(of: mine) == core.own
            else { continue }
            world.marks.hit(.liarValid)
            let valid = Round(known: world.random.below(mine.value))
            let delta = world.random.happens(30) ? [] : nil as [CoveredHead]?
            append(.message(OwnMessage(.proposal(
                Proposal(round: mine, header: header, validRound: valid, delta: delta)))))
            return
        }
    }

    /// A proof out of what correct members signed and what liars would sign, shown to one of them.
    func forge() {
        if lies.contains(.saysNothing) { return showPolka() }
        if lies.contains(.certifiesAlone) { return showCertificates() }
        guard lies.contains(.forges), !hasFallenSilent, world.random.happens(30) else { return }
        let victim = world.random.pick(world.correct)
        guard victim.isUp, victim.settled.hash == settled.hash, let known = world.headers[settled.number + 1]
        else { return }
        let header = world.random.pick(known)
        let round = Round(known: max(0, victim.core.round.value - (world.random.happens(30) ? 1 : 0)))
        let step: VoteText.Step = world.random.happens(70) ? .prevote : .precommit
        let voters = victim.core.voters
        let signers = world.observer.signers(step, round, EpochHash(header, world.suite), voters, in: world)
        guard signers.count >= voters.quorum else { return }
        world.marks.hit(step == .prevote ? .liarForgedPolka : .liarForgedCertificate)
        let claim = QuorumClaim(step, header: header, round: round, signers: signers)
        show(claim, to: victim)
    }

    /// A polka that only its own prevote completes, shown to one member that may lock on it.
    private func showPolka() {
        let victim = world.random.pick(world.correct)
        guard !hasFallenSilent, victim.isUp, victim.settled.hash == settled.hash, victim.core.step == .prevote,
              let header = world.headers[settled.number + 1]?.last else { return }
        let (voters, round) = (victim.core.voters, victim.core.round)
        let signers = world.observer.signers(.prevote, round, EpochHash(header, world.suite), voters, in: world)
        guard signers.count == voters.quorum else { return }
        world.marks.hit(.liarForgedPolka)
        show(QuorumClaim(.prevote, header: header, round: round, signers: signers), to: victim)
    }

    /// A quorum of liars needs nobody: two certificates of one number, for rounds that nobody came to.
    private func showCertificates() {
        let victim = world.random.pick(world.correct)
        guard !hasFallenSilent, victim.isUp, victim.settled.hash == settled.hash, world.random.happens(10),
              let known = world.headers[settled.number + 1], known.count > 1 else { return }
        let parcel = CouncilParcel(isAnswer: true, epoch: settled.number, epochHash: settled.hash, have: [])
        for (place, header) in world.random.shuffled(known).prefix(2).enumerated() {
            let round = Round(known: victim.core.round.value + 5 + place)
            let (voters, hash) = (victim.core.voters, EpochHash(header, world.suite))
            let signers = world.observer.signers(.precommit, round, hash, voters, in: world)
            guard signers.count >= voters.quorum else { return }
            let claim = QuorumClaim(.precommit, header: header, round: round, signers: signers)
            parcel.certificates.append(CertificateInTransit(
                number: settled.number + 1, claim: claim, vector: disk.vectors[header.vectorRoot]))
        }
        world.marks.hit(.liarForgedCertificate)
        world.send(parcel, from: address, to: victim.member)
    }

    private func show(_ claim: QuorumClaim, to victim: CouncilMember) {
        let parcel = CouncilParcel(isAnswer: true, epoch: settled.number, epochHash: settled.hash, have: [])
        if claim.step == .prevote { parcel.polkas = [claim] } else {
            parcel.certificates = [CertificateInTransit(
                number: settled.number + 1, claim: claim, vector: disk.vectors[claim.header.vectorRoot])]
        }
        world.send(parcel, from: address, to: victim.member)
    }
}

extension OwnMessage {
    /// No round so late is reached in a simulation.
    static let farOff = 10_000

    var isFarOff: Bool { message.round.value >= Self.farOff }
}
