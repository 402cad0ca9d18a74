// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

/// Each test is one rule of arXiv 1807.04938, by its line.
@Suite("Consensus: the paper's lines 11 to 33, Protocol/consensus.md §4")
struct ProposeAndPrevoteTests {
    @Test("line 19: the proposer proposes a fresh value; line 21: everybody else waits for it")
    func line19() {
        let council = Council(4)
        let proposer = Bench(voter: council.proposer(0))
        #expect(proposer.said.first == council.proposal(1, round: 0))
        #expect(Bench().said.isEmpty)
        #expect(Bench().timers == [ConsensusTimer(.propose, .zero)])
    }

    @Test("until the own view triggers: round 0, step propose, no timer, no fresh proposal, yet answers")
    func untriggered() {
        let council = Council(4)
        var proposer = Bench(voter: council.proposer(0), triggers: false)
        #expect(proposer.said.isEmpty && proposer.timers.isEmpty)
        proposer.give(.ownView(triggers: true))
        #expect(proposer.said.first == council.proposal(1, round: 0))
        var other = Bench(triggers: false)
        other.hearProposal(1, round: 0)
        #expect(other.vote(.prevote, round: 0) == .some(council.hash(1)))
    }

    @Test("lines 15 and 16: a proposer with a valid value proposes it with its round and polka")
    func line16() throws {
        var bench = Bench()
        bench.hearProposal(2, round: 0)
        bench.hearVotes(.prevote, 2, round: 0, from: bench.others)
        bench.hearVotes(.precommit, nil, round: 0, from: bench.others)
        bench.timeout(.precommit, 0)
        #expect(bench.said.contains(bench.council.proposal(2, round: 1, valid: 0)))
        let record = try #require(bench.kept.first { $0.own.message.kind == 16 })
        #expect(record.own.polka?.round == .zero && record.own.polka?.hash == bench.council.hash(2))
    }

    @Test("line 24: a valid fresh proposal gets a prevote; lines 25 and 26: another gets nil")
    func line22() {
        var bench = Bench()
        bench.hearProposal(1, round: 0)
        #expect(bench.vote(.prevote, round: 0) == .some(bench.council.hash(1)))
        for judgement in [Judgement.held(.dateTooOld), .refused(.headContradicts)] {
            var doubting = Bench()
            doubting.judgement = judgement
            doubting.hearProposal(1, round: 0)
            #expect(doubting.vote(.prevote, round: 0) == .some(nil))
        }
    }

    @Test("while heads are missing the member waits for them, until the propose timeout")
    func missingHeads() {
        var bench = Bench()
        bench.judgement = .missing
        bench.hearProposal(1, round: 0)
        #expect(bench.vote(.prevote, round: 0) == nil)
        bench.give(.judged(bench.council.hash(1), .valid))
        #expect(bench.vote(.prevote, round: 0) == .some(bench.council.hash(1)))
        var late = Bench()
        late.judgement = .missing
        late.hearProposal(1, round: 0)
        late.timeout(.propose, 0)
        late.give(.judged(late.council.hash(1), .valid))
        #expect(late.said.count == 1 && late.vote(.prevote, round: 0) == .some(nil))
    }

