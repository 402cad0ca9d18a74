// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// How logs, evidence, epochs and proofs travel: who is behind is told what it lacks, in pages that are admitted.
extension GoverningMember {
    private func parcel(isAnswer: Bool, to peer: Int) -> GoverningParcel {
        var have: [LogID: Head] = [:]
        for (log, held) in disk.journals where held.size > 0 { have[log] = held.head(held.size) }
        let parcel = GoverningParcel(isAnswer: isAnswer, epoch: epoch.number, have: have)
        let theirs = peerHave[peer] ?? [:]
        for log in disk.journals.keys.sorted() {
            guard let held = disk.journals[log], let page = held.page(from: theirs[log]?.size.count ?? 0)
            else { continue }
            if page.from.position > 0, held.roots[page.from.position] != theirs[log]?.root { continue }
            parcel.pages.append(page)
        }
        parcel.evidence = disk.forks.keys.sorted().compactMap { disk.forks[$0]?.evidence }
        return parcel
    }

    func request(to peer: Int) {
        let parcel = parcel(isAnswer: false, to: peer)
        (parcel.wantedPolkas, parcel.wantedVectors) = (wantedPolkas, wantedVectors)
        (parcel.wantedLeaves, parcel.wantedBranches) = (wantedLeaves, wantedBranches)
        world.send(parcel, from: address, to: peer)
    }

    func askSomebody() {
        guard !others.isEmpty else { return }
        request(to: world.random.pick(others))
    }

    func receive(_ parcel: GoverningParcel, from sender: Address) {
        guard isUp else { return }
        answered.insert(sender.member)
        peerHave[sender.member] = parcel.have
        lookForBranches(in: parcel)
        for evidence in parcel.evidence { take(evidence) }
        for held in parcel.leaves { compare(held) }
        for page in parcel.branches { takeBranch(page) }
        // A successor's log becomes known by its own page, a candidate's by an invitation in another.
        var isNew = true
        while isNew {
            isNew = false
            for page in parcel.pages where admit(page) { isNew = true }
        }
        for vector in parcel.vectors {
            world.marks.hit(.vector)
            keep(vector)
        }
        for polka in parcel.polkas where polka.header.number == epoch.number + 1 {
            world.marks.hit(.polka)
            give(.polka(polka))
        }
        for item in parcel.epochs { take(item) }
        tryApply()
        guard !parcel.isAnswer else { return }
        let reply = self.parcel(isAnswer: true, to: sender.member)
        addWanted(by: parcel, to: reply)
        if reply.carries { world.send(reply, from: address, to: sender.member) }
    }

    // MARK: Pages

    /// Takes a page if its log is authorised; answers whether anything of it was new.
    private func admit(_ page: Page) -> Bool {
        if page.log == disk.ownLog, !disk.isLost { return false }
        guard var tip = disk.journals[page.log]?.tip ?? authorise(page) else { return false }
        let before = tip.held.count
        do throws(PageRefusal) {
            let admitted = try tip.admit(page, suite)
            if disk.journals[page.log] == nil { disk.journals[page.log] = HeldJournal(tip.identity, suite) }
            take(admitted)
            feedNews(page.log, from: before)
            return true
        } catch .headSignature {
            suspect(page.log)
            return false
        } catch { return false }
    }

    /// Logs that only an upheld vector of the running number names.
    private var namedLogs: [LogID: LogSize] {
        overlay.unknownLogs(of: core.upheldHeaders.compactMap { disk.vectors[$0.vectorRoot] })
    }

    private func authorise(_ page: Page) -> LogTip? {
        if let identity = overlay.identity(of: page.log) { return LogTip(authorised: identity) }
        guard page.from == .zero, page.entries.count > 0,
              let zero = try? EntryZero.parse(Array(page.entries[0])), zero.log(suite) == page.log else { return nil }
        if namedLogs[page.log] != nil {
            world.marks.hit(.authorisedByVector)
            return LogTip(authorised: LogIdentity(zero, suite))
        }
        guard let identity = try? overlay.authorise(zero, suite) else { return nil }
        open(zero)
        return LogTip(authorised: identity)
    }

    // MARK: Forks

    private func suspect(_ log: LogID) {
        guard disk.forks[log] == nil, !wantedLeaves.contains(log) else { return }
        wantedLeaves.append(log)
    }

