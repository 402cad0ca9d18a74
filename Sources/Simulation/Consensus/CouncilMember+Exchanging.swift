// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// How logs, certificates and polkas travel: who is behind is told what it lacks.
extension CouncilMember {
    /// The size of a branch that is held; what two branches share is held with either.
    func held(_ branch: Int) -> Int {
        var size = disk.size(branch)
        let siblings = book.logs[book.branches[branch].log].branches
        if siblings.count > 1 {
            for other in siblings where other != branch {
                size = max(size, min(disk.size(other), book.shared(branch, other)))
            }
        }
        return size
    }

    /// What may be told of the own log.
    var tellable: Int { planted == .leavesBeforeSync ? written : synced }

    private func parcel(isAnswer: Bool, to peer: Int) -> CouncilParcel {
        let have = book.branches.indices.map { $0 == disk.ownBranch ? tellable : held($0) }
        let parcel = CouncilParcel(
            isAnswer: isAnswer, epoch: settled.number, epochHash: settled.hash, have: have)
        let theirs = peerHave[peer] ?? []
        for branch in have.indices {
            let from = branch < theirs.count ? theirs[branch] : 0
            if have[branch] > from { parcel.pages.append((branch, have[branch])) }
        }
        for certificate in disk.dispute { parcel.certificates.append(inTransit(certificate)) }
        parcel.evidence = disk.forked.sorted()
        if isHonest, tellable > synced {
            world.violate("I11", "member \(member) tells of entries that its disk does not have")
        }
        book.left(disk.ownBranch, upTo: tellable)
        return parcel
    }

    func request(to peer: Int) {
        let parcel = parcel(isAnswer: false, to: peer)
        parcel.wantedPolkas = wantedPolkas
        parcel.wantedVectors = wantedVectors
        if isAsking { parcel.inquiry = life }
        world.send(parcel, from: address, to: peer)
    }

    /// A node asks every partner in turn until it has what it lacks (Protocol/exchange.md §8). Here one is asked, so
    /// that much is missed in time; once all is well, everyone: else timers far below what the terms of a network
    /// have to be do not grow enough for a vector to be found.
    func askSomebody() {
        guard !otherMembers.isEmpty else { return }
        if world.links.isHealed { return otherMembers.forEach(request(to:)) }
        request(to: world.random.pick(otherMembers))
    }

    func receive(_ parcel: CouncilParcel, from sender: Address) {
        guard isUp else { return }
        if isHonest, knowsMoreOfOwnLog(parcel) {
            world.marks.hit(.restoreSeenByPeer)
            openSuccessor("member \(sender.member) holds more of it")
        }
        if parcel.isAnswer, let asked = parcel.inquiry, asked == life { answeredInquiry(sender.member) }
        peerHave[sender.member] = parcel.have
        topEpochSeen = max(topEpochSeen, parcel.epoch)
        takePages(parcel)
        for vector in parcel.vectors { keep(vector) }
        for polka in parcel.polkas where polka.header.number == settled.number + 1 { give(.polka(polka)) }
        for certificate in parcel.certificates { take(certificate) }
        tryApply()
        hearLogs()
        judgeAgain()
        if !isHonest { forge() }
        guard !parcel.isAnswer else { return }
        let reply = self.parcel(isAnswer: true, to: sender.member)
        reply.inquiry = parcel.inquiry
        addWanted(by: parcel, to: reply)
        if reply.carries { world.send(reply, from: address, to: sender.member) }
    }

    // MARK: The own newest head

    private func knowsMoreOfOwnLog(_ parcel: CouncilParcel) -> Bool {
        let shown = book.logs[disk.ownLog].branches
        return shown.contains { branch in
            guard branch < parcel.have.count else { return false }
            let own = branch == disk.ownBranch ? written : min(written, book.shared(branch, disk.ownBranch))
            return parcel.have[branch] > own
        }
    }

    private func answeredInquiry(_ peer: Int) {
        guard isAsking, peer < settled.logs.count, settled.logs[peer] != nil else { return }
        answered.insert(peer)
        guard answered.count >= answersNeeded else {
            world.marks.hit(.inquiryWaits)
            return
        }
        isAsking = false
        updateVoting()
    }

    // MARK: Entries

    private func takePages(_ parcel: CouncilParcel) {
        for (branch, size) in parcel.pages where branch != disk.ownBranch {
            let before = held(branch)
            guard size > before else { continue }
            disk.hold(branch, size)
            read(branch, from: before, to: size)
            lookForFork(book.branches[branch].log)
        }
        for log in parcel.evidence where !disk.forked.contains(log) { disk.forked.insert(log) }
    }

    private func lookForFork(_ log: Int) {
        let branches = book.logs[log].branches
        guard branches.count > 1, !disk.forked.contains(log) else { return }
        for (place, one) in branches.enumerated() {
            for other in branches[..<place] {
                let shared = book.shared(one, other)
                guard disk.size(one) > shared, disk.size(other) > shared else { continue }
                disk.forked.insert(log)
                world.marks.hit(.forked)
                world.observer.convicted(log, by: self, in: world)
            }
        }
    }

    /// Takes note of decisions and ballots, as they arrive.
    func read(_ branch: Int, from: Int, to size: Int) {
        guard from < size else { return }
        for index in from..<size {
            switch book.branches[branch].entries[index] {
            case .decision(let decision, let deadline): decisions[decision] = deadline
            case .ballot(let decision, _):
                ballots.append(Ballot(branch: branch, index: index, decision: decision, arrived: world.now))
            case .zero, .message, .ready, .work: break
            }
        }
    }

    // MARK: Vectors and proofs

    /// The vector of a proposal, if it gives the root in the header.
    func keepVector(_ message: ConsensusMessage) {
        guard case .proposal(let proposal) = message, let delta = proposal.delta,
              disk.vectors[proposal.header.vectorRoot] == nil else { return }
        keep(settled.epoch.heads(applying: delta))
    }

    private func keep(_ vector: [CoveredHead]) {
        guard EpochHeader.isOrdered(vector) else { return }
        let root = EpochHeader.vectorRoot(vector, world.suite)
        disk.vectors[root] = vector
        wantedVectors.removeAll { $0 == root }
    }

    private func inTransit(_ certificate: Certificate) -> CertificateInTransit {
        CertificateInTransit(
            number: certificate.number.value, claim: certificate.claim,
            vector: disk.vectors[certificate.header.vectorRoot])
    }

    private func addWanted(by request: CouncilParcel, to reply: CouncilParcel) {
        let isBranched = request.epoch > 0 && request.epoch <= settled.number
            && disk.settled[request.epoch].hash != request.epochHash
        let first = isBranched ? 0 : min(request.epoch, disk.certificates.count)
        for certificate in disk.certificates[first...] { reply.certificates.append(inTransit(certificate)) }
        for (_, certificate) in disk.waiting.sorted(by: { $0.key < $1.key })
        where certificate.number.value > request.epoch { reply.certificates.append(inTransit(certificate)) }
        let hides = lies.contains(.hidesProofs) || planted == .polkaNotServed
        for key in request.wantedPolkas where !hides {
            guard let polka = disk.polkas[key] else { continue }
            world.marks.hit(.polkaServed)
            reply.polkas.append(polka)
        }
        for root in request.wantedVectors {
            guard let vector = disk.vectors[root] else { continue }
            world.marks.hit(.vectorServed)
            reply.vectors.append(vector)
        }
        if isHonest { world.observer.tells(reply, by: self, in: world) }
    }
}
