// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication
import Storage

/// What is to be made durable of partners. Bounded by the members and by the reasons that are counted.
struct PartnerNotes {
    var succeeded: Set<OIN> = []
    var failed: [OIN: (sentence: String, milliseconds: Int64)] = [:]
    var refusals: [OIN: [String: Int]] = [:]
    var tokens: Set<OIN> = []

    var isEmpty: Bool { succeeded.isEmpty && failed.isEmpty && refusals.isEmpty && tokens.isEmpty }
}

extension NodeEngine {
    /// What was known of partners when this node ended. Tokens of before stay good: the store is the same one.
    static func loadPartners(
        _ store: JournalStore
    ) throws(StorageFailure) -> [OIN: PartnerStanding] {
        var partners: [OIN: PartnerStanding] = [:]
        for record in try store.peers() {
            var standing = PartnerStanding()
            let told = record.toldUpTo.flatMap { $0 <= store.sequence ? HeadSequence(Int($0)) : nil }
            standing.memory = PartnerMemory(token: record.token, toldUpTo: record.token == nil ? nil : told)
            standing.lastExchangeMilliseconds = record.lastSuccessSeconds.map { Int64($0) * 1_000 }
            if record.lastErrorSeconds ?? 0 > record.lastSuccessSeconds ?? 0 { standing.reason = record.lastError }
            standing.refusals = record.refusals
            partners[record.oin] = standing
        }
        return partners
    }

    /// Counts a refusal of what a peer sent. It is logged when its count doubles, so that a peer cannot fill the disk
    /// with lines.
    func count(_ reason: String, for peer: OIN) {
        var standing = partners[peer, default: PartnerStanding()]
        let isKnown = standing.refusals[reason] != nil || standing.refusals.count < NodeLimits.refusalReasons
        let reason = isKnown ? reason : "other"
        let times = (standing.refusals[reason] ?? 0) + 1
        standing.refusals[reason] = times
        partners[peer] = standing
        partnerNotes.refusals[peer, default: [:]][reason, default: 0] += 1
        if times & (times - 1) == 0 {
            log(.warning, "refuse", peer.digits, result: reason, ["times": String(times)])
        }
    }

    /// Keeps what to show a partner next time; durable with the next `savePartners`. Until then a restart shows the
    /// older token, and the partner repeats what came since.
    func remember(_ memory: PartnerMemory, of peer: OIN) {
        var standing = partners[peer, default: PartnerStanding()]
        let before = standing.memory
        standing.memory = memory == .none ? .none : standing.memory.merged(with: memory)
        partners[peer] = standing
        if standing.memory != before { partnerNotes.tokens.insert(peer) }
    }

    /// An exchange with a partner went well, in whichever direction.
    func exchanged(with peer: OIN, at milliseconds: Int64, _ change: (inout PartnerStanding) -> Void) {
        var standing = partners[peer, default: PartnerStanding()]
        standing.lastExchangeMilliseconds = milliseconds
        standing.isHeardSinceStart = true
        change(&standing)
        partners[peer] = standing
        partnerNotes.succeeded.insert(peer)
    }

    /// Takes over how an exchange ended.
    func ended(_ summary: ExchangeSummary, with peer: OIN) {
        let now = MonotonicTime(milliseconds: Int(SystemClock.monotonicMilliseconds()))
        // Until a restart `health` counts them; after it they stand among the refusals.
        for fault in summary.faults { partnerNotes.refusals[peer, default: [:]][fault.reason, default: 0] += 1 }
        guard case .failed(let reason) = summary.outcome else {
            exchanged(with: peer, at: clock.milliseconds()) { standing in
                standing.health.ended(summary, at: now)
                standing.isReachable = true
                standing.reason = nil
                standing.digests = summary.digests
            }
            if let epoch = summary.partnerEpoch { heard(epoch: epoch, from: peer) }
            compare(summary.partnerEpochs, from: peer)
            if summary.digests == .equal { ownHeadAnswered(by: peer) }
            return
        }
        var standing = partners[peer, default: PartnerStanding()]
        standing.health.ended(summary, at: now)
        standing.isReachable = false
        // It may have been restored from before that epoch: log numbers are those of the genesis until it says more.
        standing.epoch = 0
        standing.reason = reason
        partners[peer] = standing
        partnerNotes.failed[peer] = (reason, clock.milliseconds())
    }

    /// Makes durable what is new of partners: tokens, the last exchange, failures, refusals. Called every few seconds
    /// and at the end, never once an exchange.
    func savePartners() async {
        guard !partnerNotes.isEmpty, failure == nil else { return }
        let notes = partnerNotes
        partnerNotes = PartnerNotes()
        let tokens = notes.tokens.sorted().compactMap { peer in
            partners[peer].map { standing in
                PeerToken(
                    peer: peer, token: standing.memory.token,
                    toldUpTo: standing.memory.toldUpTo.map { UInt64($0.count) })
            }
        }
        var records: [PeerNote] = notes.failed.map {
            .failure($0.key, sentence: $0.value.sentence, atSeconds: Int($0.value.milliseconds / 1_000))
        }
        for peer in notes.succeeded {
            guard let milliseconds = partners[peer]?.lastExchangeMilliseconds else { continue }
            records.append(.success(peer, atSeconds: Int(milliseconds / 1_000)))
        }
        for (peer, reasons) in notes.refusals {
            for (reason, times) in reasons { records.append(.refusal(peer, reason: reason, times: times)) }
        }
        do throws(StorageFailure) {
            if !tokens.isEmpty { _ = try await store.commit(CommitBatch(tokens: tokens)) }
            try await store.record(records)
        } catch {
            // Tokens go again with the next change; counts of this while are lost, which decides nothing.
            partnerNotes.tokens.formUnion(notes.tokens)
            log(.error, "remember", result: "failed", ["reason": error.description])
        }
    }
}
