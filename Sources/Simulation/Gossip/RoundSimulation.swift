// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// How many rounds of consensus a large network needs, with the real core in every member that is up: each message of
/// each member travels by gossip, at once to the three partners of whoever learns of it and with the exchanges that
/// come every ten seconds; messages are lost, members are down all the time, and so may a proposer be.
public struct RoundSimulation: Sendable {
    /// Members that are down, in a hundred.
    public static let downPercent = 30
    /// Messages that are lost, in a hundred.
    public static let lossPercent = 10
    static let partners = 3
    static let exchangeMilliseconds = 10_000
    /// From learning of something to its being at a partner.
    static let hopMilliseconds = 100...600

    private enum Happening {
        case timer(Int, ConsensusTimer)
        /// A message of a voter, by its place among all messages, is at a member.
        case arrives(Int, Int)
        case certificate(Int, Int)
    }

    private let network: SimulatedNetwork
    private let suite = SimulatedSuite(.keyedHash)
    private let voters: VotingSet

    /// A network of so many members, all of which vote.
    public init(members: Int) throws {
        network = try SimulatedNetwork(members: members, .keyedHash)
        voters = VotingSet(genesis: network.genesis, suite)
    }

    /// For each of `count` seeds the rounds after which every member that is up has decided.
    public func run(from first: UInt64, count: Int) -> GossipReport {
        GossipReport(rounds: (0..<count).map { offset in
            var random = SeededRandom((first &+ UInt64(offset)) ^ 0x726F_756E)
            return rounds(&random)
        })
    }

    private func rounds(_ random: inout SeededRandom) -> Int {
        let members = network.memberCount
        let down = Set(random.shuffled(Array(0..<members)).prefix(members * Self.downPercent / 100))
        var world = Council(random: random, isUp: (0..<members).map { !down.contains($0) }, cores: [])
        world.cores = (0..<members).map { member in
            ConsensusCore(
                voters: voters, signer: network.signers[member], timings: Genesis.Timings(), suite: suite)
        }
        for member in 0..<members where world.isUp[member] {
            give(.mayVote(true), to: member, &world)
            give(.ownView(triggers: true), to: member, &world)
        }
        while world.undecided > 0, let (time, happening) = world.queue.next() {
            world.now = time
            switch happening {
            case .timer(let member, let timer): give(.timeout(timer), to: member, &world)
            case .arrives(let message, let member):
                let said = world.said[message]
                give(.message(said.message, said.place), to: member, &world)
            case .certificate(let owner, let member):
                guard let certificate = world.cores[owner].decision else { continue }
                give(.certificate(certificate.claim), to: member, &world)
            }
            if world.rounds > SimulationLimits.gossipRounds { break }
        }
        return world.rounds
    }

    private struct Council {
        var random: SeededRandom
        let isUp: [Bool]
        var cores: [ConsensusCore]
        var queue = EventQueue<Happening>()
        var now = 0
        var said: [(message: ConsensusMessage, place: MessagePlace)] = []
        var sizes: [Int: Int] = [:]
        /// One more than the highest round in which a member that is up decided.
        var rounds = 0

        var undecided: Int { cores.indices.count { isUp[$0] && cores[$0].decision == nil } }
    }

    private func give(_ event: ConsensusEvent, to member: Int, _ world: inout Council) {
        guard world.cores[member].decision == nil else { return }
        var events = [event]
        while !events.isEmpty {
            for effect in world.cores[member].handle(events.removeFirst()) {
                switch effect {
                case .append(let own): events.append(say(own.message, by: member, &world))
                case .startTimer(let timer, let milliseconds):
                    world.queue.add(.timer(member, timer), at: world.now + milliseconds)
                case .prepareProposal(let round): events.append(.prepared(header, delta: nil, round))
                case .judge(let proposal): events.append(.judged(EpochHash(proposal.header, suite), .valid))
                case .decided(let certificate):
                    world.rounds = max(world.rounds, certificate.round.value + 1)
                    spread(from: member, &world) { .certificate(member, $0) }
                default: break
                }
            }
        }
    }

    /// Everybody proposes the same: what is measured is how messages travel, not how views differ.
    private var header: EpochHeader {
        EpochHeader(
            network: voters.network, number: 1, previous: voters.hash.hash, vectorRoot: suite.emptyRoot,
            date: network.genesis.date, ruleVersion: 1, stateDigest: suite.emptyRoot)
    }

    private func say(_ message: ConsensusMessage, by member: Int, _ world: inout Council) -> ConsensusEvent {
        let index = world.sizes[member, default: 0]
        world.sizes[member] = index + 1
        let place = MessagePlace(log: network.log(member), index: EntryIndex(known: index))
        world.said.append((message, place))
        let number = world.said.count - 1
        spread(from: member, &world) { .arrives(number, $0) }
        return .appended(message, at: place.index)
    }

    /// When something that a member knows now is at each other that is up: pushed at once, and pulled or pushed with
    /// the exchanges of each period.
    private func spread(from origin: Int, _ world: inout Council, _ happening: (Int) -> Happening) {
        let members = world.isUp.count
        var known = [Int](repeating: Int.max, count: members)
        var front = EventQueue<Int>()
        known[origin] = world.now
        front.add(origin, at: world.now)
        while let (time, member) = front.next() {
            guard time == known[member] else { continue }
            for period in 0..<4 {
                let begin = period == 0 ? time : (time / Self.exchangeMilliseconds + period) * Self.exchangeMilliseconds
                for _ in 0..<Self.partners {
                    let partner = world.random.below(members)
                    guard world.isUp[partner], !world.random.happens(Self.lossPercent) else { continue }
                    let at = begin + world.random.within(Self.hopMilliseconds)
                    if at < known[partner] {
                        known[partner] = at
                        front.add(partner, at: at)
                    }
                }
            }
        }
        for member in 0..<members where member != origin && known[member] < Int.max {
            world.queue.add(happening(member), at: known[member])
        }
    }
}
