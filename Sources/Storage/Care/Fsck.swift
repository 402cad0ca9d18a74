// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// One thing that is wrong in a store, with its place.
public struct Finding: Sendable, Equatable, CustomStringConvertible {
    /// The log, where it is about one.
    public let log: LogID?
    /// The entry, where it is about one.
    public let index: EntryIndex?
    /// What is wrong.
    public let sentence: String

    public var description: String {
        switch (log, index) {
        case (let log?, let index?): "log \(log), entry \(index): \(sentence)"
        case (let log?, nil): "log \(log): \(sentence)"
        default: sentence
        }
    }
}

/// What an offline check of a store saw.
public struct FsckReport: Sendable, Equatable {
    /// What is wrong; empty for a sound store. At most 1,000 are listed.
    public internal(set) var findings: [Finding] = []
    /// Findings beyond those listed.
    public internal(set) var unlistedFindings = 0
    /// Logs checked.
    public internal(set) var logCount = 0
    /// Epochs read.
    public internal(set) var epochCount = 0
    /// Entries hashed.
    public internal(set) var entryCount = 0
    /// Bytes of those entries.
    public internal(set) var entryBytes = 0
    /// Raw metering events read.
    public internal(set) var eventCount = 0
    /// Ids that the inbox remembers.
    public internal(set) var identityCount = 0

    /// Whether nothing is wrong.
    public var isSound: Bool { findings.isEmpty }

    mutating func note(_ sentence: String, log: LogID? = nil, index: Int? = nil) {
        guard findings.count < Limits.findings else { return unlistedFindings += 1 }
        findings.append(Finding(log: log, index: index.flatMap { EntryIndex($0) }, sentence: sentence))
    }

    mutating func note(_ failure: StorageFailure) {
        if case .damaged(let damage) = failure {
            note(damage.sentence, log: damage.log, index: damage.index.position)
        } else { note(failure.description) }
    }
}

/// The offline check of a data directory: everything is hashed and counted again. It is what `korf verify` runs and
/// the judge of every storage test. Spec: Protocol/storage.md §7.
public enum Fsck {
    /// Checks a data directory that no process is using; refused where one is. Nothing is changed.
    public static func check(_ directory: String, _ suite: any CipherSuite) throws(StorageFailure) -> FsckReport {
        for file in DatabaseFile.all
        where !DatabaseFile.added.contains(file.name) && !DurableFile.exists(file.path(in: directory)) {
            throw .notOurs(
                path: file.path(in: directory), sentence: "there is no such file, so this is no data directory")
        }
        let held = try DataDirectory(directory)
        return try check(copy: held.path, suite)
    }

    /// The same for files that nobody can be writing, such as a backup.
    static func check(copy directory: String, _ suite: any CipherSuite) throws(StorageFailure) -> FsckReport {
        for file in DatabaseFile.all { try file.checkHeader(in: directory) }
        var report = FsckReport()
        let journal = try DatabaseFile.journal.openReader(in: directory)
        if try checkPages(of: journal, DatabaseFile.journal.name, &report) {
            try JournalCheck(suite: suite).run(journal, &report)
        }
        let inbox = try DatabaseFile.inbox.openReader(in: directory)
        if try checkPages(of: inbox, DatabaseFile.inbox.name, &report) {
            try InboxCheck().run(inbox, &report)
        }
        if DurableFile.exists(DatabaseFile.books.path(in: directory)) {
            let books = try DatabaseFile.books.openReader(in: directory)
            if try checkPages(of: books, DatabaseFile.books.name, &report) {
                try BooksCheck(hashing: suite).run(books, &report)
            }
        }
        return report
    }

    /// SQLite's own check of pages and indexes; false when reading on makes no sense.
    private static func checkPages(
        of connection: borrowing Connection, _ name: String, _ report: inout FsckReport
    ) throws(StorageFailure) -> Bool {
        let rows = try connection.prepare("PRAGMA integrity_check(100)")
        do throws(StorageFailure) {
            while try rows.step() {
                let sentence = rows.text(0)
                if sentence != "ok" { report.note("\(name): \(sentence)") }
            }
            return true
        } catch {
            report.note("\(name): \(error)")
            return false
        }
    }
}