    /// Locked on 1 in round 0, now in round 2, where another proposes.
    private func lockedBench(omitting omitted: OmittedRules = []) -> Bench {
        var bench = Bench(omitting: omitted)
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others)
        bench.hearVotes(.precommit, nil, round: 2, from: bench.others)
        return bench
    }

    @Test("line 23: locked on another value, a fresh proposal gets nil; on the same, a prevote")
    func line23() {
        for (value, expected) in [(UInt8(2), nil), (1, Council(4).hash(1))] {
            var bench = lockedBench()
            #expect(bench.core.locked?.round == .zero && bench.core.round.value == 2)
            bench.hearProposal(value, round: 2)
            #expect(bench.vote(.prevote, round: 2) == .some(expected))
        }
    }

    @Test("line 28: a valid round waits for its polka; line 29: it unlocks from that round on")
    func line28() {
        var bench = lockedBench()
        bench.hearProposal(2, round: 2, valid: 1)
        #expect(bench.vote(.prevote, round: 2) == nil)
        #expect(bench.effects.contains(.fetchPolka(Round(known: 1), bench.council.hash(2))))
        bench.give(.polka(bench.council.claim(.prevote, 2, round: 1, by: bench.others)))
        #expect(bench.vote(.prevote, round: 2) == .some(bench.council.hash(2)))
        #expect(bench.kept.last?.own.polka?.round.value == 1)
    }

    @Test("line 29: a polka of a round before the lock gives nil, unless it is for the locked value")
    func line29() {
        for (value, expected) in [(UInt8(2), nil), (1, Council(4).hash(1))] {
            var bench = lockedBench()
            bench.hearProposal(1, round: 2)
            bench.hearVotes(.prevote, 1, round: 2, from: bench.others)
            #expect(bench.core.locked?.round.value == 2)
            bench.hearVotes(.precommit, nil, round: 3, from: bench.others)
            bench.hearProposal(value, round: 3, valid: 1)
            bench.give(.polka(bench.council.claim(.prevote, value, round: 1, by: bench.others)))
            #expect(bench.vote(.prevote, round: 3) == .some(expected))
        }
    }

    @Test("line 28 asks of a proposal no more than held heads")
    func line28AsksLess() {
        let held = (Judgement.held(.dateTooOld), Council(4).hash(2) as EpochHash??)
        for (judgement, expected) in [held, (.missing, nil)] {
            var bench = lockedBench()
            bench.judgement = judgement
            bench.hearProposal(2, round: 2, valid: 1)
            bench.give(.polka(bench.council.claim(.prevote, 2, round: 1, by: bench.others)))
            #expect(bench.vote(.prevote, round: 2) == expected)
        }
    }
}

@Suite("Consensus: the paper's lines 34 to 67, Protocol/consensus.md §4")
struct PrecommitAndDecideTests {
    @Test("line 35: prevotes of a quorum for anything start the prevote timer, once")
    func line34() {
        var bench = Bench()
        bench.timeout(.propose, 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others.prefix(1))
        #expect(bench.timers.count == 1)
        bench.hearVotes(.prevote, 2, round: 0, from: bench.others.suffix(2))
        #expect(bench.timers.last == ConsensusTimer(.prevote, .zero) && bench.timers.count == 2)
        bench.timeout(.prevote, 0)
        #expect(bench.vote(.precommit, round: 0) == .some(nil))
    }

