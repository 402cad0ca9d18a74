// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Decisions, members and successors epoch after epoch, Protocol/voting.md §5 and Protocol/membership.md")
struct GoverningTests {
    var network: Cooperation
    let today: CivilDate

    init() throws {
        network = try Cooperation(seed: 1)
        today = network.genesis.date
    }

    private func standing(_ number: Int) -> MemberStanding? { network.last.member(World.oin(number))?.standing }

    @Test("nothing is due on the day of the epoch, the calendar is on the 5th")
    func calendar() throws {
        #expect(network.view(on: today).ownProposal() == nil)
        let fifth = try #require(today.adding(days: 4))
        #expect(network.overlay().isEpochDue(on: today) == nil)
        #expect(network.overlay().isEpochDue(on: fifth) == .periodDay(fifth))
        #expect(network.view(on: fifth).ownProposal()?.trigger == .periodDay(fifth))
    }

    @Test("a certain decision triggers, is closed, and late ballots are flagged and change nothing")
    mutating func closing() throws {
        let id = try network.decide(.votingFlag(member: World.oin(4), votes: false), by: [1, 2])
        #expect(network.overlay().isEpochDue(on: today) == nil)
        let place = try #require(network.overlay().decision(id)?.reference)
        try network.vote(3, .for, on: place)
        let open = try #require(network.overlay().decision(id))
        #expect(open.isCertain && open.outcome == .carried && open.standing == .open)
        #expect(open.absent == [World.oin(4)] && open.electorate.count == 4 && open.ballots.count == 3)
        #expect(network.overlay().isEpochDue(on: today) == .decision)
        #expect(try network.closeOwn(on: today) == .decision)
        #expect(network.last.votingSet.count == 3 && network.last.member(World.oin(4))?.votingLog == nil)
        try network.vote(4, .against, on: place)
        let late = try #require(network.overlay().decision(id))
        #expect(late.tally.against == 0 && late.ballots.contains { $0.standing == .late })
        #expect(late.standing == .carried && late.closing == 1)
        try network.decide(.votingFlag(member: World.oin(4), votes: true))
        try network.closeOwn(on: today)
        #expect(network.last.votingSet.count == 4)
    }

    @Test("a vector that closes a decision without a ballot held for long gets no vote")
    mutating func ballotLeftOut() throws {
        try network.decide(.freeText, by: [1, 2, 3, 4])
        let all = try #require(network.view(on: today).ownProposal()?.heads)
        let four = try network.pen(4).log
        let without = all.map { $0.log == four ? CoveredHead(log: four, head: network.head(four, 1)) : $0 }
        #expect(network.judge(all, on: today) == .valid)
        #expect(network.judge(without, on: today) == .held(.ballotLeftOut))
        let proposal = network.proposal(without, on: today)
        let view = network.view(on: today, isHeldLong: false)
        #expect(ProposalCheck.judge(proposal, in: view, quorum: 3, suite) == .valid)
        let nothing = all.map { CoveredHead(log: $0.log, head: network.head($0.log, 1)) }
        #expect(network.judge(nothing, on: today) == .held(.notTriggered))
        let more = all.map { $0.log == four ? CoveredHead(log: four, head: Head(size: 9, root: suite.hash([1]))) : $0 }
        #expect(network.judge(more, on: today) == .missing)
    }

    @Test("a candidate is a member in the first epoch that covers the carried invitation and its ready")
    mutating func admission() throws {
        let card = try network.invite(5)
        let log = EntryZero(network: network.genesis.network, card: card).log(suite)
        #expect(network.overlay().candidates().map(\.oin) == [card.oin])
        #expect(network.overlay().bound(of: log) == 16)
        #expect(network.last.identity(of: log) == nil)
        try network.closeOwn(on: today)
        #expect(standing(5) == .candidate && network.last.identity(of: log) != nil)
        #expect(network.last.epoch.head(of: log) == nil && network.overlay().isEpochDue(on: today) == nil)
        network.append(Heartbeat(date: today).entry(), to: log)
        network.append(network.readyEntry, to: log)
        #expect(network.overlay().isEpochDue(on: today) == .newcomer)
        let all = try #require(network.view(on: today).ownProposal()?.heads)
        let short = all.map { $0.log == log ? CoveredHead(log: log, head: network.head(log, 2)) : $0 }
        #expect(network.judge(short, on: today) == .held(.logNotAuthorised))
        #expect(try network.closeOwn(on: today) == .newcomer)
        #expect(standing(5) == .member && network.last.member(card.oin)?.since == 2)
        #expect(network.last.votingSet.count == 5 && network.last.member(card.oin)?.heartbeat == nil)
        network.append(Heartbeat(date: today).entry(), to: log)
        #expect(network.overlay().member(card.oin)?.heartbeat == today)
        #expect(network.overlay().voidCounts().contains { $0.reason == .authorNotMember })
    }

