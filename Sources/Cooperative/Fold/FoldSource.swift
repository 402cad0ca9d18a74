// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Where the fold finds entries by name while a batch is applied: in the batch, else among those held.
struct FoldSource<Held: HeldEntries> {
    let log: LogID
    let first: Int
    let batch: HeldBatch
    let held: Held

    private func offset(_ log: LogID, _ index: Int) -> Int? {
        log == self.log && index >= first && index < first + batch.count ? index - first : nil
    }

    func leafHash(_ reference: EntryReference) -> Hash? {
        if let offset = offset(reference.log, reference.index.position) { return batch.leafHashes[offset] }
        return held.leafHash(log: reference.log, index: reference.index)
    }

    /// The bytes of an entry that was given to the fold. Whoever gave it can still answer for it.
    func entry(log: LogID, index: Int) -> [UInt8] {
        if let offset = offset(log, index) { return Array(batch.entries[offset]) }
        guard let bytes = held.entry(log: log, index: EntryIndex(known: index)) else {
            preconditionFailure("entries that were given to the fold stay held")
        }
        return bytes
    }

    /// The commitment of an entry, `nil` when it has none.
    func commitment(log: LogID, index: Int) -> TextCommitment? {
        (try? Entry.parse(entry(log: log, index: index)))?.commitment
    }
}
