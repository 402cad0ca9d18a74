// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// How many rounds of the partner schedule an entry needs to reach every member that is up, with the real exchange:
/// in each round each of them exchanges with the three partners that the schedule draws; some members are down
/// all the time, and messages are lost. What the protocol does beside its rounds (new heads go to partners at once)
/// is left out, so the daemon does no worse.
public struct GossipSimulation {
    /// Members that are down, in a hundred.
    public static let downPercent = 30
    /// Messages that are lost, in a hundred.
    public static let lossPercent = 10

    private let network: SimulatedNetwork
    private let suite = SimulatedSuite(.keyedHash)
    /// A node that holds the beginning of every log; all others are copies of it.
    private let base: GossipNode
    private let tip: OwnLog

    /// A network of so many members, all of whose logs have begun.
    public init(members: Int) throws {
        network = try SimulatedNetwork(members: members, .keyedHash)
        var node = GossipNode(network, suite)
        var first: OwnLog?
        for member in 0..<members {
            let (log, page) = OwnLog.begin(network.zeros[member], signer: network.signers[member], suite)
            if member == 0 { first = log }
            node.keep(page, suite)
        }
        guard let first else { preconditionFailure("a network has members") }
        (base, tip) = (node, first)
    }

    /// Rounds for each of `count` seeds from `first` on.
    public func run(from first: UInt64, count: Int) throws -> GossipReport {
        var rounds: [Int] = []
        for offset in 0..<count {
            var random = SeededRandom(first &+ UInt64(offset))
            rounds.append(try roundsNeeded(&random))
        }
        return GossipReport(rounds: rounds)
    }

    private func roundsNeeded(_ random: inout SeededRandom) throws -> Int {
        let isUp = (0..<network.memberCount).map { $0 == 0 || !random.happens(Self.downPercent) }
        var nodes = [GossipNode](repeating: base, count: network.memberCount)
        for member in nodes.indices { nodes[member].begin(member, network, &random) }
        var log = tip
        let entry = Entry.encode(kind: 999, body: CBOR.bytes(random.bytes(20)).encode())
        let page = try log.append([entry], signer: network.signers[0], suite)
        nodes[0].keep(page, suite)
        var missing = isUp.indices.filter { isUp[$0] && $0 != 0 }
        var round = 0
        while !missing.isEmpty, round < SimulationLimits.gossipRounds {
            round += 1
            for member in random.shuffled(Array(nodes.indices)) where isUp[member] {
                for partner in nodes[member].partners(network, suite) {
                    exchange(member, partner, isUp, &nodes, &random)
                }
            }
            for member in nodes.indices { nodes[member].endRound() }
            missing.removeAll { nodes[$0].holds(page.log, 2) }
        }
        return round
    }

    /// One exchange, message by message.
    private func exchange(
        _ asker: Int, _ partner: Int, _ isUp: [Bool], _ nodes: inout [GossipNode], _ random: inout SeededRandom
    ) {
        guard isUp[partner] else {
            nodes[asker].failed(partner, network)
            return
        }
        // Who holds the same has nothing to tell; two nodes with equal tables would say so in one round trip.
        if nodes[asker].digest(suite) == nodes[partner].digest(suite) {
            nodes[asker].succeeded(partner, network)
            return
        }
        let memory = nodes[asker].memories[partner] ?? PartnerMemory.none
        var session = ExchangeSession(memory, numbers: network.numbers, ruleVersion: 1, epoch: 0)
        var effects: [ExchangeEffect] = [.ask]
        while !effects.isEmpty {
            switch effects.removeFirst() {
            case .ask:
                let body = nodes[asker].compose(&session, suite)
                guard !random.happens(Self.lossPercent), let answer = nodes[partner].answer(body, network, suite),
                      !random.happens(Self.lossPercent)
                else {
                    effects += session.failed("timeout")
                    continue
                }
                effects += nodes[asker].received(&session, answer, suite)
            case .admit(let batch):
                effects += nodes[asker].admit(batch, &session, suite)
            case .remember(let memory): nodes[asker].memories[partner] = memory
            case .finished(let summary):
                if case .failed = summary.outcome { nodes[asker].failed(partner, network) } else {
                    nodes[asker].succeeded(partner, network)
                }
            case .keepEvidence, .keepTexts, .prove: break
            }
        }
    }
}

/// Rounds by seed.
public struct GossipReport: Sendable {
    /// In the order of the seeds.
    public let rounds: [Int]

    /// The number of rounds within which so many of a hundred seeds were done.
    public func percentile(_ percent: Int) -> Int {
        let sorted = rounds.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, max(0, (sorted.count * percent + 99) / 100 - 1))]
    }
}
