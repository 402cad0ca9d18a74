// SPDX-License-Identifier: EUPL-1.2

import Journal

/// The external head file: what this node signed last, kept outside the data directory and its backups so that an
/// old copy of the database is seen. Spec: Protocol/log.md §7.
struct HeadFile: Sendable {
    let path: String

    /// Writes the head of the own log and makes it durable.
    func write(_ tip: LogTip, _ hashing: some Hashing) throws(StorageFailure) {
        let head = tip.head.map { ExternalHead.signed($0) } ?? .empty
        try DurableFile.replace(path, with: Array(head.format(tip.identity, hashing).utf8))
    }

    /// `nil` when there is no file.
    func read() throws(StorageFailure) -> [UInt8]? {
        try DurableFile.read(path, limit: Limits.headFileBytes)
    }
}
