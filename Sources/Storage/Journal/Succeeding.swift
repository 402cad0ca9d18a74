// SPDX-License-Identifier: EUPL-1.2

import Journal

extension JournalCore {
    /// Makes a successor the own log, whatever was said against signing the old one: that is never signed again. Its
    /// external head file at size 0 is written before the transaction is whole: where the node ends between the two,
    /// the old log cannot be signed any more, and the successor is opened again. Spec: Protocol/log.md §7.
    mutating func succeed(_ entryZero: EntryZero) throws(StorageFailure) {
        let identity = LogIdentity(entryZero, suite)
        guard shelf.ownLog != identity.log, shelf.logs[identity.log] == nil else {
            throw .refused(.ownLogExists)
        }
        try headFile.write(LogTip(authorised: identity), suite)
        let statement = try connection.prepare("UPDATE store SET own_log = ?, own_entry_zero = ?, reads_only = 0")
        statement.bind(identity.log, at: 1)
        statement.bind(entryZero.encode(), at: 2)
        try statement.run()
        try connection.execute("DELETE FROM own_bytes")
        shelf.ownLog = identity.log
        shelf.ownBytes = [:]
        shelf.headState = .inStep
        isSucceeding = true
    }
}