    @Test("lines 36 to 43: a polka in step prevote locks and precommits, though the own vote was nil")
    func line36() {
        var bench = Bench()
        bench.judgement = .held(.stateDigest)
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others)
        #expect(bench.vote(.prevote, round: 0) == .some(nil))
        #expect(bench.vote(.precommit, round: 0) == .some(bench.council.hash(1)))
        #expect(bench.core.locked == bench.core.valid && bench.core.locked?.hash == bench.council.hash(1))
        #expect(bench.kept.last?.own.polka?.hash == bench.council.hash(1))
    }

    @Test("line 42: a polka after the own precommit makes the value valid and locks nothing")
    func line42() {
        var bench = Bench()
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, nil, round: 0, from: bench.others.prefix(2))
        bench.timeout(.prevote, 0)
        bench.give(.polka(bench.council.claim(.prevote, 1, round: 0, by: 0..<3)))
        #expect(bench.core.locked == nil && bench.core.valid?.hash == bench.council.hash(1))
        #expect(bench.said.count == 2)
    }

    @Test("lines 44 to 46: a quorum of nil gives a precommit of nil at once")
    func line44() {
        var bench = Bench()
        bench.timeout(.propose, 0)
        bench.hearVotes(.prevote, nil, round: 0, from: bench.others.prefix(2))
        #expect(bench.vote(.precommit, round: 0) == .some(nil))
    }

    @Test("line 48: precommits of a quorum for anything start the precommit timer; line 67: next round")
    func line47() {
        var bench = Bench()
        bench.hearVotes(.precommit, nil, round: 0, from: bench.others)
        #expect(bench.timers.contains(ConsensusTimer(.precommit, .zero)))
        bench.timeout(.precommit, 0)
        #expect(bench.core.round.value == 1 && bench.core.step >= .propose)
    }

    @Test("line 67: who leaves a round says nil for what it has not said in it, and once")
    func leaving() {
        for hasPrevoted in [false, true] {
            var bench = Bench()
            if hasPrevoted { bench.timeout(.propose, 0) }
            bench.hearVotes(.precommit, nil, round: 0, from: bench.others)
            bench.timeout(.precommit, 0)
            #expect(bench.vote(.prevote, round: 0) == .some(nil) && bench.vote(.precommit, round: 0) == .some(nil))
            #expect(bench.said.count { $0.round == .zero && $0.kind != 16 } == 2)
        }
        var decided = Bench()
        decided.hearProposal(1, round: 0)
        decided.hearVotes(.prevote, 1, round: 0, from: decided.others)
        decided.hearVotes(.precommit, nil, round: 0, from: decided.others)
        let said = decided.said
        decided.timeout(.precommit, 0)
        #expect(decided.said.filter { $0.round == .zero } == said)
    }

    @Test("a header has the quorum of one round behind it once a polka or a certificate of it is known")
    func upheld() {
        var bench = Bench()
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others.prefix(1))
        #expect(bench.core.upheldHeaders.isEmpty)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others)
        #expect(bench.core.upheldHeaders == [bench.council.header(1)])
        var late = Bench()
        late.give(.certificate(late.council.claim(.precommit, 2, round: 3, by: late.others)))
        #expect(late.core.upheldHeaders == [late.council.header(2)])
    }

    @Test("line 47: votes of more than f in later rounds start the timer too, of one round at a time; not at n ≤ 3",
          arguments: [2, 3, 4, 7])
    func leftBehind(count: Int) {
        let faults = VotingSet.faults(of: count)
        for step in [VoteText.Step.prevote, .precommit] {
            var bench = Bench(count)
            bench.hearVotes(step, nil, round: 5, from: bench.others.prefix(faults))
            #expect(!bench.timers.contains(ConsensusTimer(.precommit, .zero)))
            bench.hearVotes(step, nil, round: 9, from: bench.others.dropFirst(faults).prefix(1))
            #expect(bench.core.round == .zero)
            #expect(bench.timers.contains(ConsensusTimer(.precommit, .zero)) == (count >= 4))
            guard count >= 4 else { continue }
            for round in 0..<5 { bench.timeout(.precommit, round) }
            #expect(bench.core.round.value == 5 && !bench.timers.contains(ConsensusTimer(.precommit, Round(known: 5))))
        }
    }

    @Test("lines 49 to 51: a quorum's precommits of one hash decide, in whatever round")
    func line49() throws {
        var bench = Bench()
        bench.hearProposal(1, round: 0)
        bench.timeout(.precommit, 0)
        bench.hearVotes(.precommit, 1, round: 0, from: bench.others)
        let certificate = try #require(bench.decided)
        #expect(certificate.hash == bench.council.hash(1) && certificate.round == .zero)
        let read = try Certificate(certificate.encode(bench.council.voters), bench.council.voters, PlainSuite())
        #expect(read == certificate)
        let count = bench.said.count
        bench.timeout(.precommit, 1)
        #expect(bench.said.count == count)
    }

    @Test("line 49 needs only the certificate: without header it is fetched, and it decides alone")
    func certificateAlone() {
        var bench = Bench()
        bench.hearVotes(.precommit, 1, round: 0, from: bench.others)
        #expect(bench.effects.contains(.fetchCertificate(.zero, bench.council.hash(1))))
        bench.give(.certificate(bench.council.claim(.precommit, 1, round: 0, by: bench.others)))
        #expect(bench.decided?.hash == bench.council.hash(1))
    }

    @Test("lines 55 and 56: precommits of a quorum in a later round, for whatever, take one there; nothing else")
    func line55() {
        var bench = Bench()
        bench.hearVotes(.prevote, nil, round: 6, from: bench.others)
        bench.hearVotes(.precommit, 2, round: 6, from: bench.others.prefix(1))
        bench.hearVotes(.precommit, nil, round: 6, from: bench.others.dropFirst().prefix(1))
        #expect(bench.core.round == .zero)
        bench.hearVotes(.precommit, nil, round: 6, from: bench.others.suffix(1))
        #expect(bench.core.round.value == 6)
        let timers = bench.timers.suffix(2)
        #expect(Set(timers) == [.init(.propose, Round(known: 6)), .init(.precommit, Round(known: 6))])
        bench.timeout(.precommit, 6)
        #expect(bench.core.round.value == 7)
    }

    @Test("no f+1 members, at n = 2 and 3 no single one, take others to the last round, as by the paper's line 55",
          arguments: [2, 3, 4, 7])
    func lastRound(count: Int) {
        let (last, liars) = (CooperativeLimits.round, VotingSet.faults(of: count) + 1)
        for step in [VoteText.Step.prevote, .precommit] {
            var bench = Bench(count)
            bench.hearVotes(step, nil, round: last, from: bench.others.prefix(liars))
            #expect(bench.core.round == .zero)
            bench.timeout(.propose, 0)
            #expect(bench.vote(.prevote, round: 0) == .some(nil))
            var paper = Bench(count, omitting: .quorumOfLaterRound)
            paper.hearVotes(step, nil, round: last, from: paper.others.prefix(liars))
            #expect(paper.core.round.value == last)
        }
    }

    @Test("of rounds far ahead, however many a log speaks of and in whatever order, nothing is walked or asked")
    func manyRounds() {
        var bench = Bench()
        let liar = bench.others[0]
        for round in (1...30_000).reversed() {
            let step = round % 2 == 0 ? VoteText.Step.prevote : .precommit
            let message = bench.council.vote(step, nil, round: round, by: liar)
            let log = bench.council.voters.logs[liar].log
            let place = MessagePlace(log: log, index: EntryIndex(known: 30_000 - round))
            #expect(bench.core.handle(.message(message, place)).isEmpty)
        }
        bench.hearVotes(.precommit, 1, round: 40_000, from: [liar])
        #expect(bench.core.round == .zero && bench.core.knownRounds.count >= 30_001)
        #expect(!bench.effects.contains { if case .fetchPolka = $0 { true } else { false } })
        bench.hearVotes(.precommit, nil, round: 40_000, from: bench.others.suffix(1))
        #expect(bench.core.round == .zero)
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others.suffix(2))
        bench.hearVotes(.precommit, 1, round: 0, from: bench.others.suffix(2))
        #expect(bench.decided?.hash == bench.council.hash(1))
    }

    @Test("lines 57 to 67: a timer of another round or step does nothing; timers grow by round")
    func timeouts() {
        var bench = Bench()
        bench.timeout(.propose, 1)
        bench.timeout(.prevote, 0)
        #expect(bench.said.isEmpty && bench.core.round == .zero)
        bench.timeout(.propose, 0)
        bench.timeout(.propose, 0)
        #expect(bench.said.count == 1)
        #expect(bench.effects.contains(.startTimer(ConsensusTimer(.propose, .zero), milliseconds: 60_000)))
        bench.hearVotes(.precommit, nil, round: 2, from: bench.others)
        let timer = ConsensusTimer(.propose, Round(known: 2))
        #expect(bench.effects.contains(.startTimer(timer, milliseconds: 120_000)))
    }

    @Test("a member that may not vote says nothing, decides all the same, and starts its timers when it may")
    func mayNotVote() {
        var bench = Bench()
        bench.give(.mayVote(false))
        bench.hearProposal(1, round: 0)
        bench.timeout(.propose, 0)
        #expect(bench.said.isEmpty)
        bench.give(.mayVote(true))
        #expect(bench.timers == [ConsensusTimer(.propose, .zero), ConsensusTimer(.propose, .zero)])
        #expect(bench.vote(.prevote, round: 0) == .some(bench.council.hash(1)))
        bench.give(.mayVote(false))
        bench.hearVotes(.precommit, 1, round: 0, from: bench.others)
        #expect(bench.decided != nil && bench.said.count == 1)
    }
}
