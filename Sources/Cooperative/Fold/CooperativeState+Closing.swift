// SPDX-License-Identifier: EUPL-1.2
import Journal

// What an epoch does once all that it covers is folded. Spec: Protocol/state.md §4, Protocol/voting.md §4.
extension CooperativeState {
    /// Closes the decisions that are due, ends and admits members, and takes over the epoch.
    mutating func close(by next: Epoch) {
        epoch = next
        let hadLines = !rules.lines.isEmpty
        index.touch(word(RowReference(.network, 0)))
        cover()
        for (decision, outcome) in due() { close(decision, outcome) }
        countOpenDecisions()
        endMembers()
        admitCandidates()
        let open = openPeriods()
        closePeriods(open)
        billPeriods(open)
        touchRules(hadLines: hadLines)
        takeOverRights()
        setBounds()
        record()
    }

    private mutating func touchRules(hadLines: Bool) {
        for key in rules.standingKeys {
            let row = RowReference(.rules, UInt32(key))
            if key == RulesInForce.lineKey, !hadLines {
                index.add(row, at: word(row))
            } else {
                index.touch(word(row))
            }
        }
    }

    private mutating func cover() {
        for number in logs.indices { logs[number].declared = DeclaredRows() }
        for covered in epoch.heads {
            guard let number = logNumber(covered.log) else { continue }
            logs[Int(number)].covered = covered.head.size.count
            guard logs[Int(number)].firstNamed == 0, logs[Int(number)].stands else { continue }
            guard !logs[Int(number)].isFoundersFirst else { continue }
            logs[Int(number)].firstNamed = epoch.number
            touchLog(number)
        }
    }

    /// The decisions that the epoch closes and how, in the order in which they take effect.
    private func due() -> [(decision: UInt32, outcome: DecisionOutcome)] {
        let open = proposals.rows.indices.filter { proposals.rows[$0].standing == .open }.map { UInt32($0) }
        return open.sorted { name(of: $0) < name(of: $1) }.compactMap { decision in
            let deadline = proposals.rows[Int(decision)].proposal.deadline
            return poll(of: decision).closing(organ(of: decision), deadline: deadline, date: epoch.date)
                .map { (decision, $0) }
        }
    }

    private mutating func close(_ decision: UInt32, _ outcome: DecisionOutcome) {
        let tally = poll(of: decision).tally
        var standing = DecisionStanding.notCarried
        var refusal: EffectRefusal?
        if outcome == .carried {
            do throws(EffectRefusal) {
                try takeEffect(proposals.rows[Int(decision)].proposal.payload, decision)
                standing = .carried
            } catch {
                standing = .withoutEffect
                refusal = error
            }
        }
        let number = epoch.number
        proposals.modify(decision) { row in
            (row.standing, row.closing, row.closed, row.refusal) = (standing, number, tally, refusal)
        }
        index.touch(proposals.rows[Int(decision)].word)
        if case .admission(let card) = proposals.rows[Int(decision)].proposal.payload,
           let candidate = memberNumbers[card.oin] {
            refreshCandidate(candidate)
        }
    }

    /// Ends the leaving members whose *final* is covered or whose last date has passed.
    /// Spec: Protocol/membership.md §3.
    private mutating func endMembers() {
        for number in folk.indices.map({ UInt32($0) }) where folk[Int(number)].standing == .leaving {
            let hasFinal = standingLogs(of: number).contains { logs[Int($0)].finalMark > 0 }
            if hasFinal || folk[Int(number)].lastDate.map({ epoch.date > $0 }) ?? false { end(number) }
        }
    }

    /// Nothing more of the member's logs counts.
    mutating func end(_ number: UInt32) {
        folk[Int(number)].standing = .ended
        folk[Int(number)].since = epoch.number
        folk[Int(number)].left = min(folk[Int(number)].left, epoch.number)
        folk[Int(number)].votes = false
        for log in folk[Int(number)].logs {
            logs[Int(log)].endedAt = min(logs[Int(log)].size, logs[Int(log)].bound ?? Int.max)
        }
        touchMember(number)
    }
}
