// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    /// Folds entries that admission found to follow what is held of their log. Entries that were folded before are
    /// passed over. `held` answers for every entry given before, of any log; entries of this batch need not be
    /// there yet. Spec: Protocol/state.md §1.
    public mutating func apply(
        _ log: LogID, from first: EntryIndex, _ batch: HeldBatch, held: some HeldEntries
    ) throws(FoldRefusal) {
        guard let number = logNumber(log) else { throw .logNotAuthorised(log) }
        let size = logs[Int(number)].size
        guard first.position <= size else {
            throw .gap(expected: EntryIndex(known: size), received: first)
        }
        guard first.position + batch.count > size else { return }
        let source = FoldSource(log: log, first: first.position, batch: batch, held: held)
        batch.entries.buffer.withUnsafeBufferPointer { memory in
            guard let base = memory.baseAddress else { return }
            for offset in (size - first.position)..<batch.count {
                let index = first.position + offset
                judge(
                    base, batch.entries.ranges[offset], log: number, index: index,
                    leaf: batch.leafHashes[offset], source)
            }
        }
        logs[Int(number)].size = first.position + batch.count
        release(source)
    }

    /// Judges one entry and does what it says. Spec: Protocol/state.md §1.
    mutating func judge(
        _ base: UnsafePointer<UInt8>, _ range: Range<Int>, log: UInt32, index: Int, leaf: Hash,
        _ source: FoldSource<some HeldEntries>
    ) {
        guard logs[Int(log)].counts(at: index) else { return }
        guard var entry = EntryInHand(base, in: range, log: log, index: index, leaf: leaf) else {
            preconditionFailure("admission lets only entries pass")
        }
        guard let kind = EntryKinds.kind(entry.kind) else { return }
        if let named = kind.ownEntryNamed(by: entry) {
            entry.namedCommitment = source.commitment(log: logs[Int(log)].id, index: named)
        }
        switch verdict(entry, kind, source) {
        case .counts: break
        case .void(let reason): countVoid(reason)
        case .waits(let need): wait(entry, for: need)
        }
    }

    @inline(__always)
    private mutating func verdict(
        _ entry: EntryInHand, _ kind: any EntryKind.Type, _ source: FoldSource<some HeldEntries>
    ) -> Verdict {
        if !entry.references.isEmpty {
            do throws(VoidReason) {
                try kind.checkShape(entry)
                if let need = try missing(entry, kind, source) { return .waits(for: need) }
            } catch { return .void(error) }
        }
        return kind.fold(entry, into: &self)
    }

    /// The first named entry that is not held; throws where a held one has another leaf hash.
    private func missing(
        _ entry: EntryInHand, _ kind: any EntryKind.Type, _ source: FoldSource<some HeldEntries>
    ) throws(VoidReason) -> Need? {
        var need: Need?
        for (position, reference) in entry.references.enumerated() {
            let index = reference.index.position
            guard let log = logNumber(reference.log) else {
                need = need ?? .entry(reference.log, index: index)
                continue
            }
            if log == entry.log { throw .referenceToOwnLog }
            guard index < logs[Int(log)].size, logs[Int(log)].counts(at: index) else {
                need = need ?? .entry(reference.log, index: index)
                continue
            }
            if let leaf = kind.leafInHand(position, of: entry, in: self), leaf == reference.leaf { continue }
            guard source.holds(reference) else { throw .referenceMismatch }
        }
        return need
    }
}
