// SPDX-License-Identifier: EUPL-1.2

import Cooperative
import Journal
import Replication
import Storage

/// A branch of a log, by size and root: what a certificate, a named end or a proposal with a valid round says to stand.
struct StandingBranch: Hashable, Sendable {
    let log: LogID
    let head: Head
}

/// What became of a part of a branch.
enum BranchStep: Sendable {
    /// It is held up to here; this is next.
    case grew(EntryIndex)
    /// All of it is held, or it is no longer wanted.
    case done
    /// What is held below the part lies on another branch; both are one up to here.
    case otherBranch(trunk: EntryIndex)
    /// It is no part of this branch, or cannot be kept.
    case refused
}

/// A part of a branch that waits for its turn.
struct BranchOffer: Sendable {
    let page: Page
    let hashes: [Hash]
    let branch: StandingBranch
    let peer: OIN
}

// A node that holds the branch which an epoch or an end declares dead fetches the one that stands, and lets it take the
// place of what it holds above the last epoch. Spec: Protocol/exchange.md §5, Protocol/storage.md §4.
extension NodeEngine {
    /// What is to be fetched now: of forked logs, or against what is held. What is merely behind comes by exchange.
    var wantedBranches: [StandingBranch] {
        var wanted: [StandingBranch] = []
        func want(_ covered: CoveredHead) {
            let branch = StandingBranch(log: covered.log, head: covered.head)
            guard !wanted.contains(where: { $0.log == covered.log }), isAnotherBranch(branch) else { return }
            wanted.append(branch)
        }
        if let decided = height?.decided, let heads = vector(behind: decided.header) {
            heads.forEach(want)
            return wanted
        }
        for log in forks.keys.sorted() {
            guard let end = standingEnd(of: log) else { continue }
            want(CoveredHead(log: log, head: end))
        }
        for hash in (height?.unjudged ?? [:]).keys.sorted() {
            guard let proposal = height?.unjudged[hash], let heads = vector(behind: proposal.header) else { continue }
            for covered in heads where standingEnd(of: covered.log) == nil { want(covered) }
        }
        return wanted
    }

    /// The named end of a log above what the last epoch covers.
    private func standingEnd(of log: LogID) -> Head? {
        let covered = settled.epoch.head(of: log)?.size ?? .empty
        guard let end = state.namedEnd(of: log), end.size > covered else { return nil }
        return Head(size: end.size, root: end.root)
    }

    /// Whether a head is not held and no exchange brings it: its log is convicted, or what is held contradicts it.
    private func isAnotherBranch(_ branch: StandingBranch) -> Bool {
        let covered = settled.epoch.head(of: branch.log)?.size ?? .empty
        guard branch.head.size > covered, let tip = tips[branch.log] else { return false }
        guard tip.held >= branch.head.size else { return forks[branch.log] != nil }
        return root(of: branch.log, at: branch.head.size) != branch.head.root
    }

    /// Asks others for every branch that is wanted.
    func askForBranches() {
        for branch in wantedBranches { need(.branch(branch)) }
    }

    /// Where to go on with a branch; `nil` where it is held, or no longer wanted.
    func nextMissing(of branch: StandingBranch) -> EntryIndex? {
        guard wantedBranches.contains(branch), let tip = tips[branch.log] else { return nil }
        return tip.held < branch.head.size ? tip.held.next : trunk(of: branch.log).next
    }

    /// Up to where all branches of a log are one: what the last epoch covers.
    private func trunk(of log: LogID) -> LogSize {
        min(settled.epoch.head(of: log)?.size ?? .empty, tips[log]?.held ?? .empty)
    }

    /// Whether what is held of a log may give way: it is convicted, or nothing of it would.
    func mayReplace(_ log: LogID) -> Bool { forks[log] != nil || tips[log]?.held ?? .empty <= trunk(of: log) }

    /// What to ask of somebody whose branch may be another one.
    func proveRequest(about log: LogID) -> ProveRequest? {
        tips[log]?.head.map { ProveRequest(log: .id(log), size: $0.size) }
    }

