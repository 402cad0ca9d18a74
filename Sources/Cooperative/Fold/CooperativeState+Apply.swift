// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    /// Folds entries that admission found to follow what is held of their log. Entries that were folded before are
    /// passed over, and so are those at or above the log's bound, though the size counts them. `held` answers for
    /// every entry given before, of any log; entries of this batch need not be there yet.
    /// Spec: Protocol/state.md §1.
    public mutating func apply(
        _ log: LogID, from first: EntryIndex, _ batch: HeldBatch, held: some HeldEntries
    ) throws(FoldRefusal) {
        guard let number = logNumber(log) else { throw .logNotAuthorised(log) }
        let size = logs[Int(number)].size
        guard first.position <= size else {
            throw .gap(expected: EntryIndex(known: size), received: first)
        }
        guard first.position + batch.count > size else { return }
        let known = logs.count
        take(number, from: first.position, batch, held)
        // A log that an invitation made known may be held already: its first invitation stood in a log that is
        // suspended since.
        var new = known
        while new < logs.count {
            takeAll(new, held)
            new += 1
        }
    }

    /// Folds what of a batch was not folded yet, under the epoch of this state.
    mutating func take(_ number: UInt32, from first: Int, _ batch: HeldBatch, _ held: some HeldEntries) {
        let size = logs[Int(number)].size
        let source = FoldSource(log: logs[Int(number)].id, first: first, batch: batch, held: held)
        batch.entries.buffer.withUnsafeBufferPointer { memory in
            guard let base = memory.baseAddress else { return }
            for offset in (size - first)..<batch.count {
                let place = EntryPlace(
                    log: number, index: first + offset, leaf: batch.leafHashes[offset], judge: epoch.number)
                judge(base, batch.entries.ranges[offset], place, source)
            }
        }
        logs[Int(number)].size = first + batch.count
        release(source)
    }

    /// Judges one entry and does what it says; answers whether it waits. One that waited or was denied `again`.
    /// Spec: Protocol/state.md §1.
    @discardableResult
    mutating func judge(
        _ base: UnsafePointer<UInt8>, _ range: Range<Int>, _ place: EntryPlace,
        _ source: FoldSource<some HeldEntries>, again: Bool = false
    ) -> Bool {
        guard logs[Int(place.log)].counts(at: place.index) else { return false }
        guard var entry = EntryInHand(base, in: range, place, isDeclared: again) else {
            preconditionFailure("admission lets only entries pass")
        }
        guard let kind = EntryKinds.kind(entry.kind) else { return false }
        if let named = kind.ownEntryNamed(by: entry) {
            entry.namedCommitment = source.commitment(log: logs[Int(place.log)].id, index: named)
        }
        switch verdict(&entry, kind, source) {
        case .counts: break
        case .void(let reason): countVoid(reason)
        case .waits(let needs):
            let bytes = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
            wait(entry, bytes, for: needs, naming: kind.ballotNaming(entry, in: self))
            return true
        }
        return false
    }

    @inline(__always)
    private mutating func verdict(
        _ entry: inout EntryInHand, _ kind: any EntryKind.Type, _ source: FoldSource<some HeldEntries>
    ) -> Verdict {
        if isAfterFinal(entry) { return .void(.afterFinal) }
        if !entry.references.isEmpty {
            do throws(VoidReason) {
                try kind.checkShape(entry)
                try declare(kind.declaredRows(entry), by: entry)
                entry.isDeclared = true
                let needs = try missing(entry, kind, source)
                if !needs.isEmpty { return .waits(for: needs) }
            } catch { return .void(error) }
        }
        if kind.isOfMembers, logs[Int(entry.log)].memberSince > entry.judge { return .void(.authorNotMember) }
        return kind.fold(entry, into: &self)
    }

    /// Whether the log said *final* before. Spec: Protocol/membership.md §3.
    @inline(__always)
    private func isAfterFinal(_ entry: EntryInHand) -> Bool {
        let mark = logs[Int(entry.log)].finalMark
        return mark > 0 && entry.index >= mark
    }

    /// The named entries that are not held; throws where a held one has another leaf hash.
    private func missing(
        _ entry: EntryInHand, _ kind: any EntryKind.Type, _ source: FoldSource<some HeldEntries>
    ) throws(VoidReason) -> [Need] {
        var needs: [Need] = []
        for (position, reference) in entry.references.enumerated() {
            let index = reference.index.position
            guard let log = logNumber(reference.log) else {
                needs.append(.entry(reference.log, index: index))
                continue
            }
            if log == entry.log { throw .referenceToOwnLog }
            guard index < logs[Int(log)].size, logs[Int(log)].counts(at: index) else {
                needs.append(.entry(reference.log, index: index))
                continue
            }
            if let leaf = kind.leafInHand(position, of: entry, in: self), leaf == reference.leaf { continue }
            if waiting.leaf(log: log, index: index) == reference.leaf { continue }
            guard source.holds(reference) else { throw .referenceMismatch }
        }
        return needs
    }
}
