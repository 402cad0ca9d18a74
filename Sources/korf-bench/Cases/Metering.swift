// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage
import Transport

/// P6: metering over HTTP on the local socket: eight connections, an answer once the event is durable, ids remembered
/// for ever, on top of ids that are held already.
enum Metering {
    private static let connections = 8

    static func run(_ workspace: Workspace, heldMillions: Int) async throws {
        let network = try BenchNetwork(workspace)
        let data = "\(workspace.path)/metering-\(heldMillions)"
        let watch = Stopwatch()
        let filling = ChildProcess(["--fill", workspace.path, data, String(heldMillions)], isPiped: false)
        try demand(filling?.wait() == 0, "the inbox was not filled")
        let fillSeconds = watch.wallSeconds
        let daemon = try DaemonProcess(workspace, network, name: "meter-\(heldMillions)", data: data)
        for (batch, events) in [(1, 20_000), (100, 200_000), (1_000, 400_000)] {
            var figure = try await measure(batch, events, network, daemon)
            figure.name = "metering, batches of \(batch) on top of \(heldMillions),000,000 ids"
            figure.add("fill_s", fillSeconds)
            figure.print()
        }
        try daemon.stop()
    }

    /// Fills an inbox with ids, in a process of its own.
    static func fill(_ workspace: Workspace, _ data: String, millions: Int) async throws {
        let network = try BenchNetwork(workspace)
        let store = try NodeStore(path: data, headFile: BenchNode.headFile(of: data), suite: network.suite)
        try await fill(store.inbox, network, events: millions * 1_000_000)
    }

    /// The held ids come in by the inbox itself: over HTTP they would only make the case long.
    private static func fill(_ inbox: InboxStore, _ network: BenchNetwork, events: Int) async throws {
        var random = SeededRandom(seed: MeteringWorkload.seed)
        guard let day = CivilDate("2026-01-05") else { throw BenchFailure("a day of the year is one") }
        let provider = network.genesis.founders[0].oin
        let consumers = (0..<BenchNetwork.authorCount).map(network.author)
        let applications = (0..<BenchNetwork.applicationCount).map(BenchNetwork.applicationID)
        var made = 0
        while made < events {
            let batch = (0..<10_000).map { number in
                InboxEvent(
                    identity: EventIdentity(high: random.next(), low: random.next()), content: random.next(),
                    source: "/app/held", id: "held-\(made + number)", transaction: nil,
                    application: applications[random.below(applications.count)], provider: provider,
                    consumer: consumers[random.below(consumers.count)], usageClass: BenchNetwork.tariffClass,
                    side: .provider, day: day, quantity: 1)
            }
            made += batch.count
            _ = try await inbox.accept(batch)
        }
    }

    private static func measure(
        _ batch: Int, _ events: Int, _ network: BenchNetwork, _ daemon: DaemonProcess
    ) async throws -> Figure {
        var bodies: [[[UInt8]]] = []
        var repeated = 0
        for connection in 0..<connections {
            var workload = MeteringWorkload(
                network, provider: network.genesis.founders[0].oin,
                stream: UInt64(batch * connections + connection + 1))
            bodies.append(workload.bodies(events: events / connections, batch: batch))
            repeated += workload.repeated
        }
        let daemonBefore = Measure.cpuSeconds(of: daemon.process)
        let watch = Stopwatch()
        let results = await withTaskGroup(of: MeteringClient.Result.self) { group in
            for bodies in bodies {
                group.addTask { await MeteringClient(socket: daemon.socket, isBatch: batch > 1).send(bodies) }
            }
            var all = MeteringClient.Result()
            for await result in group { all.add(result) }
            return all
        }
        var figure = Figure("P6", "")
        figure.wallSeconds = watch.wallSeconds
        let daemonCPU = Measure.cpuSeconds(of: daemon.process) - daemonBefore
        figure.cpuSeconds = watch.cpuSeconds + daemonCPU
        figure.residentBytes = Measure.residentBytes(of: daemon.process)
        try demand(results.failed == 0, "\(results.failed) requests were not answered well")
        try demand(results.duplicates == repeated, "\(results.duplicates) duplicates were seen instead of \(repeated)")
        figure.bytes = bodies.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        figure.roundTrips = results.latencies.count
        let sorted = results.latencies.sorted()
        let rate = Double(events) / figure.wallSeconds
        let p99 = sorted[sorted.count * 99 / 100]
        let goal = Goal.of(batch)
        figure.limit = "\(goal.events) events per second, p99 \(goal.p99Milliseconds) ms"
        figure.isMet = rate >= Double(goal.events) && p99 * 1_000 <= Double(goal.p99Milliseconds)
        figure.add("events_per_s", Int(rate))
        figure.add("p50_ms", sorted[sorted.count / 2] * 1_000)
        figure.add("p99_ms", p99 * 1_000)
        figure.add("daemon_cpu_s", daemonCPU)
        return figure
    }

    /// 1.5 times what PostgreSQL was seen to do, at its latency.
    private struct Goal {
        let events: Int
        let p99Milliseconds: Int

        static func of(_ batch: Int) -> Goal {
            switch batch {
            case 1: Goal(events: 4_050, p99Milliseconds: 10)
            case 100: Goal(events: 73_500, p99Milliseconds: 43)
            default: Goal(events: 114_000, p99Milliseconds: 268)
            }
        }
    }
}

/// One connection that sends request after request.
struct MeteringClient: Sendable {
    struct Result: Sendable {
        var latencies: [Double] = []
        var duplicates = 0
        var failed = 0

        mutating func add(_ other: Result) {
            latencies += other.latencies
            duplicates += other.duplicates
            failed += other.failed
        }
    }

    private let client: HTTPClient
    private let socket: String
    private let fields: [HTTPField]

    init(socket: String, isBatch: Bool) {
        var settings = ClientSettings()
        settings.limits.workers = 1
        client = HTTPClient(settings)
        self.socket = socket
        let kind = isBatch ? "cloudevents-batch" : "cloudevents"
        fields = [HTTPField("content-type", "application/\(kind)+json")]
    }

    func send(_ bodies: [[UInt8]]) async -> Result {
        var result = Result()
        result.latencies.reserveCapacity(bodies.count)
        for body in bodies {
            let start = Measure.wallSeconds()
            let request = ClientRequest(
                .post, .unix(path: socket), target: "/v1/verbruik/meldingen", fields: fields, body: body)
            guard let response = try? await client.send(request), response.status == 200 else {
                result.failed += 1
                continue
            }
            result.latencies.append(Measure.wallSeconds() - start)
            // Two letters b in each "dubbel", and no other; the count is named once.
            result.duplicates += response.body.count { $0 == UInt8(ascii: "b") } / 2 - 1
        }
        client.close()
        return result
    }
}
