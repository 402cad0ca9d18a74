// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// The running number, and from a certificate to the next settled state, as a node does it.
extension GoverningMember {
    func beginHeight() {
        let voters = votersWithContinuation()
        var records = continuedRecords(voters)
        if voters.voter(disk.ownLog) != nil, disk.size(disk.ownLog) > 0 {
            for index in disk.justifications.keys.sorted() where index < disk.size(disk.ownLog) {
                guard let own = disk.justifications[index], own.message.number == voters.next else { continue }
                records.append(OwnRecord(own, at: EntryIndex(known: index)))
            }
        }
        let start = HeightStart(
            voters: voters, ownKey: signer.publicKey, timings: world.settings.timings, records: records)
        core = start.core(signer: signer, suite: suite)
        (inbox, triggers, preparing, unjudged, decided) = ([], false, nil, [:], nil)
        (wantedPolkas, wantedVectors, wantedBranches, trials) = ([], [], [], EpochTrials())
        if isWriting { give(.mayVote(true)) }
        feedHeld()
        scheduleView()
    }

    /// Under E_0 nothing counts before every founder's entry 0 is held.
    private var holdsFounders: Bool {
        epoch.number > 0 || settled.votingSet.logs.allSatisfy { disk.size($0.log) > 0 }
    }

    private func feedHeld() {
        guard holdsFounders else { return }
        for log in core.voters.speakingLogs {
            let from = epoch.head(of: log)?.size.count ?? 0
            feed(log, from: from)
            for (place, branch) in (disk.branches[log] ?? []).enumerated() {
                feed(log, branch, place + 1, from: from)
            }
        }
    }

    /// Gives messages of a log to the core; repeats do nothing.
    func feed(_ log: LogID, from: Int) {
        if let held = disk.journals[log] { feed(log, held, 0, from: from) }
    }

    /// The same of one of its branches.
    func feed(_ log: LogID, _ held: HeldJournal, _ branch: Int, from: Int) {
        let number = epoch.number
        guard holdsFounders, core.voters.voter(log) != nil else { return }
        var index = from
        while index < held.size, epoch.number == number {
            defer { index += 1 }
            guard let entry = try? Entry.parse(held.entries[index]), (16...18).contains(entry.kind),
                  let message = try? ConsensusMessage.parse(entry), message.number == core.voters.next
            else { continue }
            if case .proposal(let proposal) = message, let delta = proposal.delta,
               proposal.header.previous == epoch.hash { keep(epoch.heads(applying: delta)) }
            give(.message(message, MessagePlace(log: log, branch: branch, index: EntryIndex(known: index))))
        }
    }

    /// Under E_0 the last entry 0 opens the door for all messages that are held.
    func feedNews(_ log: LogID, from: Int) {
        if epoch.number == 0, from == 0 { feedHeld() } else { feed(log, from: from) }
    }

    func give(_ event: ConsensusEvent) {
        inbox.append(event)
        guard !isHandling else { return }
        isHandling = true
        defer { isHandling = false }
        while !inbox.isEmpty {
            let number = core.voters.next
            let event = inbox.removeFirst()
            for effect in core.handle(event) {
                carryOut(effect)
                if core.voters.next != number || !isUp { break }
            }
        }
    }

    private func carryOut(_ effect: ConsensusEffect) {
        switch effect {
        case .append(let own): say(own)
        case .startTimer(let timer, let milliseconds):
            world.schedule(
                .timer(timer, number: core.voters.next.value, address, life: life), afterMilliseconds: milliseconds)
        case .prepareProposal(let round):
            preparing = round
            prepareProposal()
        case .judge(let proposal): judge(proposal)
        case .keep(let polka): store(polka)
        case .fetchPolka(let round, let hash):
            wantedPolkas.append(PolkaKey(number: core.voters.next.value, round: round, hash: hash))
            askSomebody()
        case .fetchCertificate: askSomebody()
        case .decided(let certificate):
            decided = certificate
            tryApply()
        case .disputed(let one, _): world.observer.disputed(one.number.value, settled, in: world)
        case .evidence, .refused, .refusedProof: break
        }
    }

