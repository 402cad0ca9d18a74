// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

/// What one commit writes, all of it or nothing.
struct DiskBatch {
    var pages: [AdmittedPage] = []
    var evidence: [ConvictedFork] = []
    /// Tokens of partners; `nil` forgets one.
    var tokens: [(partner: Int, token: [UInt8]?)] = []

    var isEmpty: Bool { pages.isEmpty && evidence.isEmpty && tokens.isEmpty }
    /// Whether it changes what is held.
    var movesHeads: Bool { !pages.isEmpty || !evidence.isEmpty }
}

/// What one log looks like on a disk.
struct HeldLog: Sendable {
    var tip: LogTip
    var entries: [[UInt8]] = []
    var leaves: [Hash] = []
}

/// The durable side of a node. What is here survives a crash; what is not here does not.
struct Disk: Sendable {
    private(set) var logs: [LogID: HeldLog] = [:]
    private(set) var evidence: [LogID: [UInt8]] = [:]
    private(set) var tokens: [Int: [UInt8]] = [:]
    private(set) var sequence = 0
    var instance: StoreInstance
    /// The state as it was last saved, by table and number.
    private(set) var savedState: [Int: StateChunk] = [:]
    let suite: SimulatedSuite

    init(_ network: SimulatedNetwork, _ suite: SimulatedSuite, instance: StoreInstance) {
        self.suite = suite
        self.instance = instance
        for identity in network.identities { logs[identity.log] = HeldLog(tip: LogTip(authorised: identity)) }
    }

    mutating func apply(_ batch: DiskBatch) {
        for page in batch.pages {
            guard var held = logs[page.log] else { continue }
            precondition(page.first.position == held.entries.count, "a page follows what is held")
            logs[page.log] = nil
            held.tip = page.tip
            for position in 0..<page.entries.count { held.entries.append(Array(page.entries[position])) }
            held.leaves += page.leafHashes
            logs[page.log] = held
        }
        for convicted in batch.evidence { evidence[convicted.log] = convicted.evidence.encode() }
        for (partner, token) in batch.tokens { tokens[partner] = token }
        if batch.movesHeads { sequence += 1 }
    }

    /// Evidence as it came, checked or not: only a planted bug keeps the latter.
    mutating func keepRaw(_ item: [UInt8], against log: LogID) {
        evidence[log] = item
        sequence += 1
    }

    mutating func save(_ chunks: [StateChunk], replacingAll: Bool) {
        if replacingAll { savedState = [:] }
        for chunk in chunks { savedState[chunk.table << 32 | chunk.number] = chunk }
    }

    var savedChunks: [StateChunk] { savedState.sorted { $0.key < $1.key }.map(\.value) }

    func size(of log: LogID) -> LogSize { LogSize(known: logs[log]?.entries.count ?? 0) }

    func tree(
        of log: LogID, _ size: LogSize
    ) -> MerkleTree<PartialTree<LeafHashes<SimulatedSuite>, SimulatedSuite>, SimulatedSuite>? {
        guard let held = logs[log], size <= held.tip.head?.size ?? .empty else { return nil }
        return PartialTree(
            LeafHashes(held.leaves, suite), size: held.tip.held, headSize: held.tip.head?.size ?? .empty,
            rightHandHashes: held.tip.rightHandHashes, suite
        ).map { MerkleTree($0, size: size, suite) }
    }
}

extension Disk: PageSource {
    typealias Failure = Never

    func entries(of log: LogID, from first: EntryIndex, below end: LogSize, to sink: inout EntrySink) {
        guard let held = logs[log] else { return }
        let stop = min(end.count, held.entries.count)
        guard first.position < stop else { return }
        for entry in held.entries[first.position..<stop] where !sink.offer(entry) { return }
    }

    func rightHandHashes(of log: LogID, from stop: LogSize, to headSize: LogSize) -> [Hash]? {
        tree(of: log, headSize)?.rightHandHashes(from: stop)
    }

    func evidence(against log: LogID) -> [UInt8]? { evidence[log] }

    func text(of commitment: TextCommitment) -> SaltedText? { nil }
}

extension Disk: HeldEntries {
    func leafHash(log: LogID, index: EntryIndex) -> Hash? {
        guard let held = logs[log], index.position < held.leaves.count else { return nil }
        return held.leaves[index.position]
    }

    func entry(log: LogID, index: EntryIndex) -> [UInt8]? {
        guard let held = logs[log], index.position < held.entries.count else { return nil }
        return held.entries[index.position]
    }

    func entries(log: LogID, from: EntryIndex) -> HeldBatch? {
        guard let held = logs[log], from.position < held.entries.count else { return nil }
        return HeldBatch(
            EntryBatch(Array(held.entries[from.position...])),
            leafHashes: Array(held.leaves[from.position...]))
    }
}

/// A planted bug: the fold sees other logs only as far as they came in the same batch.
struct ForgetfulEntries: HeldEntries {
    let disk: Disk

    func leafHash(log: LogID, index: EntryIndex) -> Hash? { nil }
    func entry(log: LogID, index: EntryIndex) -> [UInt8]? { disk.entry(log: log, index: index) }
    func entries(log: LogID, from: EntryIndex) -> HeldBatch? { disk.entries(log: log, from: from) }
}
