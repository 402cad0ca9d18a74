// SPDX-License-Identifier: EUPL-1.2

public import Journal
import Synchronization

extension JournalStore {
    /// Entries from `from` on, as many as fit into `byteLimit`, at least one; each checked against the signed head
    /// before it is handed out (I12). Empty at the end of the log.
    public func entries(
        of log: LogID, from: EntryIndex, byteLimit: Int
    ) throws(StorageFailure) -> EntryBatch {
        let held = try heldLog(log)
        guard from.position <= held.tip.held.count else {
            throw .refused(.indexOutOfRange(log: log, index: from))
        }
        return try read { reader, reads throws(StorageFailure) in
            try reader.entries(held, from: from.position, byteLimit: byteLimit, counting: reads)
        }
    }

    /// One entry.
    public func entry(of log: LogID, at index: EntryIndex) throws(StorageFailure) -> [UInt8] {
        let held = try heldLog(log)
        guard index < held.tip.held.next else { throw .refused(.indexOutOfRange(log: log, index: index)) }
        return try read { reader, reads throws(StorageFailure) in
            Array(try reader.blob(held, at: index.position, counting: reads).entry(index.position))
        }
    }

    /// The entry that has this leaf hash; `nil` when none is held there, or another. It is checked by its own hash
    /// alone: whoever knows that needs no tree.
    public func entry(of log: LogID, at index: EntryIndex, leaf: Hash) throws(StorageFailure) -> [UInt8]? {
        guard let held = published.log(log), index < held.tip.held.next else { return nil }
        return try read { reader, reads throws(StorageFailure) in
            try reader.entry(held, at: index.position, leaf: leaf, counting: reads)
        }
    }

    /// The leaf hash of one entry; `nil` when it is not held.
    public func leafHash(of log: LogID, at index: EntryIndex) throws(StorageFailure) -> Hash? {
        guard let held = published.log(log), index < held.tip.held.next else { return nil }
        return try read { reader, reads throws(StorageFailure) in
            try reader.blob(held, at: index.position, counting: reads).root(
                of: Subtree(level: 0, index: index.position), reader.suite)
        }
    }

    /// The tree of a log at its newest head, for proofs and right-hand hashes; `nil` when nothing is held.
    public func tree(of log: LogID) -> StoredTree? {
        published.log(log).map { StoredTree(store: self, log: $0) }
    }

    /// A page of a log that stands alone: entries from `from` under the newest head, with the right-hand hashes
    /// behind them. `nil` when there is no head, or `from` lies above what is held.
    public func page(of log: LogID, from: EntryIndex, byteLimit: Int) throws(StorageFailure) -> Page? {
        guard let held = published.log(log), let head = held.tip.head, from.position <= held.tip.held.count else {
            return nil
        }
        let entries = try read { reader, reads throws(StorageFailure) in
            try reader.entries(held, from: from.position, byteLimit: byteLimit, counting: reads)
        }
        let stop = LogSize(known: from.position + entries.count)
        var rightHand: [Hash] = []
        let tree = StoredTree(store: self, log: held)
        for subtree in Subtree.cover(stop, to: head.size) { rightHand.append(try tree.root(of: subtree)) }
        return Page(
            log: log, from: from, entries: entries, headSize: head.size, signature: head.signed.signature,
            rightHandHashes: rightHand)
    }

    /// The evidence held against a log, as it came.
    public func evidence(against log: LogID) throws(StorageFailure) -> [UInt8]? {
        try read { reader, _ throws(StorageFailure) in
            let row = try reader.connection.prepare("SELECT bytes FROM evidence WHERE log = ?")
            row.bind(log, at: 1)
            return try row.step() ? row.bytes(0) : nil
        }
    }

