// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// The program `korf-simulate`: arguments in, lines out.
public enum SimulateCommand {
    static let usage = """
        korf-simulate [--family F] [--seed S] [--count N] [--nodes M] [--plant BUG]   run N seeds from S on
        korf-simulate --nodes M --liars L [--seed S] [--count N]         consensus where L of M members lie
        korf-simulate --replay S [--family F] [--nodes M] [--plant BUG]   show what happens in one seed
        korf-simulate --bugs [--count N]                                 every planted bug is found
        korf-simulate --gossip M [--seed S] [--count N]                  rounds until M nodes hold an entry
        korf-simulate --rounds M [--seed S] [--count N]                  rounds of consensus until M members decide
        korf-simulate --orders N [--export DIR] [--seed S]               N delivery orders of one history
        korf-simulate --events FILE                                      replay what a daemon recorded (recordEvents)
        F is exchange, consensus or governing; without it all are run, and a replay is of the exchange. --threads T
        uses T cores instead of all of them.
        Example: korf-simulate --seed 1 --count 2000
        """

    struct Options {
        var seed: UInt64 = 1
        var count = 100
        var nodes: Int?
        var liars: Int?
        var replay: UInt64?
        var planted: PlantedBug?
        var gossip: Int?
        var events: String?
        var rounds: Int?
        var orders: Int?
        var directory: String?
        var allBugs = false
        var family: SimulationFamily?
        var threads = SeedThreads.cores

        /// What is run: a planted bug is looked for where it can be found.
        var families: [SimulationFamily] {
            if let planted { return [planted.family] }
            if liars != nil { return [.consensus] }
            return family.map { [$0] } ?? SimulationFamily.allCases
        }
    }

    /// Runs the program and answers its exit code: 0 fine, 1 violation, 2 usage. `write` takes each line.
    public static func run(_ arguments: [String], write: (String) -> Void) -> Int32 {
        guard let options = parse(arguments) else {
            write(usage)
            return 2
        }
        do {
            if let path = options.events { return replayEvents(path, write) }
            if let members = options.rounds { return try rounds(members, options, write) }
            if let count = options.orders { return try orders(count, options, write) }
            if let members = options.gossip { return try gossip(members, options, write) }
            if options.allBugs { return try allBugs(options, write) }
            if let seed = options.replay { return try replay(seed, options, write) }
            return try range(options, write)
        } catch {
            write("The network of the simulation cannot be founded: \(error)")
            return 1
        }
    }

