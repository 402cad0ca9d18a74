// SPDX-License-Identifier: EUPL-1.2
import Journal

// What kinds tell the state. Each keeps the row and says that it changed.
extension CooperativeState {
    mutating func noteHeartbeat(_ date: CivilDate, of log: UInt32) {
        let number = Int(log)
        let row = RowReference(.heartbeat, log)
        guard let known = logs[number].heartbeat else {
            logs[number].heartbeat = date
            index.add(row, at: word(row))
            return
        }
        guard date > known else { return }
        logs[number].heartbeat = date
        index.touch(word(row))
    }

    mutating func noteContact(_ contact: Contact, of log: UInt32, at position: Int) {
        let number = Int(log)
        guard position + 1 > logs[number].contactMark else { return }
        logs[number].contactMark = position + 1
        logs[number].contact = contact
        touchMember(logs[number].member)
    }

    mutating func noteReady(_ entry: EntryInHand) {
        let number = Int(entry.log)
        logs[number].readyMark = max(logs[number].readyMark, entry.index + 1)
        touchLog(entry.log)
    }

    mutating func noteFinal(_ entry: EntryInHand) {
        logs[Int(entry.log)].finalMark = entry.index + 1
        touchLog(entry.log)
    }

    mutating func noteSupports(_ ruleVersion: Int, of log: UInt32) {
        let known = logs[Int(log)].supports
        guard ruleVersion > known else { return }
        logs[Int(log)].supports = ruleVersion
        let row = RowReference(.supports, log)
        if known == 0 { index.add(row, at: word(row)) } else { index.touch(word(row)) }
    }

    mutating func noteDestroyed(_ log: UInt32, _ position: Int, _ commitment: TextCommitment) {
        let entry = DestroyedTable.Row(log: log, index: position, commitment: commitment)
        guard let number = destroyed.add(entry) else { return }
        let row = RowReference(.destroyed, number)
        index.add(row, at: word(row))
    }

    mutating func noteFounded(_ founded: ApplicationFounded, id: String, by entry: EntryInHand) {
        let application = applications.intern(id)
        let party = logs[Int(entry.log)].party
        rights[application, default: ApplicationRights()].founders.append(party)
        foundedNow.append(id)
        guard let number = foundings.number(of: application) else {
            let row = RowReference(.founded, UInt32(foundings.rows.count))
            foundings.add(.init(
                application: application, log: entry.log, index: entry.index, leaf: entry.leaf, founded: founded))
            foundings.rows[Int(row.number)].word = word(row)
            index.add(row, at: foundings.rows[Int(row.number)].word)
            return
        }
        // Two foundings give one id: the row is the one of the lower (log, index).
        let known = foundings.rows[number]
        guard (ranks[Int(entry.log)], entry.index) < (ranks[Int(known.log)], known.index) else { return }
        foundings.rows[number].log = entry.log
        foundings.rows[number].index = entry.index
        foundings.rows[number].leaf = entry.leaf
        foundings.rows[number].founded = founded
        index.touch(known.word)
    }

    mutating func noteDenied(_ entry: EntryInHand, _ application: UInt32) {
        denied[application, default: []].append(
            EntryPlace(log: entry.log, index: entry.index, leaf: entry.leaf, judge: entry.judge))
    }

    mutating func noteStatement(_ head: StatementHead, _ counterparty: UInt32, _ entry: EntryInHand) {
        let key = StatementTable.Key(
            log: entry.log, month: head.month.monthNumber, counterparty: counterparty)
        let body = hashing.hash(entry.bodyBytes)
        // A month is stated under an epoch dated after it; a statement before opens no window.
        let judges = epochs[entry.judge].date > head.month.lastDay ? entry.judge...entry.judge : nil
        guard let number = statements.number(of: key) else {
            let number = statements.add(.init(
                key: key, index: entry.index, body: body, leaf: entry.leaf, root: head.root,
                records: head.records, judges: judges))
            let row = RowReference(.statement, number)
            statements.rows[number].word = word(row)
            index.add(row, at: statements.rows[number].word)
            return
        }
        if let judges {
            statements.rows[number].judges = statements.rows[number].judges.map { $0.joined(with: judges) } ?? judges
        }
        guard entry.index > statements.rows[number].index else { return }
        statements.rows[number].index = entry.index
        statements.rows[number].body = body
        statements.rows[number].leaf = entry.leaf
        statements.rows[number].root = head.root
        statements.rows[number].records = head.records
        index.touch(statements.rows[number].word)
    }
}

// Rows that appear when they are first named.
extension CooperativeState {
    mutating func addRegister(_ application: UInt32, _ key: UInt32) -> UInt32 {
        let number = registers.add(.init(application: application, key: key))
        let row = RowReference(.register, number)
        registers.rows[number].word = word(row)
        index.add(row, at: registers.rows[number].word)
        return number
    }

    @inline(__always)
    mutating func modifyRegister(_ number: UInt32, _ change: (inout CellTable<RegisterCell>.Row) -> Void) {
        change(&registers.rows[number])
        index.touch(registers.rows[number].word)
    }

    mutating func addElementRow(_ application: UInt32, _ key: UInt32) -> UInt32 {
        let number = elements.add(.init(application: application, key: key))
        let row = RowReference(.element, number)
        elements.rows[number].word = word(row)
        index.add(row, at: elements.rows[number].word)
        return number
    }

    mutating func modifyElement(_ number: UInt32, _ change: (inout CellTable<ElementCell>.Row) -> Void) {
        change(&elements.rows[number])
        index.touch(elements.rows[number].word)
    }

    mutating func addUsage(_ key: UsageKey) -> UInt32 {
        let number = usage.add(UsageRow(key: key))
        let row = RowReference(.usage, number)
        usage.rows[number].word = word(row)
        index.add(row, at: usage.rows[number].word)
        return number
    }
}