    /// A head of a log that does not fit what is held here.
    private func lookForBranches(in parcel: GoverningParcel) {
        for log in parcel.have.keys.sorted() {
            guard let head = parcel.have[log], let held = disk.journals[log], held.size >= head.size.count,
                  held.roots[head.size.count] != head.root else { continue }
            world.marks.hit(.bothBranches)
            suspect(log)
        }
    }

    /// Two sets of leaf hashes under two signed heads: where they differ is the proof.
    private func compare(_ other: (log: LogID, head: SignedHead, leaves: [Hash])) {
        wantedLeaves.removeAll { $0 == other.log }
        guard disk.forks[other.log] == nil, let held = disk.journals[other.log], let head = held.tip.head
        else { return }
        let place = zip(held.leaves, other.leaves).enumerated().first { $1.0 != $1.1 }?.offset
        guard let place else { return }
        var evidence: ForkEvidence?
        if head.size == other.head.size {
            evidence = ForkEvidence(log: other.log, sameSize: head.signed, other.head)
        } else {
            func proven(_ leaves: [Hash], _ head: SignedHead) -> ProvenLeaf {
                let tree = MerkleTree(LeafHashes(leaves, suite), size: head.size, suite)
                let path = tree.inclusionProof(of: EntryIndex(known: place))
                return ProvenLeaf(head: head, index: EntryIndex(known: place), leaf: leaves[place], hashes: path)
            }
            evidence = ForkEvidence(
                log: other.log, leaves: proven(held.leaves, head.signed), proven(other.leaves, other.head))
        }
        guard let evidence else { return world.violate("I6", "two branches of one log make no evidence") }
        world.marks.hit(.convicted)
        take(evidence)
        if disk.forks[other.log] == nil {
            world.violate("I6", "evidence that member \(member) made of two branches proves nothing")
        }
    }

    private func take(_ evidence: ForkEvidence) {
        guard disk.forks[evidence.log] == nil, let identity = disk.journals[evidence.log]?.tip.identity
                ?? overlay.identity(of: evidence.log),
              let fork = try? evidence.check(identity, suite) else { return }
        world.marks.hit(.gossiped)
        convict(fork)
    }

    /// A branch that something names, beside the one held first.
    private func takeBranch(_ page: Page) {
        guard page.from == .zero, let held = disk.journals[page.log],
              let wanted = wantedBranches.first(where: { $0.log == page.log }) else { return }
        var (tip, fresh) = (LogTip(authorised: held.tip.identity), HeldJournal(held.tip.identity, suite))
        guard let admitted = try? tip.admit(page, suite) else { return }
        fresh.append(admitted, at: world.now, suite)
        guard fresh.size >= wanted.head.size.count, fresh.roots[wanted.head.size.count] == wanted.head.root
        else { return }
        world.marks.hit(.branchFetched)
        disk.branches[page.log, default: []].append(fresh)
        wantedBranches.removeAll { disk.branch(of: $0) != nil }
        feed(page.log, fresh, disk.branches[page.log]?.count ?? 1, from: epoch.head(of: page.log)?.size.count ?? 0)
        scheduleView()
    }

    // MARK: Epochs and proofs

    private func take(_ item: (number: Int, claim: QuorumClaim, delta: [CoveredHead])) {
        guard item.number == epoch.number + 1, decided == nil else { return }
        keep(epoch.heads(applying: item.delta))
        world.marks.hit(.byCertificate)
        give(.certificate(item.claim))
    }

    private func addWanted(by request: GoverningParcel, to reply: GoverningParcel) {
        if request.epoch < disk.epochs.count {
            for (offset, applied) in disk.epochs[request.epoch...].enumerated() {
                reply.epochs.append((request.epoch + offset + 1, applied.certificate.claim, applied.delta))
            }
        }
        if let decided, request.epoch == epoch.number, let heads = disk.vectors[decided.header.vectorRoot] {
            reply.epochs.append((epoch.number + 1, decided.claim, epoch.delta(to: heads)))
        }
        reply.polkas = request.wantedPolkas.compactMap { disk.polkas[$0] }
        reply.vectors = request.wantedVectors.compactMap { disk.vectors[$0] }
        for log in request.wantedLeaves {
            guard let held = disk.journals[log], let head = held.tip.head else { continue }
            reply.leaves.append((log, head.signed, held.leaves))
        }
        for wanted in request.wantedBranches {
            if let page = disk.branch(of: wanted)?.page(from: 0) { reply.branches.append(page) }
        }
    }
}
