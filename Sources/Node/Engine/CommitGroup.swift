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
    private var forks: [LogID: ConvictedFork]
    private let signer: SigningKey
    private let suite: OpenSSLSuite

    init(
        tips: [LogID: LogTip], own: OwnLog?, forks: [LogID: ConvictedFork], signer: SigningKey, suite: OpenSSLSuite
    ) {
        self.tips = tips
        self.own = own
        self.forks = forks
        self.signer = signer
        self.suite = suite
    }

    /// Admits everything that is good. The answers are given once it is durable, or with the failure.
    func run(_ jobs: [AdmissionQueue.Job]) -> [Answer] {
        jobs.map { job in
            switch job {
            case .pages(let pages, let answer):
                let outcome = admit(pages)
                return { failure in answer(failure.map { .failure($0) } ?? .success(outcome)) }
            case .evidence(let items, let answer):
                let refused = convict(items)
                return { failure in answer(failure.map { .failure($0) } ?? .success(refused)) }
            case .append(let entries, let answer):
                let result = append(entries)
                return { failure in answer(failure.map { .failure($0) } ?? result) }
            }
        }
    }

    private func admit(_ pages: [Page]) -> PagesOutcome {
        var refused: [(log: LogID, refusal: PageRefusal)] = []
        var lanes: [AdmissionLane] = []
        var laneOfLog: [LogID: Int] = [:]
        for page in pages {
            guard let tip = tips[page.log], forks[page.log] == nil else {
                refused.append((page.log, .logNotAuthorised))
                continue
            }
            // Nobody but this node writes its log; what a peer holds more of it is found by asking, not kept.
            if let own, own.tip.log == page.log {
                if page.headSize > own.tip.held { refused.append((page.log, .logNotAuthorised)) }
                continue
            }
            if laneOfLog[page.log] == nil {
                laneOfLog[page.log] = lanes.count
                lanes.append(AdmissionLane(tip))
            }
            if let lane = laneOfLog[page.log] { lanes[lane].add(page) }
        }
        var kept = 0
        for lane in AdmissionLane.admit(lanes, suite) {
            tips[lane.tip.log] = lane.tip
            batch.pages += lane.admitted
            kept += lane.admitted.reduce(0) { $0 + $1.entries.count }
            refused += lane.refusals.map { (lane.tip.log, $0) }
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

    private func append(_ entries: [[UInt8]]) -> Result<[AppendedEntry], EngineFailure> {
        guard var log = own else { return .failure(.readsOnly("the own log is not open")) }
        guard forks[log.tip.log] == nil else {
            return .failure(.readsOnly("two histories of this log are known; it needs a successor"))
        }
        do throws(EntryRefusal) {
            let page = try log.append(entries, signer: signer, suite)
            own = log
            tips[page.log] = log.tip
            batch.pages.append(page)
            return .success(page.leafHashes.enumerated().map { position, leaf in
                AppendedEntry(log: page.log, index: EntryIndex(known: page.first.position + position), leaf: leaf)
            })
        } catch { return .failure(.entry(error)) }
    }
}
