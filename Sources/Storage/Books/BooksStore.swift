// SPDX-License-Identifier: EUPL-1.2

public import Journal
import Synchronization

/// What is the member's own and never replicates: series, numbered documents, and what people did with documents.
/// An answer comes after what it says is on the disk. Spec: Protocol/storage.md §5a.
public final class BooksStore: Sendable {
    private let writer: GroupWriter<BooksCore>
    private let reader: Mutex<Connection>
    private let hashing: any CipherSuite

    init(directory: String, suite: any CipherSuite) throws(StorageFailure) {
        let core = BooksCore(
            connection: try DatabaseFile.books.openWriter(in: directory), directory: directory, hashing: suite)
        reader = Mutex(try DatabaseFile.books.openReader(in: directory))
        writer = GroupWriter(core, name: "korf.books")
        hashing = suite
    }

    /// Why the books refuse everything, if they do; the process must then end.
    public var stopped: StorageFailure? { writer.stopped }

    /// Numbers proposals, in their order: a number and the document are written together, so no number is ever
    /// given twice or without its document. A proposal that has a number keeps it. `first` begins a new series and is
    /// not looked at for one that exists. Refuses a prefix that belongs to another issuer or another own log.
    public func number(
        _ proposals: [BooksProposal], prefix: String, issuer: String, log: LogID, first: Int, by person: String,
        at milliseconds: Int64
    ) async throws(StorageFailure) -> [NumberingOutcome] {
        let wanted = BooksSeries(prefix: prefix, issuer: issuer, log: log, first: first, last: first - 1)
        let bytes = proposals.reduce(0) { $0 + $1.body.count + 512 }
        return try await writer.perform(bytes: bytes) { core throws(StorageFailure) in
            try core.number(proposals, in: wanted, by: person, at: milliseconds)
        }
    }

    /// Notes acts in their order, all or none.
    public func note(
        _ acts: [(kind: String, subject: String, body: [UInt8])], by person: String, at milliseconds: Int64
    ) async throws(StorageFailure) {
        let bytes = acts.reduce(0) { $0 + $1.body.count + 256 }
        try await writer.perform(bytes: bytes) { core throws(StorageFailure) in
            try core.note(acts, rejecting: nil, by: person, at: milliseconds)
        }
    }

    /// Rejects a document and notes why; its number stays taken and its proposal may be numbered anew.
    public func reject(
        prefix: String, sequence: Int, noting act: (kind: String, subject: String, body: [UInt8]), by person: String,
        at milliseconds: Int64
    ) async throws(StorageFailure) {
        try await writer.perform(bytes: act.body.count + 512) { core throws(StorageFailure) in
            try core.note([act], rejecting: (prefix, sequence), by: person, at: milliseconds)
        }
    }

    /// Every series, by prefix.
    public func series() throws(StorageFailure) -> [BooksSeries] {
        try reader.withLock { connection throws(StorageFailure) in try BooksRows.series(connection) }
    }

    /// Every numbered document, by prefix and number. Refuses where one is not what was written.
    public func documents() throws(StorageFailure) -> [BooksDocument] {
        try reader.withLock { [hashing] connection throws(StorageFailure) in
            try BooksRows.documents(connection, hashing)
        }
    }

    /// Everything that people did or noted, in order.
    public func acts() throws(StorageFailure) -> [BooksAct] {
        try reader.withLock { connection throws(StorageFailure) in try BooksRows.acts(connection) }
    }
}