    @Test("one epoch may close the invitation and admit")
    mutating func admissionAtOnce() throws {
        let card = try network.invite(5)
        network.append(network.readyEntry, to: EntryZero(network: network.genesis.network, card: card).log(suite))
        #expect(try network.closeOwn(on: today) == .decision)
        #expect(standing(5) == .member && network.last.votingSet.count == 5)
    }

    @Test("what an expelled member goes on to write counts for nothing, ever")
    mutating func expulsion() throws {
        let pen = try network.pen(4)
        try network.decide(.expulsion(member: pen.card.oin))
        try network.closeOwn(on: today)
        var settled = network.last
        network.append(Heartbeat(date: today).entry(), to: pen.log)
        #expect(standing(4) == .ended && network.last.votingSet.count == 3)
        var overlay = network.overlay()
        #expect(overlay.digest() == settled.digest() && overlay.bound(of: pen.log) == 1)
        let late = network.last.epoch.heads.map { covered in
            covered.log == pen.log ? CoveredHead(log: pen.log, head: network.head(pen.log)) : covered
        }
        #expect(network.judge(late, on: today) == .held(.forked))
        try network.decide(.admission(pen.card))
        try network.closeOwn(on: today)
        #expect(network.last.decisions().contains { $0.refusal == .memberKnown })
        #expect(network.last.epoch.head(of: pen.log)?.size == 1)
    }

