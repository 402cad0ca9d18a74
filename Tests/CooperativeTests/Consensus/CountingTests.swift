// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Consensus: what counts, Protocol/consensus.md §4")
struct CountingTests {
    @Test("a second, different message of one kind and round in one log is void and is evidence, once")
    func secondIsVoid() {
        var bench = Bench()
        let liar = bench.others[0]
        bench.timeout(.propose, 0)
        bench.hearVotes(.prevote, 2, round: 0, from: [liar])
        bench.hearVotes(.prevote, 1, round: 0, from: [liar])
        bench.hearVotes(.prevote, nil, round: 0, from: [liar])
        #expect(bench.evidence.count == 1)
        #expect(bench.evidence.first?.firstMessage == bench.council.vote(.prevote, 2, round: 0, by: liar))
        #expect(bench.evidence.first?.secondMessage == bench.council.vote(.prevote, 1, round: 0, by: liar))
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others.suffix(2))
        #expect(bench.vote(.precommit, round: 0) == nil)
        // A polka accepts any valid signature, also that of the void message.
        bench.give(.polka(bench.council.claim(.prevote, 1, round: 0, by: bench.others)))
        #expect(bench.vote(.precommit, round: 0) == .some(bench.council.hash(1)))
    }

    @Test("of a forked log each branch counts, a member once per kind, round and hash")
    func branches() {
        var bench = Bench()
        let (liar, other) = (bench.others[0], bench.others[1])
        bench.hearProposal(1, round: 0)
        for branch in 0..<3 {
            bench.hear(bench.council.vote(.prevote, 1, round: 0, by: liar), from: liar, branch: branch)
        }
        #expect(bench.vote(.precommit, round: 0) == nil)
        bench.hear(bench.council.vote(.prevote, 2, round: 0, by: other), from: other, branch: 0)
        #expect(bench.vote(.precommit, round: 0) == nil)
        bench.hear(bench.council.vote(.prevote, 1, round: 0, by: other), from: other, branch: 1)
        #expect(bench.vote(.precommit, round: 0) == .some(bench.council.hash(1)))
        #expect(bench.evidence.isEmpty)
    }

    @Test("a repeated message does nothing")
    func repeated() {
        var bench = Bench()
        for _ in 0..<5 { bench.hearVotes(.prevote, 1, round: 0, from: bench.others.prefix(1)) }
        #expect(bench.evidence.isEmpty && bench.core.rounds[.zero].prevotes.count(bench.council.hash(1)) == 1)
    }

    @Test("what counts for nothing is refused with its reason and takes no place")
    func refused() throws {
        var bench = Bench()
        let council = bench.council
        let (voter, proposer) = (bench.others[0], council.proposer(0))
        let foreign = MessagePlace(log: Council.identity(99).log, index: 0)
        bench.give(.message(council.vote(.prevote, 1, round: 0, by: voter), foreign))
        bench.hear(.prevote(Vote(number: EpochNumber(known: 6), round: .zero, choice: nil)), from: voter)
        bench.hear(.prevote(Vote(number: EpochNumber(known: 4), round: .zero, choice: nil)), from: voter)
        let elsewhere = try #require(CivilDate("2026-03-01"))
        let stray = EpochHeader(
            network: Council.network, number: 5, previous: suite.hash([9]), vectorRoot: suite.hash([1]),
            date: elsewhere, ruleVersion: 1, stateDigest: suite.hash([1]))
        bench.hear(.proposal(Proposal(round: .zero, header: stray)), from: proposer)
        let outOfTurn = try #require((0..<4).first { $0 != proposer && $0 != bench.core.own })
        bench.hear(council.proposal(1, round: 0), from: outOfTurn)
        bench.hear(council.vote(.prevote, 1, round: 0, by: 3 - voter), from: voter)
        #expect(bench.refusals == [
            .notVoting, .otherNumber, .otherNumber, .doesNotFollow, .notProposer, .signature,
        ])
        #expect(bench.said.isEmpty && bench.evidence.isEmpty)
        bench.hearProposal(1, round: 0)
        #expect(bench.vote(.prevote, round: 0) == .some(council.hash(1)))
    }

    @Test("the round is in what is signed: a vote moved to another round counts for nothing")
    func roundIsSigned() {
        var bench = Bench()
        let voter = bench.others[0]
        guard case .precommit(let vote) = bench.council.vote(.precommit, 1, round: 0, by: voter) else { return }
        bench.hear(.precommit(Vote(number: vote.number, round: Round(known: 1), choice: vote.choice)), from: voter)
        #expect(bench.refusals == [.signature])
    }

    @Test("a polka behind a precommit of a hash is asked for, once")
    func asksForPolka() {
        var bench = Bench()
        bench.hearVotes(.precommit, 1, round: 0, from: bench.others.prefix(2))
        let asked = bench.effects.filter { $0 == .fetchPolka(.zero, bench.council.hash(1)) }
        #expect(asked.count == 1)
    }

    @Test("two certificates with different hashes stop consensus; two with one hash do not")
    func disputed() {
        var bench = Bench()
        bench.give(.certificate(bench.council.claim(.precommit, 1, round: 0, by: 0..<3)))
        bench.give(.certificate(bench.council.claim(.precommit, 1, round: 1, by: 1..<4)))
        #expect(!bench.core.isDisputed)
        bench.give(.certificate(bench.council.claim(.precommit, 2, round: 1, by: 1..<4)))
        #expect(bench.core.isDisputed)
        let disputes = bench.effects.filter { if case .disputed = $0 { true } else { false } }
        #expect(disputes.count == 1)
        bench.give(.certificate(bench.council.claim(.precommit, 3, round: 1, by: 0..<2)))
        #expect(bench.proofsRefused == [.tooFew])
    }
}
