// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Storage

/// Works off jobs on copies of what is held, so that nothing is half-applied when the disk refuses.
final class CommitGroup {
    typealias Answer = (EngineFailure?) -> Void

    private(set) var tips: [LogID: LogTip]
    private(set) var own: OwnLog?
    private(set) var batch = CommitBatch()
    /// The log that becomes the own one.
    private(set) var opening: OwnLogOpening?
    /// Entries 0 of logs that became known by them.
    private(set) var opened: [EntryZero] = []
    /// A head of the own log that a peer showed, signed by it and larger than what is held.
    private(set) var ownHeadShown: VerifiedHead?
    private var forks: [LogID: ConvictedFork]
    private var byteCounts: [LogID: Int] = [:]
    private var ownBytes: [Int: Int]
    private let mode: OwnLogMode
    private let store: JournalStore
    private let limits: NodeLimits
    private var signer: SigningKey
    private let suite: OpenSSLSuite
    /// How far pages of a forked log are taken: what an epoch covers, or the end that is named.
    private let forkAllowances: [LogID: LogSize]

    init(
        tips: [LogID: LogTip], own: OwnLog?, forks: [LogID: ConvictedFork], mode: OwnLogMode, store: JournalStore,
        signer: SigningKey, suite: OpenSSLSuite, limits: NodeLimits, forkAllowances: [LogID: LogSize]
    ) {
        self.forkAllowances = forkAllowances
        self.tips = tips
        self.own = own
        self.forks = forks
        self.mode = mode
        self.store = store
        self.limits = limits
        ownBytes = store.ownBytes
        self.signer = signer
        self.suite = suite
    }

    /// Who may open a log by an entry 0.
    typealias Authority = (EntryZero) -> LogIdentity?

    /// Admits everything that is good. The answers are given once it is durable, or with the failure. What peers bring
    /// comes first: where it shows more of the own log, nothing is signed any more.
    func run(_ jobs: [AdmissionQueue.Job], _ authorise: Authority) -> [Answer] {
        (jobs.filter { !$0.isAppend } + jobs.filter(\.isAppend)).map { job in
            switch job {
            case .pages(let pages, let answer):
                let outcome = admit(pages, authorise)
                return { failure in answer(failure.map { .failure($0) } ?? .success(outcome)) }
            case .evidence(let items, let answer):
                let refused = convict(items)
                return { failure in answer(failure.map { .failure($0) } ?? .success(refused)) }
            case .append(let entries, let answer):
                let result = append(entries)
                return { failure in answer(failure.map { .failure($0) } ?? result) }
            case .begin(let opening, let answer):
                let result = begin(opening)
                return { failure in answer(failure.map { .failure($0) } ?? result) }
            case .epoch, .branch: preconditionFailure("epochs and branches are worked on alone")
            }
        }
    }

    /// Makes another log the own one, with its entry 0.
    private func begin(_ opening: OwnLogOpening) -> Result<[AppendedEntry], EngineFailure> {
        let begun = OwnLog.begin(opening.entryZero, signer: opening.signer, suite)
        guard self.opening == nil, tips[begun.page.log]?.held ?? .empty == .empty else {
            return .failure(.readsOnly("this log was begun already."))
        }
        own = begun.log
        signer = opening.signer
        self.opening = opening
        tips[begun.page.log] = begun.log.tip
        batch.pages.append(begun.page)
        if opening.isSuccessor {
            batch.succession = opening.entryZero
            ownBytes = [:]
            if opening.entryZero.succession != nil { opened.append(opening.entryZero) }
        }
        return .success([AppendedEntry(log: begun.page.log, index: .zero, leaf: begun.page.leafHashes[0])])
    }

    /// Makes the log of a page known that begins with an entry 0 which something authorises.
    private func open(_ page: Page, _ authorise: Authority) -> LogTip? {
        guard page.from == .zero, !page.entries.isEmpty,
              let zero = try? EntryZero.parse(Array(page.entries[0])),
              let identity = authorise(zero), identity.log == page.log
        else { return nil }
        opened.append(zero)
        let tip = LogTip(authorised: identity)
        tips[page.log] = tip
        return tip
    }

