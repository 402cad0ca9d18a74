// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// From a certificate to the next height.
extension CouncilMember {
    func decided(_ certificate: Certificate) {
        if isHonest { world.observer.decided(certificate, by: self, in: world) }
        guard disk.waiting[certificate.number.value] == nil else { return }
        note(8, [certificate.number.value, certificate.round.value],
             "has a certificate for epoch \(certificate.number) of round \(certificate.round): \(certificate.hash)")
        world.marks.hit(.decided)
        if certificate.round.value > 0 { world.marks.hit(.decidedLate) }
        if certificate.round.value > 2 { world.marks.hit(.decidedLater) }
        disk.waiting[certificate.number.value] = certificate
        tryApply()
    }

    /// Certificates are applied in order, once all heads are held and the digest before is the own one.
    func tryApply() {
        while disk.dispute.isEmpty, let certificate = disk.waiting[settled.number + 1] {
            guard let vector = disk.vectors[certificate.header.vectorRoot] else {
                want(certificate.header.vectorRoot)
                return
            }
            let view = CouncilView(self)
            guard vector.allSatisfy({ view.holding(of: $0) == .held }) else {
                world.marks.hit(.waitsForHeads)
                return
            }
            guard certificate.header.stateDigest == ownDigest || planted == .digestIgnored else {
                if !hasDigestStopped { world.marks.hit(.digestStops) }
                hasDigestStopped = true
                updateVoting()
                return
            }
            guard let next = world.settle(certificate, vector, after: settled) else { return }
            apply(next, certificate, vector)
        }
    }

    private func want(_ root: Hash) {
        guard !wantedVectors.contains(root) else { return }
        wantedVectors.append(root)
        askSomebody()
    }

    private func apply(_ next: SettledEpoch, _ certificate: Certificate, _ vector: [CoveredHead]) {
        if isHonest { world.observer.applies(certificate, next, vector, by: self, in: world) }
        disk.waiting[next.number] = nil
        disk.settled.append(next)
        disk.certificates.append(certificate)
        note(9, [next.number], "applies epoch \(next.number) dated \(next.epoch.date), digest \(next.digest)")
        ballots.removeAll { next.outcomes[$0.decision] != nil }
        beginHeight()
    }

    func take(_ certificate: CertificateInTransit) {
        if let vector = certificate.vector { keepVector(vector) }
        let number = certificate.number
        guard disk.dispute.isEmpty else { return }
        if number == settled.number + 1 {
            if disk.waiting[number]?.header == certificate.claim.header { return }
            world.marks.hit(.decidedByCertificate)
            give(.certificate(certificate.claim))
        } else if number <= settled.number {
            compare(certificate.claim, with: number)
        }
    }

    private func keepVector(_ vector: [CoveredHead]) {
        guard EpochHeader.isOrdered(vector) else { return }
        let root = EpochHeader.vectorRoot(vector, world.suite)
        if disk.vectors[root] == nil { disk.vectors[root] = vector }
    }

    /// A certificate for a number that is applied already: of another header it proves that more than f lied.
    private func compare(_ claim: QuorumClaim, with number: Int) {
        let own = disk.certificates[number - 1]
        guard claim.header != own.header else { return }
        do throws(CertificateRefusal) {
            let other = try Certificate(claim, disk.settled[number - 1].voters, world.suite)
            world.marks.hit(.disputedLate)
            if isHonest { world.observer.decided(other, by: self, in: world) }
            dispute(own, other)
        } catch { world.marks.hit(.refusedProof) }
    }

    /// Consensus stops, and the settled state is E_k.
    func dispute(_ one: Certificate, _ other: Certificate) {
        guard disk.dispute.isEmpty, planted != .disputeIgnored else { return }
        world.marks.hit(.disputed)
        if isHonest { world.observer.decided(other, by: self, in: world) }
        note(10, [one.number.value], "sees two certificates for epoch \(one.number)")
        disk.dispute = [one, other]
        let before = one.number.value - 1
        disk.settled.removeSubrange((before + 1)...)
        disk.certificates.removeSubrange(before...)
        disk.waiting = [:]
        beginHeight()
    }

    func repairDigest() {
        isDigestWrong = false
        hasDigestStopped = false
        guard isUp else { return }
        updateVoting()
        tryApply()
    }

    // MARK: What a member does from time to time

    func tick() {
        guard isUp else { return }
        if isHonest, world.random.happens(20) { world.observer.look(at: self, in: world) }
        reviewTrigger()
        if let round = preparing, round == core.round { prepare(round) }
        judgeAgain()
        castBallots()
        sayReady()
        if !isHonest, !hasFallenSilent { lie() }
        voteFarOff()
        let others = otherMembers
        guard !others.isEmpty else { return }
        if isAsking {
            for other in others { request(to: other) }
        } else {
            for _ in 0..<2 { request(to: world.random.pick(others)) }
        }
    }

    /// A member votes some time after it sees a decision; not everybody does.
    private func castBallots() {
        let isVoter = settled.logs.indices.contains(member) && settled.logs[member] == disk.ownLog
        guard disk.dispute.isEmpty, !isAsking, isVoter else { return }
        for decision in decisions.keys.sorted() where !disk.voted.contains(decision) {
            guard settled.outcomes[decision] == nil, world.random.happens(30) else { continue }
            disk.voted.insert(decision)
            append(.ballot(decision, yes: world.random.happens(70)))
            if lies.contains(.doubleBallots), world.random.happens(50) {
                world.marks.hit(.liarBallotTwice)
                append(.ballot(decision, yes: world.random.happens(50)))
            }
        }
    }

    private func sayReady() {
        guard member >= world.settings.members, written == 1, book.logs[disk.ownLog].incarnation == 0,
              settled.number >= topEpochSeen else { return }
        world.marks.hit(.newcomerReady)
        append(.ready)
    }

    /// Somebody has something to do: a decision is proposed, or an entry written.
    func work(deadlineDays: Int?) {
        guard isUp, !isAsking else { return }
        guard let deadlineDays, let deadline = ownDate.adding(days: deadlineDays) else { return append(.work) }
        append(.decision(world.observer.newDecision(), deadline: deadline))
    }
}