    private func say(_ own: OwnMessage) {
        guard isWriting else { return }
        note(6, [own.message.round.value, Int(own.message.kind)], "says kind \(own.message.kind): \(own.message)")
        if let polka = own.polka { store(polka) }
        var own = own
        if case .proposal(let proposal) = own.message, world.random.happens(world.settings.bareProposalPercent) {
            let bare = Proposal(round: proposal.round, header: proposal.header, validRound: proposal.validRound)
            own = OwnMessage(.proposal(bare), header: own.header, polka: own.polka)
        }
        append(own.message.entry(), own: own)
    }

    private func store(_ polka: Polka) {
        let key = PolkaKey(number: polka.header.number, round: polka.round, hash: polka.hash)
        disk.polkas[key] = polka.claim
        wantedPolkas.removeAll { $0 == key }
    }

    func keep(_ vector: [CoveredHead]) {
        guard EpochHeader.isOrdered(vector) else { return }
        let root = EpochHeader.vectorRoot(vector, suite)
        disk.vectors[root] = vector
        wantedVectors.removeAll { $0 == root }
    }

    // MARK: Applying

    /// Applies the decided epoch once all that it covers is held.
    func tryApply() {
        guard let certificate = decided else { return }
        let root = certificate.header.vectorRoot
        guard let heads = disk.vectors[root] else { return want(root) }
        let holdings = heads.map(holding)
        guard holdings.allSatisfy({ $0 == .held }) else {
            world.marks.hit(.waits)
            for (covered, holding) in zip(heads, holdings) where holding == .contradicts { wantBranch(covered) }
            return
        }
        if disk.journals(with: heads).contains(where: { $1.roots != disk.journals[$0]?.roots }) {
            world.marks.hit(.branchChanged)
        }
        disk.stand(heads)
        guard let next = Epoch(certificate, heads: heads, suite) else { return }
        let before = settled
        let after = settled(by: next)
        world.observer.applies(certificate, heads, before, after, by: self, in: world)
        disk.epochs.append(GovernedEpoch(certificate: certificate, delta: epoch.delta(to: heads)))
        disk.settled = after
        rebuildOverlay()
        note(9, [next.number], "applies epoch \(next.number) of round \(certificate.round), dated \(next.date), "
            + "digest \(settledDigest)")
        beginHeight()
    }

    /// The next settled state, or what a planted bug makes of it.
    private func settled(by next: Epoch) -> CooperativeState {
        switch planted {
        case .closesByWhatIsHeld:
            let heads = next.heads.map { CoveredHead(log: $0.log, head: head($0.log) ?? $0.head) }
            return settled.settled(by: Epoch(trying: next, heads: heads, date: next.date), held: entries)
        case .closesByOwnClock:
            return settled.settled(by: Epoch(trying: next, heads: next.heads, date: ownDate), held: entries)
        default: return settled.settled(by: next, held: entries)
        }
    }

    func want(_ root: Hash) {
        guard !wantedVectors.contains(root) else { return }
        wantedVectors.append(root)
        askSomebody()
    }

    // MARK: The own view

    func head(_ log: LogID) -> Head? { disk.journals[log].map { $0.head($0.size) } }

    /// Of a forked log another branch may be fetched yet.
    func holding(of covered: CoveredHead) -> HeadHolding {
        let size = covered.head.size.count
        if size == 0 { return covered.head.root == suite.emptyRoot ? .held : .contradicts }
        if let branch = disk.branch(of: covered) { return extends(branch) ? .held : .contradicts }
        if disk.forks[covered.log] != nil {
            wantBranch(covered)
            return .missing
        }
        return disk.size(covered.log) >= size ? .contradicts : .missing
    }

    /// Whether a branch goes on from what the last epoch covers.
    private func extends(_ branch: HeldJournal) -> Bool {
        guard let covered = epoch.head(of: branch.tip.log) else { return true }
        return branch.size >= covered.size.count && branch.roots[covered.size.count] == covered.root
    }

    func wantBranch(_ covered: CoveredHead) {
        if !wantedBranches.contains(covered) { wantedBranches.append(covered) }
    }

