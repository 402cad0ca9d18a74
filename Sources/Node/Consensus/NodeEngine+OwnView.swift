// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

// What this member sees: whether an epoch is due, what it would propose, what it makes of others' proposals.
// Spec: Protocol/consensus.md §5.
extension NodeEngine {
    /// Looks again soon. Many changes at once are looked at together, and looking takes at most a small part of the
    /// time.
    func scheduleView() {
        guard isConsensusRunning, viewTask == nil else { return }
        let pause = max(NodeLimits.viewMilliseconds, viewCostMilliseconds * NodeLimits.viewCostFactor)
        viewTask = Task {
            try? await Task.sleep(for: .milliseconds(pause))
            self.refreshView()
        }
    }

    /// Looks again now: after entries, after a minute, after midnight.
    func refreshView() {
        viewTask = nil
        guard isConsensusRunning, height != nil else { return }
        lookForContinuation()
        feedHeld()
        refreshPermission()
        for hash in (height?.unjudged ?? [:]).keys.sorted() {
            if let proposal = height?.unjudged[hash] { judge(proposal) }
        }
        if height?.triggers == false, height?.decided == nil, mayBeDue {
            let start = SystemClock.monotonicMilliseconds()
            let isDue = ownView().ownProposal() != nil
            viewCostMilliseconds = Int(SystemClock.monotonicMilliseconds() - start)
            if isDue {
                height?.triggers = true
                if height?.roundSince == nil { height?.roundSince = SystemClock.monotonicMilliseconds() }
                take(.ownView(triggers: true))
            }
        }
        prepareProposal()
        askForBranches()
        tryApply()
    }

    /// False where the overlay shows that nothing can be due. The own view is settled on trial, which costs what the
    /// entries above the epoch cost.
    private var mayBeDue: Bool {
        let half = limits.logBytes / 2
        return state.isEpochDue(on: clock.today()) { store.byteCountAboveEpoch(of: $0) > half } != nil
    }

    /// The view as of now.
    func ownView() -> EpochView<StoreEntries> {
        EpochView(
            settled: settled, overlay: state, convicted: Set(forks.keys), ownDate: clock.today(),
            entries: StoreEntries(store, suite),
            holdings: .init(
                holding: { self.holding(of: $0) },
                held: { log in self.tips[log].flatMap { tip in
                    self.root(of: log, at: tip.held).map { Head(size: tip.held, root: $0) }
                } },
                vector: { self.height?.vectors[$0] },
                isHeldLong: { self.arrivals.isHeldLong($0, $1, at: SystemClock.monotonicMilliseconds()) },
                isPastHalf: { self.isPastHalf($0, $1) }),
            trials: trials)
    }

    /// Whether the entries of a range of a log are more than half of what receivers take above an epoch.
    private func isPastHalf(_ log: LogID, _ range: Range<Int>) -> Bool {
        let half = limits.logBytes / 2
        guard store.byteCountAboveEpoch(of: log) > half else { return false }
        return byteCount(of: log, range) > half
    }

    /// Bytes of entries that are held.
    func byteCount(of log: LogID, _ range: Range<Int>) -> Int {
        var (next, bytes) = (range.lowerBound, 0)
        while next < range.upperBound {
            let batch = heldEntries(of: log, from: next)
            for position in 0..<min(batch.count, range.upperBound - next) { bytes += batch[position].count }
            next += batch.count
        }
        return bytes
    }

    /// Answers the core with a header of the own view, if that triggers; else it is tried again when more is held.
    func prepareProposal() {
        guard let round = height?.preparing, let own = ownView().ownProposal() else { return }
        let header = EpochHeader(
            network: genesis.network, number: chain.number + 1, previous: chain.epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(own.heads, suite), date: max(clock.today(), chain.epoch.date),
            ruleVersion: chain.epoch.ruleVersion, stateDigest: settledDigest)
        height?.preparing = nil
        height?.know(own.heads, root: header.vectorRoot)
        take(.prepared(header, delta: chain.epoch.delta(to: own.heads), round))
    }

    /// Judges a proposal as a fresh one; again while heads are missing.
    func judge(_ proposal: Proposal) {
        guard let quorum = height?.core.voters.quorum else { return }
        let hash = EpochHash(proposal.header, suite)
        let judgement = ProposalCheck.judge(proposal, in: ownView(), quorum: quorum, suite)
        if judgement == .missing {
            let isNew = height?.unjudged.updateValue(proposal, forKey: hash) == nil
            if isNew, vector(behind: proposal.header) == nil {
                need(.vector(number: proposal.header.number, root: proposal.header.vectorRoot))
            }
            guard isNew else { return }
        } else {
            height?.unjudged[hash] = nil
        }
        take(.judged(hash, judgement))
    }

    /// The heads behind a header's root, as far as they are known.
    func vector(behind header: EpochHeader) -> [CoveredHead]? {
        if let known = height?.vectors[header.vectorRoot] { return known }
        guard let delta = height?.offered[header.vectorRoot] else { return nil }
        let heads = chain.epoch.heads(applying: delta)
        guard EpochHeader.vectorRoot(heads, suite) == header.vectorRoot else { return nil }
        height?.know(heads, root: header.vectorRoot)
        return heads
    }

    /// Takes heads that a member sent for a root.
    func take(_ heads: [CoveredHead], for header: EpochHeader) -> Bool {
        guard EpochHeader.isOrdered(heads), EpochHeader.vectorRoot(heads, suite) == header.vectorRoot else {
            return false
        }
        height?.know(heads, root: header.vectorRoot)
        scheduleView()
        return true
    }

    /// How a head of a vector compares with what is held. Above what the last epoch covers another root is another
    /// branch, which is missing: `askForBranches` has it fetched.
    func holding(of covered: CoveredHead) -> HeadHolding {
        if covered.head.size == .empty { return covered.head.root == suite.emptyRoot ? .held : .contradicts }
        guard let tip = tips[covered.log], tip.held >= covered.head.size else { return .missing }
        if root(of: covered.log, at: covered.head.size) == covered.head.root { return .held }
        return covered.head.size > settled.epoch.head(of: covered.log)?.size ?? .empty ? .missing : .contradicts
    }

    /// The root over the first entries held of a log.
    func root(of log: LogID, at size: LogSize) -> Hash? {
        guard let tip = tips[log], size <= tip.held else { return nil }
        if size == tip.held { return tip.edge.root(suite) }
        if let known = knownRoots[log], known.size == size { return known.root }
        guard let tree = store.tree(of: log),
              let hashes = try? Subtree.cover(.empty, to: size).map({ try tree.root(of: $0) }),
              let edge = RightEdge(size: size, hashes: hashes)
        else { return nil }
        let root = edge.root(suite)
        knownRoots[log] = Head(size: size, root: root)
        return root
    }
}
