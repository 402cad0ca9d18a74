// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// A log as one member holds it, with the root at each size.
struct HeldJournal: Sendable {
    var tip: LogTip
    var entries: [[UInt8]] = []
    var leaves: [Hash] = []
    var roots: [Hash]
    /// When each entry came, in this life.
    var arrivals: [Int] = []

    init(_ identity: LogIdentity, _ hashing: some Hashing) {
        tip = LogTip(authorised: identity)
        roots = [hashing.emptyRoot]
    }

    var size: Int { entries.count }

    func head(_ size: Int) -> Head { Head(size: LogSize(known: size), root: roots[size]) }

    mutating func append(_ page: AdmittedPage, at time: Int, _ hashing: some Hashing) {
        var edge = tip.edge
        for position in 0..<page.entries.count {
            entries.append(Array(page.entries[position]))
            leaves.append(page.leafHashes[position])
            edge.append(leaf: page.leafHashes[position], hashing)
            roots.append(edge.root(hashing))
            arrivals.append(time)
        }
        tip = page.tip
    }

    /// The entries from a size on, under the head after all of them.
    func page(from: Int) -> Page? {
        guard from < size, let head = tip.head else { return nil }
        return Page(
            log: tip.log, from: EntryIndex(known: from), entries: EntryBatch(Array(entries[from...])),
            headSize: head.size, signature: head.signed.signature, rightHandHashes: [])
    }
}

/// Where the fold looks up what a member holds.
struct JournalEntries: HeldEntries, Sendable {
    let journals: [LogID: HeldJournal]
    /// Only so much of each log, where it is said.
    var sizes: [LogID: Int]?

    private func size(_ log: LogID) -> Int {
        let held = journals[log]?.size ?? 0
        return sizes.map { min(held, $0[log] ?? 0) } ?? held
    }

    func leafHash(log: LogID, index: EntryIndex) -> Hash? {
        index.position < size(log) ? journals[log]?.leaves[index.position] : nil
    }

    func entry(log: LogID, index: EntryIndex) -> [UInt8]? {
        index.position < size(log) ? journals[log]?.entries[index.position] : nil
    }

    func entries(log: LogID, from: EntryIndex) -> HeldBatch? {
        let size = size(log)
        guard from.position < size, let held = journals[log] else { return nil }
        return HeldBatch(
            EntryBatch(Array(held.entries[from.position..<size])),
            leafHashes: Array(held.leaves[from.position..<size]))
    }
}

/// An epoch that was applied.
struct GovernedEpoch {
    let certificate: Certificate
    let delta: [CoveredHead]
}

/// The durable side of a member that governs.
struct GoverningDisk {
    var journals: [LogID: HeldJournal] = [:]
    /// Other branches of forked logs, as far as something named them.
    var branches: [LogID: [HeldJournal]] = [:]
    var ownLog: LogID
    /// The generation of the keys of the own log.
    var generation = 0
    /// The own log is an old copy and is never signed again.
    var isLost = false
    /// Entries 0 of successors that are held.
    var openings: [EntryZero] = []
    var settled: CooperativeState
    var epochs: [GovernedEpoch] = []
    var forks: [LogID: ConvictedFork] = [:]
    /// What stands beside own messages, by index in the own log.
    var justifications: [Int: OwnMessage] = [:]
    var polkas: [PolkaKey: QuorumClaim] = [:]
    var vectors: [Hash: [CoveredHead]] = [:]

    func size(_ log: LogID) -> Int { journals[log]?.size ?? 0 }

    /// The branch that has a head.
    func branch(of covered: CoveredHead) -> HeldJournal? {
        let size = covered.head.size.count
        let all = (journals[covered.log].map { [$0] } ?? []) + (branches[covered.log] ?? [])
        return all.first { $0.size >= size && $0.roots[size] == covered.head.root }
    }

    /// What is held, with those branches of forked logs that have these heads.
    func journals(with heads: [CoveredHead]) -> [LogID: HeldJournal] {
        var chosen = journals
        for covered in heads where !(branches[covered.log] ?? []).isEmpty {
            if let branch = branch(of: covered) { chosen[covered.log] = branch }
        }
        return chosen
    }

    /// What an epoch covers becomes the branch that is held first.
    mutating func stand(_ heads: [CoveredHead]) {
        for covered in heads where !(branches[covered.log] ?? []).isEmpty {
            guard let main = journals[covered.log], let branch = branch(of: covered), branch.roots != main.roots
            else { continue }
            branches[covered.log]?.removeAll { $0.roots == branch.roots }
            branches[covered.log]?.append(main)
            journals[covered.log] = branch
        }
    }
}