    @Test("a member that leaves writes up to its final, or up to its last date")
    mutating func leaving() throws {
        let (three, four) = (try network.pen(3), try network.pen(4))
        let last = try #require(today.adding(days: 10))
        try network.decide(.exit(member: four.card.oin, lastDate: last))
        try network.decide(.exit(member: three.card.oin, lastDate: last))
        try network.closeOwn(on: today)
        #expect(standing(4) == .leaving && network.last.votingSet.count == 2)
        network.append(Heartbeat(date: today).entry(), to: four.log)
        network.append(Final.entry(), to: four.log)
        network.append(Heartbeat(date: last).entry(), to: four.log)
        #expect(network.overlay().member(four.card.oin)?.heartbeat == today)
        try network.decide(.freeText, by: [1, 2])
        try network.closeOwn(on: today)
        #expect(standing(4) == .ended && network.last.epoch.head(of: four.log)?.size == 3)
        network.append(Heartbeat(date: last).entry(), to: three.log)
        try network.closeOwn(on: try #require(last.adding(days: 1)))
        #expect(standing(3) == .ended && network.last.member(three.card.oin)?.heartbeat == nil)
        try network.decide(.expulsion(member: World.oin(2)), by: [1, 2])
        try network.decide(.votingFlag(member: World.oin(1), votes: false), by: [1, 2])
        try network.closeOwn(on: network.last.epoch.date)
        #expect(network.last.decisions().contains { $0.refusal == .lastVoter })
    }

    @Test("a carried key replacement names the new log, the old one's end, and the voting log to come")
    mutating func keyReplacement() throws {
        let old = try network.pen(4)
        network.append(Heartbeat(date: today).entry(), to: old.log)
        let made = try World.card(9)
        let card = try Card(
            oin: old.card.oin, name: "Nieuw", kind: .municipality, logKey: made.logKey,
            nextKeyHash: made.nextKeyHash, recoveryKey: made.recoveryKey, agreementKey: made.agreementKey,
            pins: made.pins, endpoints: [])
        let end = network.head(old.log)
        let replacement = try #require(KeyReplacement(card: card, log: old.log, end: end))
        try network.decide(.keyReplacement(replacement))
        try network.closeOwn(on: today)
        let zero = EntryZero(network: network.genesis.network, card: card)
        let log = zero.log(suite)
        #expect(network.last.identity(of: log)?.key == card.logKey && network.last.member(old.card.oin)?.card == card)
        #expect(network.last.namedEnd(of: old.log)?.size == end.size && network.last.bound(of: old.log) == 2)
        #expect(network.last.member(old.card.oin)?.votingLog?.log == old.log)
        network.open(zero, card)
        network.append(Heartbeat(date: try #require(today.adding(days: 1))).entry(), to: log)
        network.append(Heartbeat(date: try #require(today.adding(days: 9))).entry(), to: old.log)
        #expect(network.overlay().member(old.card.oin)?.heartbeat == today.adding(days: 1))
        #expect(try network.closeOwn(on: today) == .newcomer)
        #expect(network.last.member(old.card.oin)?.votingLog?.log == log)
        #expect(network.last.epoch.head(of: old.log) == end)
    }

    @Test("a successor ends its predecessor, also a forked one, and an overlay that folded more is stale")
    mutating func successor() throws {
        let old = try network.pen(4)
        network.append(Heartbeat(date: today).entry(), to: old.log)
        let end = network.head(old.log)
        let later = try #require(today.adding(days: 9))
        network.append(Heartbeat(date: later).entry(), to: old.log)
        var before = network.overlay()
        #expect(network.overlay(convicted: [old.log]).suspended.map(\.covered) == [0])
        let zero = EntryZero(
            network: network.genesis.network, oin: old.card.oin, logKey: PublicKey(suite.hash([7]).value),
            nextKeyHash: suite.hash([8]),
            after: try #require(PredecessorEnd(log: old.log, size: end.size, root: end.root)),
            authority: .recoveryKey, signer: SilentSigner(publicKey: old.card.recoveryKey))
        #expect(throws: EntryZeroRefusal.signature) { try before.authorise(zero, suite) }
        #expect(before.member(old.card.oin)?.heartbeat == later)
        before.register(zero)
        #expect(before.isStale && before.identity(of: zero.log(suite)) != nil)
        network.open(zero, old.card)
        let overlay = network.overlay(convicted: [old.log])
        #expect(overlay.member(old.card.oin)?.heartbeat == today && overlay.bound(of: old.log) == 2)
        #expect(overlay.log(of: old.card.oin) == zero.log(suite))
        #expect(try network.closeOwn(on: today, convicted: [old.log]) == .newcomer)
        #expect(network.last.epoch.head(of: old.log) == end)
        #expect(network.last.votingSet.logs.contains { $0.log == zero.log(suite) })
        #expect(network.last.votingSet.count == 4)
    }

    @Test("who joins an application edits it and votes about it under the next epoch, not before")
    mutating func community() throws {
        let four = try network.pen(4)
        let slug = try #require(Slug("zaak"))
        network.append(World.edit("zaak", .name, .text("te vroeg")), to: four.log)
        try network.decide(.communityJoining(application: slug, member: four.card.oin, since: today))
        try network.closeOwn(on: today)
        #expect(network.last.application("zaak")?.values(.name).isEmpty == true)
        network.append(World.edit("zaak", .name, .text("Zaken")), to: four.log)
        let organ = try #require(Slug("gemeenschap"))
        let proposal = try DecisionProposal(
            organ: organ, payload: .freeText, title: "Vraag", deadline: today, application: slug)
        network.append(proposal.entry(), to: four.log)
        let overlay = network.overlay()
        #expect(overlay.application("zaak")?.values(.name).count == 1)
        #expect(overlay.decisions().last { $0.proposal.application != nil }?.electorate.count == 4)
        try network.decide(.communityLeaving(application: slug, member: four.card.oin, until: today))
        try network.closeOwn(on: today)
        network.append(World.edit("zaak", .name, .text("te laat")), to: four.log)
        #expect(network.overlay().application("zaak")?.values(.name).first?.value == CBOR.text("Zaken").encode())
        #expect(network.last.decisions().contains { $0.electorate.count == 4 && $0.proposal.application != nil })
    }
}
