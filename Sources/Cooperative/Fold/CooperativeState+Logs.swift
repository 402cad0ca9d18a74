// SPDX-License-Identifier: EUPL-1.2
public import Journal

// Which logs are known, whose they are, and which of them stands. Spec: Protocol/membership.md.
extension CooperativeState {
    /// Adds a member or candidate with its row and answers its number.
    mutating func add(_ member: FoldedMember) -> UInt32 {
        let number = UInt32(folk.count)
        folk.append(member)
        memberNumbers[member.oin] = number
        let row = RowReference(.member, number)
        folk[Int(number)].word = word(row)
        index.add(row, at: folk[Int(number)].word)
        return number
    }

    /// Adds a log of a member with its row in table 14.
    mutating func addLog(_ log: FoldedLog) {
        let number = UInt32(logs.count)
        logs.append(log)
        logNumbers[log.id] = number
        folk[Int(log.member)].logs.append(number)
        rank(log.id)
        touchMember(log.member)
        if hasRow(number) { addLogRow(number) }
        if convicted.contains(log.id) { convict(number) }
    }

    /// Gives the newest log its place among the others.
    private mutating func rank(_ id: LogID) {
        let rank = UInt32(ranks.indices.count { logs[$0].id < id })
        for number in ranks.indices where ranks[number] >= rank { ranks[number] += 1 }
        ranks.append(rank)
    }

    mutating func rankLogs() {
        ranks = Array(repeating: 0, count: logs.count)
        for (rank, number) in logs.indices.sorted(by: { logs[$0].id < logs[$1].id }).enumerated() {
            ranks[number] = UInt32(rank)
        }
    }

    /// Whether table 14 has a row of a log.
    func hasRow(_ number: UInt32) -> Bool { !logs[Int(number)].isFoundersFirst && logs[Int(number)].stands }

    private mutating func addLogRow(_ number: UInt32) {
        let row = RowReference(.log, number)
        index.add(row, at: word(row))
    }

    mutating func addSuspendedRow(_ number: UInt32) {
        let row = RowReference(.suspended, number)
        index.add(row, at: word(row))
    }

    /// Says whether a log is one of its member's.
    mutating func setStanding(_ number: UInt32, _ stands: Bool) {
        guard logs[Int(number)].stands != stands else { return }
        logs[Int(number)].stands = stands
        // What was passed over counts now, or the reverse: a candidate is invited again, a rival comes first.
        if logs[Int(number)].size > logs[Int(number)].covered { isStale = true }
        touchMember(logs[Int(number)].member)
        if stands {
            addLogRow(number)
            if logs[Int(number)].isConvicted { addSuspendedRow(number) }
        } else {
            for table in [RowTable.log, .suspended] where table == .log || logs[Int(number)].isConvicted {
                let row = RowReference(table, number)
                index.remove(row, at: word(row))
            }
        }
    }

    mutating func touchMember(_ number: UInt32) {
        if folk[Int(number)].isShown { index.touch(folk[Int(number)].word) }
    }

    mutating func touchLog(_ number: UInt32) {
        if hasRow(number) { index.touch(word(RowReference(.log, number))) }
    }

    /// The logs of a member that stand, the newest first.
    func standingLogs(of member: UInt32) -> [UInt32] {
        folk[Int(member)].logs.filter { logs[Int($0)].stands }.sorted {
            let (left, right) = (logs[Int($0)], logs[Int($1)])
            return left.generation == right.generation ? left.id < right.id : left.generation > right.generation
        }
    }

    /// The log that continues a log and stands.
    func successor(of number: UInt32) -> UInt32? {
        folk[Int(logs[Int(number)].member)].logs.first {
            logs[Int($0)].predecessor == number && logs[Int($0)].stands
        }
    }

    /// Every log whose pages may be taken, in order of id: members', candidates' and known successors'.
    public var logIdentities: [LogIdentity] {
        logs.map(\.identity).sorted { $0.log < $1.log }
    }

    /// What entry 0 settled of a log; `nil` for one that is not known.
    public func identity(of log: LogID) -> LogIdentity? { logNumber(log).map { logs[Int($0)].identity } }

    /// Nothing of the log at or above counts; `nil` for no bound, or no such log. Spec: Protocol/state.md §4.
    public func bound(of log: LogID) -> Int? { logNumber(log).flatMap { logs[Int($0)].bound } }

    /// The end of a log that a successor or a carried key replacement names.
    public func namedEnd(of log: LogID) -> PredecessorEnd? {
        logNumber(log).flatMap { successor(of: $0) }.flatMap { logs[Int($0)].end }
    }

    /// The logs that are known, in order of id.
    public var authorisedLogs: [LogID] { logs.map(\.id).sorted() }
}
