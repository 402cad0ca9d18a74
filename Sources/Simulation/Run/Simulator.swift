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
    let marks: SimulationMarks
}

/// Runs seeds. Networks are founded once for each number of members and serve all seeds.
public struct Simulator: Sendable {
    private struct Key: Hashable {
        let members: Int
        let scheme: SignatureScheme
    }

    private var networks: [Key: SimulatedNetwork] = [:]
    private var governingNetworks: [Key: GoverningNetwork] = [:]
    private let nodes: Int?
    private let liars: Int?
    private let planted: PlantedBug?
    private let hasClockFaults: Bool
    private let family: SimulationFamily

    /// A simulator for networks of `nodes` members, or of as many as each seed draws; with a planted bug or none. In
    /// the family of consensus `liars` of the `nodes` lie, where that is said.
    public init(
        _ family: SimulationFamily = .exchange, nodes: Int? = nil, liars: Int? = nil,
        planted: PlantedBug? = nil, hasClockFaults: Bool = true
    ) {
        self.family = family
        (self.nodes, self.liars) = (nodes, liars)
        self.planted = planted
        self.hasClockFaults = hasClockFaults
    }

    /// Runs one seed from start to end.
    public mutating func run(seed: UInt64, keepsTrace: Bool = false) throws -> SeedReport {
        switch family {
        case .exchange: try runExchange(seed, keepsTrace)
        case .consensus: try runConsensus(seed, keepsTrace)
        case .governing: try runGoverning(seed, keepsTrace)
        }
    }

    private mutating func runExchange(_ seed: UInt64, _ keepsTrace: Bool) throws -> SeedReport {
        var random = SeededRandom(seed)
        let settings = SeedSettings(&random, nodes: nodes)
        let network = try network(settings.members, settings.scheme)
        let simulation = Simulation(network, settings, random, planted: planted, hasClockFaults: hasClockFaults,
                                    keepsTrace: keepsTrace)
        simulation.run()
        let world = simulation.world
        return SeedReport(
            seed: seed, traceHash: world.trace.hash, shapeHash: world.trace.shape, violations: world.violations,
            lines: world.trace.lines, settings: settings.summary, marks: SimulationMarks(exchange: world.marks))
    }

    private mutating func runConsensus(_ seed: UInt64, _ keepsTrace: Bool) throws -> SeedReport {
        var random = SeededRandom(seed ^ 0x6B6F_7266)
        let settings = CouncilSettings(&random, nodes: nodes, liars: liars)
        let network = try network(settings.members, settings.scheme)
        let simulation = CouncilSimulation(network, settings, random, planted: planted, keepsTrace: keepsTrace)
        simulation.run()
        let world = simulation.world
        return SeedReport(
            seed: seed, traceHash: world.trace.hash, shapeHash: world.trace.shape, violations: world.violations,
            lines: world.trace.lines, settings: settings.summary, 
            marks: SimulationMarks(council: world.marks, outcome: CouncilOutcome(world)))
    }

    private mutating func runGoverning(_ seed: UInt64, _ keepsTrace: Bool) throws -> SeedReport {
        var random = SeededRandom(seed ^ 0x676F_7665)
        // Every tenth is a network of two, of which one may lose its disk.
        let settings = GoverningSettings(&random, nodes: nodes ?? (seed.isMultiple(of: 10) ? 2 : nil))
        let key = Key(members: settings.founders, scheme: settings.scheme)
        let network = try governingNetworks[key] ?? GoverningNetwork(founders: key.members, key.scheme)
        governingNetworks[key] = network
        let simulation = GoverningSimulation(network, settings, random, planted: planted, keepsTrace: keepsTrace)
        simulation.run()
        let world = simulation.world
        return SeedReport(
            seed: seed, traceHash: world.trace.hash, shapeHash: world.trace.shape, violations: world.violations,
            lines: world.trace.lines, settings: settings.summary, marks: SimulationMarks(governing: world.marks))
    }

    private mutating func network(_ members: Int, _ scheme: SignatureScheme) throws -> SimulatedNetwork {
        let key = Key(members: members, scheme: scheme)
        if let known = networks[key] { return known }
        let network = try SimulatedNetwork(members: members, scheme)
        networks[key] = network
        return network
    }
}
