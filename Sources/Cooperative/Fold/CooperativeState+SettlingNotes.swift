// SPDX-License-Identifier: EUPL-1.2
import Journal

// What the kinds of settling tell the state. Spec: Protocol/kinds.md §4 and §5.
extension CooperativeState {
    mutating func noteStance(_ stance: CellStance, _ entry: EntryInHand) {
        let key = StanceTable.Key(
            log: entry.log, application: applications.intern(stance.application),
            provider: parties.intern(stance.provider.digits), consumer: parties.intern(stance.consumer.digits),
            tariffClass: classes.intern(stance.tariffClass), month: stance.month.monthNumber)
        var disputed: Int?
        if case .disputes = stance.word { disputed = entry.judge }
        guard let number = stances.number(of: key) else {
            let number = stances.add(.init(
                key: key, index: entry.index, leaf: entry.leaf, stance: stance.word, commitment: entry.commitment,
                judge: entry.judge, disputedSince: disputed))
            let row = RowReference(.stance, number)
            stances.rows[number].word = word(row)
            index.add(row, at: stances.rows[number].word)
            return
        }
        // A log is folded in its own order, so this one is newer.
        stances.rows[number].index = entry.index
        stances.rows[number].leaf = entry.leaf
        stances.rows[number].stance = stance.word
        stances.rows[number].commitment = entry.commitment
        stances.rows[number].judge = entry.judge
        stances.rows[number].disputedSince = stances.rows[number].disputedSince ?? disputed
        index.touch(stances.rows[number].word)
    }

    /// `false` where the log has a cut of this month, pair and epoch.
    mutating func noteCut(_ cut: PeriodCut, _ entry: EntryInHand) -> Bool {
        let key = CutTable.Key(
            log: entry.log, month: cut.month.monthNumber, lower: parties.intern(cut.lower.digits),
            higher: parties.intern(cut.higher.digits), epoch: cut.epoch)
        guard cuts.number(of: key) == nil else { return false }
        let number = cuts.add(.init(
            key: key, index: entry.index, leaf: entry.leaf, body: hashing.hash(entry.bodyBytes), judge: entry.judge,
            cut: cut))
        let row = RowReference(.cut, number)
        cuts.rows[number].word = word(row)
        index.add(row, at: cuts.rows[number].word)
        return true
    }
}
