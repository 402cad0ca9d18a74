// SPDX-License-Identifier: EUPL-1.2

import Glibc
public import Journal

/// Why the durable store did not do what it was asked.
public enum StorageFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// SQLite refused; nothing of the operation was kept. `code` is its extended result code.
    case database(code: Int32, sentence: String)
    /// The disk is full; nothing of the operation was kept. It may be tried again once there is space.
    case diskFull(sentence: String)
    /// A commit or a sync failed, now or earlier. What reached the disk is not known, so this store refuses
    /// everything from now on and the process must end.
    case stopped(sentence: String)
    /// A system call on a file failed. `code` is its `errno`.
    case file(operation: String, path: String, code: Int32)
    /// Another process has the data directory.
    case inUse(path: String)
    /// A newer program wrote this file. It was not touched.
    case newerSchema(path: String, found: Int, known: Int)
    /// The file is not of this program, or a file that should be there is missing.
    case notOurs(path: String, sentence: String)
    /// Stored bytes do not hash to what was verified when they came.
    case damaged(Damage)
    /// The request contradicts what is held; nothing was kept.
    case refused(StorageRefusal)

    public var description: String {
        switch self {
        case .database(let code, let sentence): "the database refused (code \(code)): \(sentence)"
        case .diskFull(let sentence): "the disk is full: \(sentence)"
        case .stopped(let sentence): "the store has stopped after a failed write: \(sentence)"
        case .file(let operation, let path, let code):
            "\(operation) of \(path) failed: \(String(cString: strerror(code)))"
        case .inUse(let path): "another process, such as korfd, is using \(path)"
        case .newerSchema(let path, let found, let known):
            "\(path) has schema \(found), written by a newer version; this one knows \(known)"
        case .notOurs(let path, let sentence): "\(path): \(sentence)"
        case .damaged(let damage): damage.description
        case .refused(let refusal): refusal.description
        }
    }
}

/// Where stored bytes are damaged.
public struct Damage: Equatable, Sendable, CustomStringConvertible {
    /// The log, by its id.
    public let log: LogID
    /// The first entry of the run of entries that cannot be trusted.
    public let index: EntryIndex
    /// What was found there.
    public let sentence: String

    public var description: String { "log \(log), entry \(index): \(sentence)" }
}

/// What the store does not accept. Each is a mistake of the caller or a race that it must resolve.
public enum StorageRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownLog(LogID)
    case logExists(LogID)
    /// Entries do not begin where the log ends.
    case gap(log: LogID, held: LogSize, from: EntryIndex)
    /// The entries were admitted on top of another tree than the one held.
    case notOnTop(LogID)
    /// The own log only reads: the store was restored, or the external head knows more.
    case ownLogReadsOnly
    case indexOutOfRange(log: LogID, index: EntryIndex)
    case cursorAhead(log: LogID)
    /// An epoch does not follow the last one.
    case epochOutOfOrder(held: Int, number: Int)
    /// An epoch is there and cannot be read.
    case epochUnreadable(number: Int)
    case tooLarge(bytes: Int, limit: Int)
    /// There is an own log, or an external head file, already.
    case ownLogExists
    /// The inbox has met as many names as it may.
    case tooManyNames(limit: Int)
    /// The series numbers for another issuer, or began under another own log.
    case seriesOfAnother(prefix: String)
    /// The directory for a backup or a restore is not empty.
    case notEmpty(path: String)

    public var description: String {
        switch self {
        case .unknownLog(let log): "log \(log) is not known"
        case .logExists(let log): "log \(log) is known already"
        case .gap(let log, let held, let from): "log \(log) has \(held) entries, these begin at \(from)"
        case .notOnTop(let log): "these entries do not continue log \(log) as it is held"
        case .ownLogReadsOnly: "the own log only reads until a successor is opened"
        case .indexOutOfRange(let log, let index): "log \(log) has no entry \(index)"
        case .cursorAhead(let log): "the snapshot is ahead of log \(log)"
        case .epochOutOfOrder(let held, let number): "epoch \(number) does not follow epoch \(held)"
        case .epochUnreadable(let number): "epoch \(number) cannot be read"
        case .tooLarge(let bytes, let limit): "\(bytes) bytes is above the limit of \(limit)"
        case .ownLogExists: "there is an own log, or its external head file, already"
        case .tooManyNames(let limit): "more than \(limit) different names"
        case .seriesOfAnother(let prefix):
            "series \(prefix) belongs to another issuer, or began before the own log was succeeded; take the next "
                + "prefix"
        case .notEmpty(let path): "\(path) is not empty"
        }
    }
}
