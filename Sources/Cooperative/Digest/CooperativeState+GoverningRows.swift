// SPDX-License-Identifier: EUPL-1.2
import Journal

// The rows of members, logs, decisions and ballots. Spec: Protocol/state.md §2, tables 2 and 12 to 14.
extension CooperativeState {
    /// Parts of a row in order of log id.
    func ordered<Cell>(_ parts: ContiguousArray<CellTable<Cell>.Part>) -> ContiguousArray<CellTable<Cell>.Part> {
        // Mostly one writer, or founders, whose numbers are in that order.
        let isOrdered = zip(parts, parts.dropFirst()).allSatisfy { ranks[Int($0.log)] < ranks[Int($1.log)] }
        return isOrdered ? parts : ContiguousArray(parts.sorted { ranks[Int($0.log)] < ranks[Int($1.log)] })
    }

    /// The newest log of a member that has a contact which holds.
    func contactLog(of member: UInt32) -> FoldedLog? {
        let from = folk[Int(member)].contactsFrom
        for number in standingLogs(of: member) {
            let log = logs[Int(number)]
            if log.contact != nil, log.generation >= from { return log }
        }
        return nil
    }

    /// The logs that the row of a member names, in order of id: of a candidate the one of its card.
    func shownLogs(of member: UInt32) -> [LogID] {
        let one = folk[Int(member)]
        if one.standing == .candidate { return [EntryZero(network: genesis.network, card: one.card).log(hashing)] }
        return standingLogs(of: member).map { logs[Int($0)].id }.sorted()
    }

    func writeMember(_ number: Int, to writer: inout RowWriter) {
        let member = folk[number]
        let contact = contactLog(of: UInt32(number))
        writer.array(count: 8)
        writer.bytes32(member.cardHash.value)
        let own = shownLogs(of: UInt32(number))
        writer.array(count: own.count)
        for log in own { writer.bytes32(log.value) }
        let pins = contact?.contact?.pins ?? member.card.pins
        writer.array(count: pins.count)
        for pin in pins { writer.bytes32(pin.value) }
        let endpoints = contact?.contact?.endpoints ?? member.card.endpoints
        writer.array(count: endpoints.count)
        for endpoint in endpoints { writer.text(endpoint.description) }
        writer.integer(contact?.contactMark ?? 0)
        writer.integer(member.standing.rawValue)
        writer.integer(member.since)
        writer.bool(member.votes)
    }

    func writeLog(_ log: FoldedLog, to writer: inout RowWriter) {
        writer.array(count: 6)
        writer.text(folk[Int(log.member)].oin.digits)
        if let predecessor = log.predecessor {
            writer.bytes32(logs[Int(predecessor)].id.value)
        } else {
            writer.null()
        }
        writer.integer(log.end?.size.count ?? 0)
        writer.integer(log.firstNamed)
        writer.integer(log.readyMark)
        writer.integer(log.finalMark)
    }

    func writeDecision(_ row: DecisionTable.Row, _ number: UInt32, to writer: inout RowWriter) {
        let tally = tally(of: number)
        writer.array(count: 12)
        writer.bytes32(row.leaf.value)
        writer.integer(row.proposal.payload.kind.rawValue)
        writer.text(row.proposal.organ.description)
        writer.bytes32(row.payloadHash.value)
        writer.integer(row.judge)
        writer.integer(Int(row.proposal.deadline.dayNumber))
        writer.integer(row.standing.rawValue)
        writer.integer(row.closing)
        writer.integer(tally.votesFor)
        writer.integer(tally.against)
        writer.integer(tally.blank)
        writer.integer(tally.entitled)
    }

    func writeBallotKey(_ row: BallotTable.Row, to writer: inout RowWriter) {
        let decision = proposals.rows[Int(row.decision)]
        writer.array(count: 3)
        writer.bytes32(logs[Int(decision.log)].id.value)
        writer.integer(decision.index)
        writer.text(folk[Int(row.member)].oin.digits)
    }

    func writeBallots(_ row: BallotTable.Row, to writer: inout RowWriter) {
        writer.array(count: row.standing.count)
        for ballot in row.standing.sorted(by: { ranks[Int($0.log)] < ranks[Int($1.log)] }) {
            writer.array(count: 5)
            writer.bytes32(logs[Int(ballot.log)].id.value)
            writer.integer(ballot.index)
            writer.integer(ballot.choice.rawValue)
            writer.bool(ballot.isFinal)
            writer.bool(row.counts(ballot))
        }
    }
}
