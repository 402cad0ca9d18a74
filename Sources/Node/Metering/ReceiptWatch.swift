// SPDX-License-Identifier: EUPL-1.2
import Journal
import Storage

/// Notes, once this store shows to be an old copy, that receipts after its start may be receipts again.
/// Spec: Protocol/storage.md §5.
actor ReceiptWatch {
    private let store: NodeStore
    private let startPosition: UInt64
    private let startDay: CivilDate
    private var isNoted = false

    /// Begins at a start of the daemon, before it takes anything.
    init(_ store: NodeStore, startDay: CivilDate) throws(StorageFailure) {
        self.store = store
        startPosition = try store.inbox.lastPosition()
        self.startDay = startDay
    }

    /// One look. Known limit: a copy that shows to be old only after another start keeps the receipts between the two
    /// starts out of quarantine.
    func look() async throws(StorageFailure) {
        guard !isNoted, !store.journal.headState.allowsSigning else { return }
        try await store.inbox.markForgotten(after: startPosition, through: startDay)
        isNoted = true
    }
}
