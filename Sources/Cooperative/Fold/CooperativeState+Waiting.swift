// SPDX-License-Identifier: EUPL-1.2
import Journal

// Entries whose time has not come, and their release. Spec: Protocol/state.md §1.3 and §1.4.
extension CooperativeState {
    mutating func wait(
        _ entry: EntryInHand, _ bytes: UnsafeBufferPointer<UInt8>, for needs: [Need], naming decision: Decision.ID?
    ) {
        let slot = waiting.add(.init(
            log: entry.log, index: entry.index, leaf: entry.leaf, judge: entry.judge, needs: needs,
            decision: decision, bytes: Array(bytes)))
        let row = RowReference(.waiting, slot)
        let word = word(row)
        waiting.setWord(word, of: slot)
        index.add(row, at: word)
    }

    /// Judges again what waited for the batch that was just folded, and what that releases in turn: of one log in
    /// its order.
    mutating func release(_ source: FoldSource<some HeldEntries>) {
        guard let number = logNumber(source.log) else { return }
        var due = take(waiting.releaseEntries(of: source.log, number, below: logs[Int(number)].size))
        takeFounded(into: &due)
        sort(&due)
        while let entry = due.popLast() {
            let bytes = entry.bytes ?? source.entry(entry, of: logs[Int(entry.log)].id)
            let waits = bytes.withUnsafeBufferPointer { memory in
                guard let base = memory.baseAddress else { return false }
                return judge(base, 0..<memory.count, entry, source, again: true)
            }
            let count = due.count
            takeFounded(into: &due)
            if !waits, waiting.count > 0 {
                due += take(waiting.releaseBallots(behind: entry.index, of: entry.log, id: logs[Int(entry.log)].id))
            }
            if due.count > count { sort(&due) }
        }
    }

    /// The last is the first of its log.
    private func sort(_ due: inout [EntryPlace]) {
        due.sort { ($0.log, $0.index) > ($1.log, $1.index) }
    }

    /// Adds what waited for applications that were just founded, and edits that a founding may entitle.
    private mutating func takeFounded(into due: inout [EntryPlace]) {
        while let id = foundedNow.popLast() {
            due += take(waiting.releaseApplication(id))
            guard let number = applications.number(of: id), let edits = denied.removeValue(forKey: number) else {
                continue
            }
            voids[.editNotParticipant, default: 0] -= edits.count
            due += edits
        }
    }

    private mutating func take(_ released: [(slot: UInt32, item: WaitingEntries.Item)]) -> [EntryPlace] {
        released.map { slot, item in
            index.remove(RowReference(.waiting, slot), at: item.word)
            return EntryPlace(
                log: item.log, index: item.index, leaf: item.leaf, judge: item.judge, bytes: item.bytes)
        }
    }
}