    /// What may be taken of a page: of a forked log up to where it stands, of a candidate's up to its limit. The rest
    /// comes once an epoch says so.
    private func allowed(_ page: Page) -> Page? {
        guard forks[page.log] != nil || forkAllowances[page.log] != nil else { return page }
        guard !page.from.position.addingReportingOverflow(page.entries.count).overflow else { return nil }
        return page.cut(at: forkAllowances[page.log] ?? .empty, suite)
    }

    private func admit(_ pages: [Page], _ authorise: Authority) -> PagesOutcome {
        var refused: [(log: LogID, refusal: PageRefusal)] = []
        var lanes: [AdmissionLane] = []
        var laneOfLog: [LogID: Int] = [:]
        for page in pages {
            guard let tip = tips[page.log] ?? open(page, authorise), let page = allowed(page) else {
                refused.append((page.log, .logNotAuthorised))
                continue
            }
            if laneOfLog[page.log] == nil {
                laneOfLog[page.log] = lanes.count
                let byteCount = byteCounts[page.log] ?? store.byteCountAboveEpoch(of: page.log)
                lanes.append(AdmissionLane(tip, byteCount: byteCount, bytesLimit: limits.logBytes))
            }
            if let lane = laneOfLog[page.log] { lanes[lane].add(page) }
        }
        var kept = 0
        for lane in AdmissionLane.admit(lanes, suite) {
            let id = lane.tip.log
            refused += lane.refusals.map { (id, $0) }
            if let own, own.tip.log == id {
                guard !lane.admitted.isEmpty else { continue }
                // Signed with this node's key, and not held here: this store is an old copy. From the next group on
                // its log is kept like what others write.
                ownHeadShown = lane.tip.head
                self.own = nil
                refused.append((id, .logNotAuthorised))
                continue
            }
            tips[id] = lane.tip
            byteCounts[id] = lane.byteCount
            batch.pages += lane.admitted
            kept += lane.admitted.reduce(0) { $0 + $1.entries.count }
        }
        return PagesOutcome(refused: refused, entriesKept: kept)
    }

    private func convict(_ items: [[UInt8]]) -> [EvidenceRefusal] {
        var refused: [EvidenceRefusal] = []
        for item in items {
            do throws(EvidenceRefusal) {
                let evidence = try ForkEvidence.parse(item)
                guard let identity = tips[evidence.log]?.identity, forks[evidence.log] == nil else { continue }
                let convicted = try evidence.check(identity, suite)
                forks[evidence.log] = convicted
                batch.evidence.append(convicted)
            } catch {
                refused.append(error)
            }
        }
        return refused
    }

    private func append(_ own: OwnEntries) -> Result<[AppendedEntry], EngineFailure> {
        let entries = own.entries
        guard var log = self.own else {
            if case .readsOnly(let reason) = mode { return .failure(.readsOnly(reason)) }
            return .failure(.readsOnly("others hold more of this log: this store is an older copy."))
        }
        guard forks[log.tip.log] == nil else {
            return .failure(.readsOnly(NodeEngine.twoHistories))
        }
        do throws(EntryRefusal) {
            let added = try EntryClass.byteCounts(entries)
            for part in EntryClass.allCases {
                let count = added[part.rawValue] ?? 0
                guard count == 0 || count + (ownBytes[part.rawValue] ?? 0) <= part.limit(limits) else {
                    return .failure(part.failure(limits))
                }
            }
            let page = try log.append(entries, signer: signer, suite)
            self.own = log
            tips[page.log] = log.tip
            batch.pages.append(page)
            ownBytes.merge(added, uniquingKeysWith: +)
            batch.ownBytes.merge(added, uniquingKeysWith: +)
            for (position, draft) in own.justifications.enumerated() {
                batch.justifications.append(Justification(
                    number: draft.number, index: EntryIndex(known: page.first.position + position),
                    header: draft.header, polka: draft.polka))
            }
            return .success(page.leafHashes.enumerated().map { position, leaf in
                AppendedEntry(log: page.log, index: EntryIndex(known: page.first.position + position), leaf: leaf)
            })
        } catch { return .failure(.entry(error)) }
    }
}