    /// Takes a part of a branch that a partner sent.
    func take(
        _ part: BranchAnswer.Part, of branch: StandingBranch, from: EntryIndex, by peer: OIN
    ) async -> BranchStep {
        guard part.page.log == .id(branch.log), part.page.from == from, !part.page.entries.isEmpty,
              !from.position.addingReportingOverflow(part.page.entries.count).overflow,
              let page = part.page(of: branch.log).cut(at: branch.head.size, suite)
        else {
            count("branch-part", for: peer)
            return .refused
        }
        let offer = BranchOffer(page: page, hashes: part.hashes, branch: branch, peer: peer)
        do throws(EngineFailure) { return try await submit { .branch(offer, $0) } } catch { return .refused }
    }

    /// Checks the part by the signature of its log and by the root that stands, and makes it durable: above what is
    /// held of the branch, or in the place of another one above the last epoch.
    func taken(_ offer: BranchOffer) async -> BranchStep {
        let (log, branch) = (offer.branch.log, offer.branch)
        guard wantedBranches.contains(branch), mayReplace(log), let tip = tips[log] else { return .done }
        let trunk = trunk(of: log)
        let goesOn = offer.page.from == tip.held.next
        guard goesOn || offer.page.from == trunk.next, let base = goesOn ? tip : self.base(of: tip, at: trunk) else {
            return .refused
        }
        var grown = base
        let page: AdmittedPage
        do throws(PageRefusal) { page = try grown.admit(offer.page, suite) } catch {
            return unfit(error.reason, offer, trunk)
        }
        guard grown.edge.root(at: branch.head.size, rightHand: offer.hashes, suite) == branch.head.root else {
            return unfit("branch-root", offer, trunk)
        }
        let bytes = goesOn ? store.byteCountAboveEpoch(of: log) : 0
        guard bytes + page.entries.byteCount <= limits.logBytes else { return unfit("log-full", offer, trunk) }
        var batch = CommitBatch(pages: [page])
        if !goesOn { batch.branchingAt = base }
        isTakingBranch = true
        defer { isTakingBranch = false }
        do throws(StorageFailure) {
            keep(page, isOther: !goesOn, try await store.commit(batch))
        } catch {
            self.log(.error, "branch", log.description, result: "not-kept", ["reason": error.description])
            if store.stopped != nil { failure = error }
            return .refused
        }
        return page.tip.held < branch.head.size ? .grew(page.tip.held.next) : .done
    }

    /// A part that does not fit: from the trunk on it is the partner's fault, above it what is held may be.
    private func unfit(_ reason: String, _ offer: BranchOffer, _ trunk: LogSize) -> BranchStep {
        guard offer.page.from == trunk.next else { return .otherBranch(trunk: trunk.next) }
        count(reason, for: offer.peer)
        return .refused
    }

    /// The tip of what every branch has, under the head that is held.
    private func base(of tip: LogTip, at trunk: LogSize) -> LogTip? {
        guard trunk > .empty else { return LogTip(authorised: tip.identity) }
        guard let head = tip.head, let tree = store.tree(of: tip.log),
              let left = try? Subtree.cover(.empty, to: trunk).map({ try tree.root(of: $0) }),
              let right = try? Subtree.cover(trunk, to: head.size).map({ try tree.root(of: $0) }),
              let edge = RightEdge(size: trunk, hashes: left)
        else { return nil }
        return try? LogTip(
            restoring: tip.identity, edge: edge, head: head.signed, rightHandHashes: right, suite)
    }

    /// What is durable of the branch becomes what is held.
    private func keep(_ page: AdmittedPage, isOther: Bool, _ receipt: CommitReceipt) {
        let sequence = HeadSequence(Int(receipt.sequence))
        tips[page.log] = page.tip
        heads.advance(to: sequence)
        if isOther {
            if page.log == ownLogID { own = nil }
            knownRoots[page.log] = nil
            branches[page.log, default: 0] += 1
            arrivals.forget(page.log)
            self.log(.warning, "branch", page.log.description, result: "replaced", [
                "from": page.first.description, "size": page.tip.held.description,
            ])
        }
        arrivals.note(
            page.log, from: page.first.position, to: page.tip.held.count, at: SystemClock.monotonicMilliseconds())
        feed(page.entries, of: page.log, from: page.first.position)
        if isOther { rebuildOverlay() } else { fold(page) }
        if state.isStale { rebuildOverlay() }
        takeUpLogs(at: sequence)
        keepRow(of: page.log, at: sequence)
        for listener in newHeadsListeners { listener(false) }
        scheduleView()
    }
}
