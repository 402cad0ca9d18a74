// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal

/// What one seed came to.
public struct SeedReport: Sendable {
    /// The seed.
    public let seed: UInt64
    /// One hash over everything that happened; the same in every process.
    public let traceHash: UInt64
    /// The same over who did what when, without what entries say.
    public let shapeHash: UInt64
    /// What was broken; the run stops at the first.
    public let violations: [Violation]
    /// What happened, in readable lines, where they were asked for.
    public let lines: [String]
    /// The settings that the seed drew.
    public let settings: String
    let marks: Marks
}

/// Runs seeds. Networks are founded once for each number of members and serve all seeds.
public struct Simulator {
    private struct Key: Hashable {
        let members: Int
        let scheme: SignatureScheme
    }

    private var networks: [Key: SimulatedNetwork] = [:]
    private let nodes: Int?
    private let planted: PlantedBug?
    private let hasClockFaults: Bool

    /// A simulator for networks of `nodes` members, or of 3 to 9 as each seed draws; with a planted bug or none.
    public init(nodes: Int? = nil, planted: PlantedBug? = nil, hasClockFaults: Bool = true) {
        self.nodes = nodes
        self.planted = planted
        self.hasClockFaults = hasClockFaults
    }

    /// Runs one seed from start to end.
    public mutating func run(seed: UInt64, keepsTrace: Bool = false) throws -> SeedReport {
        var random = SeededRandom(seed)
        let settings = SeedSettings(&random, nodes: nodes)
        let key = Key(members: settings.members, scheme: settings.scheme)
        let network: SimulatedNetwork
        if let known = networks[key] { network = known } else {
            network = try SimulatedNetwork(members: key.members, key.scheme)
            networks[key] = network
        }
        let simulation = Simulation(network, settings, random, planted: planted, hasClockFaults: hasClockFaults,
                                    keepsTrace: keepsTrace)
        simulation.run()
        let world = simulation.world
        return SeedReport(
            seed: seed, traceHash: world.trace.hash, shapeHash: world.trace.shape, violations: world.violations,
            lines: world.trace.lines, settings: settings.summary, marks: world.marks)
    }
}
