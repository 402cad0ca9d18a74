// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Everything durable of one node: the data directory, held by this process alone, with its journal, its metering
/// inbox and the member's own books. Spec: Protocol/storage.md.
public final class NodeStore: Sendable {
    /// The directory, locked while this value lives.
    public let directory: DataDirectory
    /// Logs, evidence, texts, peers, snapshot.
    public let journal: JournalStore
    /// Metering events.
    public let inbox: InboxStore
    /// Series, numbered documents and the audit trail of what people did with them.
    public let books: BooksStore
    let suite: any CipherSuite

    /// Opens or makes a data directory. `headFile` is the external head file: outside the directory and outside
    /// its backups. Nothing is touched when another process holds the directory or a newer program wrote it.
    public init(path: String, headFile: String, suite: any CipherSuite) throws(StorageFailure) {
        self.suite = suite
        directory = try DataDirectory(path)
        journal = try JournalStore(directory: path, headFile: headFile, suite: suite)
        inbox = try InboxStore(directory: path)
        books = try BooksStore(directory: path, suite: suite)
    }

    /// Why a part of the store refuses everything, if it does; the process must then end.
    public var stopped: StorageFailure? { journal.stopped ?? inbox.stopped ?? books.stopped }
}