    /// Where another branch of a log stands than what is held first, that one is looked at.
    private var ends: [CoveredHead] {
        disk.forks.keys.sorted().compactMap { log in
            overlay.namedEnd(of: log).map { CoveredHead(log: log, head: Head(size: $0.size, root: $0.root)) }
        }.filter { end in disk.branch(of: end).map(extends) ?? true }
    }

    /// The view, for a proposal of a vector or for the own one.
    func view(of heads: [CoveredHead] = []) -> GoverningView {
        let (journals, vectors) = (disk.journals(with: ends + heads), disk.vectors)
        let (now, hold) = (world.now, world.settings.timings.holdMilliseconds)
        let view = EpochView(
            settled: settled, overlay: overlay, convicted: convicted, ownDate: ownDate,
            entries: JournalEntries(journals: journals),
            holdings: .init(
                holding: { [unowned self] in holding(of: $0) },
                held: { log in journals[log].flatMap { $0.size > 0 ? $0.head($0.size) : nil } },
                vector: { vectors[$0] },
                isHeldLong: { log, index in
                    journals[log].map { index.position < $0.size && now - $0.arrivals[index.position] > hold } ?? false
                }),
            trials: trials)
        return GoverningView(real: view, planted: planted, overlayDigest: planted == .overlayDigestSigned
            ? overlay.digest() : nil)
    }

    /// Looks again, after entries came or time passed.
    func refreshView() {
        isViewScheduled = false
        guard isUp else { return }
        lookForContinuation()
        for hash in unjudged.keys.sorted() {
            if let proposal = unjudged[hash] { judge(proposal) }
        }
        if !triggers, decided == nil, overlay.isEpochDue(on: ownDate) != nil, ownProposal() != nil {
            triggers = true
            give(.ownView(triggers: true))
        }
        prepareProposal()
        lookForBranches()
        tryApply()
    }

    /// What it would propose, or what a planted bug makes of it.
    private func ownProposal() -> [CoveredHead]? {
        guard var heads = view().real.ownProposal()?.heads else { return nil }
        if planted == .admittedWithoutReady {
            for log in overlay.candidates().flatMap(\.logs).map(\.log) where !heads.contains(where: { $0.log == log }) {
                if let head = head(log), head.size > .empty { heads.append(CoveredHead(log: log, head: head)) }
            }
        }
        if planted == .coversAboveNamedEnd {
            heads = heads.map { covered in
                CoveredHead(log: covered.log, head: head(covered.log) ?? covered.head)
            }
        }
        return heads.sorted { $0.log < $1.log }
    }

    private func prepareProposal() {
        guard let round = preparing, round == core.round, let heads = ownProposal() else { return }
        preparing = nil
        let header = EpochHeader(
            network: settled.genesis.network, number: epoch.number + 1, previous: epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(heads, suite), date: max(ownDate, epoch.date), ruleVersion: 1,
            stateDigest: view().stateDigest)
        keep(heads)
        give(.prepared(header, delta: epoch.delta(to: heads), round))
    }

    private func judge(_ proposal: Proposal) {
        let hash = EpochHash(proposal.header, suite)
        let heads = proposal.delta.map { epoch.heads(applying: $0) } ?? disk.vectors[proposal.header.vectorRoot]
        let judgement = ProposalCheck.judge(proposal, in: view(of: heads ?? []), quorum: core.voters.quorum, suite)
        if judgement == .missing {
            world.marks.hit(.judgedMissing)
            let isNew = unjudged.updateValue(proposal, forKey: hash) == nil
            if disk.vectors[proposal.header.vectorRoot] == nil { want(proposal.header.vectorRoot) }
            guard isNew else { return }
        } else { unjudged[hash] = nil }
        note(7, [], "finds the proposal of round \(proposal.round) \(judgement)")
        world.observer.judged(proposal, judgement, by: self, in: world)
        give(.judged(hash, judgement))
    }

    /// Where another branch of a log stands than those held here, that one is fetched.
    private func lookForBranches() {
        for end in ends where disk.branch(of: end) == nil { wantBranch(end) }
    }
}