    /// What changed after `sequence`; `nil` when the store has not counted that far or no longer knows.
    public func headChanges(since sequence: UInt64) throws(StorageFailure) -> HeadChanges? {
        let shelf = shelf
        guard sequence >= shelf.droppedThrough, sequence <= shelf.sequence else { return nil }
        return try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare("""
                SELECT kind, log, before FROM head_change WHERE sequence > ? AND sequence <= ? ORDER BY sequence
                """)
            rows.bind(sequence, at: 1)
            rows.bind(shelf.sequence, at: 2)
            var sizes: [LogID: LogSize] = [:]
            var convicted: [LogID] = []
            while try rows.step() {
                guard let log: LogID = rows.value(1) else { continue }
                if rows.integer(0) == HeadChangeKind.evidence.rawValue {
                    convicted.append(log)
                } else if sizes[log] == nil {
                    sizes[log] = LogSize(Int(rows.integer(2)))
                }
            }
            return HeadChanges(sizesThen: sizes, convicted: convicted.sorted())
        }
    }

    /// Every change that is kept, in order of sequence: what was held of a log before it.
    public func keptChanges() throws(StorageFailure) -> [KeptChange] {
        let last = published.sequence
        return try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare("""
                SELECT sequence, kind, log, before FROM head_change WHERE sequence <= ? ORDER BY sequence
                """)
            rows.bind(last, at: 1)
            var changes: [KeptChange] = []
            while try rows.step() {
                guard let log: LogID = rows.value(2), let before = LogSize(Int(rows.integer(3))) else { continue }
                let isEvidence = rows.integer(1) == HeadChangeKind.evidence.rawValue
                changes.append(KeptChange(
                    sequence: rows.size(0), log: log, heldBefore: before, isEvidence: isEvidence))
            }
            return changes
        }
    }

    /// Bytes of the entries held of a log.
    public func byteCount(of log: LogID) -> Int { published.log(log)?.byteCount ?? 0 }

    /// Bytes of the entries that were signed here, by the classes of `CommitBatch.ownBytes`.
    public var ownBytes: [Int: Int] { shelf.ownBytes }

    /// Never signs the own log again: others showed that they hold more of it.
    public func forbidSigning() async throws(StorageFailure) {
        try await write { core throws(StorageFailure) in try core.forbidSigning() }
    }

    /// Tokens with a smaller sequence are void.
    public var oldestSequenceKept: UInt64 { shelf.droppedThrough }

    /// How much of a log was held at an earlier sequence; `nil` as in `headChanges`.
    public func size(of log: LogID, at sequence: UInt64) throws(StorageFailure) -> LogSize? {
        let now = published.log(log)?.tip.held ?? .empty
        return try headChanges(since: sequence).map { $0.sizesThen[log] ?? now }
    }
}

/// One change of what a store holds. Spec: Protocol/storage.md §4.
public struct KeptChange: Sendable, Equatable {
    /// The sequence after the change.
    public let sequence: UInt64
    /// The log.
    public let log: LogID
    /// How much of it was held before; without meaning for evidence.
    public let heldBefore: LogSize
    /// Evidence of a fork came.
    public let isEvidence: Bool
}

/// The subtree roots of a log as the store holds it, also below a head that lies beyond what is held.
public struct StoredTree: SubtreeRoots, Sendable {
    private let store: JournalStore
    private let log: HeldLog
    private let rightHand: [Subtree: Hash]

    init(store: JournalStore, log: HeldLog) {
        self.store = store
        self.log = log
        let size = log.tip.head?.size ?? .empty
        let covers = Subtree.cover(log.tip.held, to: max(size, log.tip.held))
        rightHand = Dictionary(uniqueKeysWithValues: zip(covers, log.tip.rightHandHashes))
    }

    /// How far the entries are held.
    public var held: LogSize { log.tip.held }

    /// The newest head; `nil` when nothing was signed yet.
    public var head: SignedHead? { log.tip.head?.signed }

    /// The size of the newest head; at or beyond what is held.
    public var size: LogSize { log.tip.head?.size ?? .empty }

    /// The root of a subtree below the newest head. Beyond what is held only what the right-hand hashes give.
    public func root(of subtree: Subtree) throws(StorageFailure) -> Hash {
        if subtree.start + subtree.leafCount <= log.tip.held.count {
            return try store.read { reader, reads throws(StorageFailure) in
                try reader.root(log, of: subtree, counting: reads)
            }
        }
        if let known = rightHand[subtree] { return known }
        guard subtree.level > 0, subtree.start < log.tip.held.count || subtree.leafCount > 1,
              subtree.start + subtree.leafCount <= size.count
        else { throw .refused(.indexOutOfRange(log: log.tip.log, index: EntryIndex(known: subtree.start))) }
        let left = try root(of: Subtree(level: subtree.level - 1, index: subtree.index * 2))
        let right = try root(of: Subtree(level: subtree.level - 1, index: subtree.index * 2 + 1))
        return store.node(left, right)
    }
}
