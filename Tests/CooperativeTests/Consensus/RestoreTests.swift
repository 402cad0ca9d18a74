// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Consensus: the own log is the write-ahead log, Protocol/consensus.md §6")
struct RestoreTests {
    private func restored(_ bench: Bench, first count: Int) -> ConsensusCore {
        let council = bench.council
        return ConsensusCore(
            voters: council.voters, signer: council.signer(bench.core.own ?? 0), timings: council.timings,
            suite: council.plain, restoring: Array(bench.kept.prefix(count)))
    }

    @Test("round, step, lock and valid value come back from each prefix of the own log")
    func prefixes() {
        var bench = Bench()
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others)
        bench.hearVotes(.precommit, nil, round: 0, from: bench.others)
        bench.timeout(.precommit, 0)
        #expect(bench.said.map(\.kind) == [17, 18, 16, 17])
        let cores = (0...3).map { restored(bench, first: $0) }
        #expect(cores.map(\.round.value) == [0, 0, 0, 1])
        #expect(cores.map(\.step) == [.propose, .prevote, .precommit, .propose])
        #expect(cores.map { $0.locked?.hash } == [nil, nil, bench.council.hash(1), bench.council.hash(1)])
        #expect(cores.map { $0.valid?.round } == [nil, nil, .zero, .zero])
        #expect(cores[3].locked == bench.core.locked && cores[3].valid == bench.core.valid)
    }

    @Test("a restored member never votes a second time in a step that its log holds")
    func noSecondVote() {
        var bench = Bench()
        bench.timeout(.propose, 0)
        var core = restored(bench, first: 1)
        var effects = core.handle(.mayVote(true)) + core.handle(.ownView(triggers: true))
        let place = MessagePlace(log: bench.council.voters.logs[bench.council.proposer(0)].log, index: 1)
        effects += core.handle(.message(bench.council.proposal(1, round: 0), place))
        effects += core.handle(.judged(bench.council.hash(1), .valid))
        effects += core.handle(.timeout(ConsensusTimer(.propose, .zero)))
        #expect(!effects.contains { if case .append = $0 { true } else { false } })
    }

    @Test("a precommit of a hash is appended with header and polka, a vote for a hash with its header")
    func justified() throws {
        var bench = Bench()
        bench.hearProposal(1, round: 0)
        bench.hearVotes(.prevote, 1, round: 0, from: bench.others)
        let prevote = try #require(bench.kept.first?.own)
        #expect(prevote.header == bench.council.header(1))
        let precommit = try #require(bench.kept.last?.own)
        #expect(precommit.header == bench.council.header(1) && precommit.polka?.hash == bench.council.hash(1))
        let polka = try #require(precommit.polka)
        #expect(try Polka(polka.encode(bench.council.voters), bench.council.voters, PlainSuite()) == polka)
    }

    @Test("nothing counts at home before it is durable")
    func durableFirst() {
        let council = Council(1)
        var core = council.core(0)
        _ = core.handle(.mayVote(true))
        _ = core.handle(.ownView(triggers: true))
        let appended = core.handle(.prepared(council.header(1), delta: nil, .zero))
        #expect(appended == [.append(OwnMessage(council.proposal(1, round: 0)))])
        #expect(core.rounds.known.allSatisfy { core.rounds[$0].proposals.isEmpty })
        let judged = core.handle(.appended(council.proposal(1, round: 0), at: 0))
        #expect(judged.count == 1)
    }

    @Test("recorded events replay to the same effects", arguments: UInt64(1)...20)
    func replay(seed: UInt64) {
        var assembly = Assembly(4, liars: 1, seed: seed)
        for _ in 0..<300 { assembly.step() }
        let author = assembly.correct.lowerBound
        var events: [ConsensusEvent] = [.mayVote(true), .ownView(triggers: true)]
        for voter in assembly.correct where voter != author {
            let log = assembly.council.voters.logs[voter].log
            events += assembly.members[voter].log.map {
                .message($0.own.message, MessagePlace(log: log, index: $0.index))
            }
        }
        var (one, other) = (assembly.council.core(author), assembly.council.core(author))
        #expect(events.map { one.handle($0) } == events.map { other.handle($0) })
    }
}
