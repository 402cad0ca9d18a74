// SPDX-License-Identifier: EUPL-1.2

public import Journal
import Synchronization

/// The durable journal of a node: logs, evidence, texts, tokens and the snapshot of its state.
/// One writer groups what callers commit; readers see only what is wholly committed. Spec: Protocol/storage.md.
public final class JournalStore: Sendable {
    private let writer: GroupWriter<JournalCore>
    let published: PublishedShelf
    private let readers: [ReaderSlot]
    private let turn = Atomic(0)
    private let blobReads = Atomic(0)
    private let directory: String
    private let suite: any CipherSuite

    /// Opens `korf.db` in a directory that the caller holds, making it where it is missing, and compares it with
    /// the external head file. `headFile` lies outside the directory; its own directory exists.
    init(directory: String, headFile path: String, suite: any CipherSuite) throws(StorageFailure) {
        let headFile = HeadFile(path: path)
        let connection = try DatabaseFile.journal.openWriter(in: directory)
        var loaded = try JournalLoading.load(connection, suite)
        let slots = [
            ReaderSlot(try JournalReader(directory: directory, suite)),
            ReaderSlot(try JournalReader(directory: directory, suite)),
        ]
        let reads = Atomic(0)
        let file = try headFile.read()
        if let own = loaded.shelf.ownLog, let entryZero = loaded.ownEntryZero {
            let log = loaded.shelf.logs[own]
            let check = ExternalHeadCheck(
                identity: try JournalLoading.identity(entryZero: entryZero, suite), tip: log?.tip,
                publishedSize: loaded.publishedSize, suite: suite)
            loaded.shelf.headState = try check.state(file) { size throws(StorageFailure) in
                guard let log else { return suite.emptyRoot }
                return try slots[0].reader.withLock { reader throws(StorageFailure) in
                    try reader.rootAt(log, size, counting: reads)
                }
            }
            if case .databaseAhead = loaded.shelf.headState, let log { try headFile.write(log.tip, suite) }
        } else {
            loaded.shelf.headState = ExternalHeadCheck.withoutOwnLog(file)
        }
        if loaded.isReadsOnly { loaded.shelf.headState = .restored }
        if loaded.shelf.headState.allowsSigning, let own = loaded.shelf.ownLog {
            loaded.publishedSize = loaded.shelf.logs[own]?.tip.held ?? .empty
        }
        readers = slots
        published = PublishedShelf(loaded.shelf)
        self.directory = directory
        self.suite = suite
        writer = GroupWriter(
            try JournalCore(
                connection: connection, loaded: loaded, directory: directory, headFile: headFile, suite: suite,
                published: published),
            name: "korf.journal")
    }

    /// Sixteen bytes that name this store in tokens; new after a restore.
    public var instance: [UInt8] { published.value.instance }

    /// Commits that changed heads or evidence, ever.
    public var sequence: UInt64 { published.sequence }

    /// What was found at start about the external head.
    public var headState: ExternalHeadState { published.value.headState }

    /// The log that this node writes, once it was declared.
    public var ownLog: LogID? { published.value.ownLog }

    /// Why the store refuses everything, if it does; the process must then end.
    public var stopped: StorageFailure? { writer.stopped }

    /// Blobs and tails of entries read since the store was opened. A start reads none.
    public var blobReadCount: Int { blobReads.load(ordering: .relaxed) }

    /// The tip of a log; `nil` when nothing of it is held.
    public func tip(of log: LogID) -> LogTip? { published.log(log)?.tip }

    /// All tips, in the order of log ids.
    public var tips: [LogTip] {
        published.value.logs.values.map(\.tip).sorted { $0.log < $1.log }
    }

    /// The logs with held evidence of a fork, in order.
    public var convicted: [LogID] { published.value.convicted.sorted() }

    /// Makes a batch durable. Waits for the disk, and for the external head file when the own log grew.
    public func commit(_ batch: CommitBatch) async throws(StorageFailure) -> CommitReceipt {
        try await writer.perform(bytes: batch.byteCount) { core throws(StorageFailure) in try core.apply(batch) }
    }

    /// The same for callers that hold no task; `completion` runs on the writer's queue.
    public func commit(
        _ batch: CommitBatch, completion: @escaping @Sendable (Result<CommitReceipt, StorageFailure>) -> Void
    ) {
        writer.submit(
            bytes: batch.byteCount, { core throws(StorageFailure) in try core.apply(batch) }, completion: completion)
    }

    /// Declares the log that this node will write and makes its external head file at size 0. Its entry 0 follows
    /// as the first page. Refused where an own log or such a file exists; a file that names size 0 is taken over.
    public func declareOwnLog(_ entryZero: EntryZero) async throws(StorageFailure) {
        try await writer.perform { core throws(StorageFailure) in try core.declareOwnLog(entryZero) }
    }

    func write<Value: Sendable>(
        bytes: Int = 0, _ work: @escaping @Sendable (inout JournalCore) throws(StorageFailure) -> Value
    ) async throws(StorageFailure) -> Value {
        try await writer.perform(bytes: bytes, work)
    }

    /// Reads with whichever reader comes next.
    func read<Value: Sendable>(
        _ work: (inout JournalReader, borrowing Atomic<Int>) throws(StorageFailure) -> Value
    ) throws(StorageFailure) -> Value {
        let slot = readers[turn.add(1, ordering: .relaxed).oldValue & 1]
        return try slot.reader.withLock { reader throws(StorageFailure) in try work(&reader, blobReads) }
    }

    func heldLog(_ log: LogID) throws(StorageFailure) -> HeldLog {
        guard let held = published.log(log) else { throw .refused(.unknownLog(log)) }
        return held
    }

    var shelf: Shelf { published.value }

    func node(_ left: Hash, _ right: Hash) -> Hash { suite.nodeHash(left, right) }
}

/// One reader and who uses it.
final class ReaderSlot: Sendable {
    let reader: Mutex<JournalReader>

    init(_ reader: consuming sending JournalReader) { self.reader = Mutex(reader) }
}
