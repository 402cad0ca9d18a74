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

    /// Whether the named entry, which was given to the fold, is the one that the reference means.
    func holds(_ reference: EntryReference) -> Bool {
        if let offset = offset(reference.log, reference.index.position) {
            return batch.leafHashes[offset] == reference.leaf
        }
        return held.holds(reference.leaf, log: reference.log, index: reference.index)
    }

    /// The bytes of an entry that was given to the fold with this leaf hash.
    func entry(_ place: CooperativeState.EntryPlace, of log: LogID) -> [UInt8] {
        if let offset = offset(log, place.index) { return Array(batch.entries[offset]) }
        guard let bytes = held.entry(place.leaf, log: log, index: EntryIndex(known: place.index)) else {
            preconditionFailure("entries that were given to the fold stay held")
        }
        return bytes
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