    private static func parse(_ arguments: [String]) -> Options? {
        var options = Options()
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--bugs" {
                options.allBugs = true
                continue
            }
            guard let value = rest.popFirst() else { return nil }
            switch name {
            case "--seed": guard let seed = UInt64(value) else { return nil }; options.seed = seed
            case "--count": guard let count = Int(value), count > 0 else { return nil }; options.count = count
            case "--family":
                guard let family = SimulationFamily(rawValue: value) else { return nil }
                options.family = family
            case "--threads":
                guard let threads = Int(value), 1...64 ~= threads else { return nil }
                options.threads = threads
            case "--nodes": guard let nodes = Int(value), 2...16 ~= nodes else { return nil }; options.nodes = nodes
            case "--liars": guard let liars = Int(value), 0...15 ~= liars else { return nil }; options.liars = liars
            case "--replay": guard let seed = UInt64(value) else { return nil }; options.replay = seed
            case "--plant": guard let bug = PlantedBug(rawValue: value) else { return nil }; options.planted = bug
            case "--events": options.events = value
            case "--export": options.directory = value
            case "--orders": guard let count = Int(value), count > 0 else { return nil }; options.orders = count
            case "--rounds":
                guard let members = Int(value), 4...1_000 ~= members else { return nil }
                options.rounds = members
            case "--gossip":
                guard let members = Int(value), 2...1_000 ~= members else { return nil }
                options.gossip = members
            default: return nil
            }
        }
        // Somebody has to be correct, and the lies are those of consensus.
        if let liars = options.liars, liars >= options.nodes ?? 0 || options.family ?? .consensus != .consensus {
            return nil
        }
        return options
    }

    private static func range(_ options: Options, _ write: (String) -> Void) throws -> Int32 {
        var all = RangeReport()
        var speeds: [String] = []
        var failures: [String] = []
        for family in options.families {
            let start = seconds()
            let simulator = Simulator(
                family, nodes: options.nodes, liars: options.liars, planted: options.planted)
            let report = try simulator.run(from: options.seed, count: options.count, threads: options.threads)
            let perSecond = Double(report.seeds) / max(0.001, seconds() - start)
            speeds.append("\"\(family.rawValue)\":\(tenths(perSecond))")
            for failure in report.failures { write("seed \(failure.seed): \(failure.violation)") }
            failures += report.failures.map {
                "{\"family\":\"\(family.rawValue)\",\"seed\":\($0.seed),"
                    + "\"invariant\":\"\($0.violation.invariant)\",\"at\":\($0.violation.atMilliseconds)}"
            }
            all.add(report)
        }
        let marks = all.namedMarks.map { "\"\($0.name)\":\($0.count)" }.joined(separator: ",")
        write("{\"first\":\(options.seed),\"seeds\":\(options.count),"
            + "\"seedsPerSecond\":{\(speeds.joined(separator: ","))},\"threads\":\(options.threads),"
            + "\"marks\":{\(marks)},\"liars\":\(all.marks.outcome.text),"
            + "\"violated\":\(all.failed),\"violations\":[\(failures.joined(separator: ","))]}")
        return all.failed == 0 ? 0 : 1
    }

    private static func replay(_ seed: UInt64, _ options: Options, _ write: (String) -> Void) throws -> Int32 {
        var simulator = Simulator(
            options.families.count == 1 ? options.families[0] : .exchange, nodes: options.nodes,
            liars: options.liars, planted: options.planted)
        let report = try simulator.run(seed: seed, keepsTrace: true)
        for line in report.lines { write(line) }
        for violation in report.violations { write("violation: \(violation)") }
        write("seed \(seed), trace \(hexadecimal(report.traceHash))")
        return report.violations.isEmpty ? 0 : 1
    }

    private static func allBugs(_ options: Options, _ write: (String) -> Void) throws -> Int32 {
        var missed = 0
        for bug in PlantedBug.allCases {
            let simulator = Simulator(bug.family, nodes: options.nodes, planted: bug)
            let report = try simulator.run(
                from: options.seed, count: max(options.count, 2_000), stopsAtFirst: true, threads: options.threads)
            if let failure = report.failures.first {
                write("\(bug.rawValue): found after \(report.seeds) seeds, seed \(failure.seed): \(failure.violation)")
            } else {
                missed += 1
                write("\(bug.rawValue): not found in \(report.seeds) seeds")
            }
        }
        write("{\"planted\":\(PlantedBug.allCases.count),\"missed\":\(missed)}")
        return missed == 0 ? 0 : 1
    }

    private static func gossip(_ members: Int, _ options: Options, _ write: (String) -> Void) throws -> Int32 {
        let start = seconds()
        let report = try GossipSimulation(members: members).run(from: options.seed, count: options.count)
        let perSecond = Double(report.rounds.count) / max(0.001, seconds() - start)
        write("{\"members\":\(members),\"seeds\":\(report.rounds.count),"
            + "\"downPercent\":\(GossipSimulation.downPercent),"
            + "\"lossPercent\":\(GossipSimulation.lossPercent),\"median\":\(report.percentile(50)),"
            + "\"p99\":\(report.percentile(99)),\"worst\":\(report.percentile(100)),"
            + "\"seedsPerSecond\":\(tenths(perSecond))}")
        return 0
    }

    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private static func hexadecimal(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
