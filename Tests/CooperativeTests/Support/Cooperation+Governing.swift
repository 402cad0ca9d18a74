// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

extension Cooperation {
    /// The head of what is held of a log.
    func head(_ log: LogID, _ size: Int? = nil) -> Head {
        var edge = RightEdge()
        for index in 0..<(size ?? held.size(of: log).count) {
            guard let leaf = held.leafHash(log: log, index: EntryIndex(known: index)) else { break }
            edge.append(leaf: leaf, suite)
        }
        return Head(size: edge.size, root: edge.root(suite))
    }

    /// The own view of a member that holds everything.
    func view(
        on date: CivilDate, convicted: Set<LogID> = [], isHeldLong: Bool = true
    ) -> EpochView<EntriesInMemory> {
        EpochView(
            settled: last, overlay: overlay(convicted: convicted), convicted: convicted, ownDate: date,
            entries: held,
            holdings: .init(
                holding: { covered in
                    guard covered.head.size <= held.size(of: covered.log) else { return .missing }
                    return covered.head == head(covered.log, covered.head.size.count) ? .held : .contradicts
                },
                held: { held.size(of: $0) == .empty ? nil : head($0) }, vector: { _ in nil },
                isHeldLong: { _, _ in isHeldLong }))
    }

    /// A proposal of a vector, as its proposer would make it.
    func proposal(_ heads: [CoveredHead], on date: CivilDate) -> Proposal {
        let header = EpochHeader(
            network: genesis.network, number: last.epoch.number + 1, previous: last.epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(heads, suite), date: date, ruleVersion: 1,
            stateDigest: last.epochs[last.epoch.number].stateDigest)
        return Proposal(round: .zero, header: header, delta: last.epoch.delta(to: heads))
    }

    func judge(_ heads: [CoveredHead], on date: CivilDate, convicted: Set<LogID> = []) -> Judgement {
        ProposalCheck.judge(
            proposal(heads, on: date), in: view(on: date, convicted: convicted), quorum: last.votingSet.quorum, suite)
    }

    /// Proposes what is held, finds it valid, and closes the epoch.
    @discardableResult
    mutating func closeOwn(on date: CivilDate, convicted: Set<LogID> = []) throws -> Trigger {
        let own = try #require(view(on: date, convicted: convicted).ownProposal())
        #expect(judge(own.heads, on: date, convicted: convicted) == .valid)
        let header = proposal(own.heads, on: date).header
        settle(Epoch(
            number: header.number, hash: header.hash(suite), date: date, ruleVersion: 1, heads: own.heads))
        return own.trigger
    }

    /// A founder by number, or whoever was invited, by OIN.
    func pen(_ number: Int) throws -> Pen {
        try #require(pens.last { $0.card.oin == World.oin(number) && overlay().size(of: $0.log) != nil })
    }

    /// Puts something to the vote of the members; the founders with these numbers vote for it.
    @discardableResult
    mutating func decide(_ payload: DecisionPayload, by voters: [Int] = [1, 2, 3]) throws -> Decision.ID {
        let slug = try #require(Slug("alv"))
        let deadline = try #require(last.epoch.date.adding(days: 30))
        let proposal = try DecisionProposal(organ: slug, payload: payload, title: "Voorstel", deadline: deadline)
        let place = append(proposal.entry(), to: try pen(1).log)
        for voter in voters { try vote(voter, .for, on: place) }
        return Decision.ID(log: place.log, index: place.index)
    }

    mutating func vote(_ voter: Int, _ choice: Ballot.Choice, on place: EntryReference) throws {
        let log = try pen(voter).log
        append(try Ballot.entry(choice, on: place, in: log), to: log)
    }

    /// The entry of a candidate that has reached the last epoch.
    var readyEntry: [UInt8] {
        let record = last.epochs[last.epoch.number]
        return Ready(
            epoch: EpochNumber(known: last.epoch.number), hash: record.hash, stateDigest: record.stateDigest).entry()
    }

    /// Invites a newcomer, whose log is begun.
    @discardableResult
    mutating func invite(_ number: Int) throws -> Card {
        let card = try World.card(number)
        try decide(.admission(card))
        open(EntryZero(network: genesis.network, card: card), card)
        return card
    }
}
