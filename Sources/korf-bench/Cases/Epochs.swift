// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Journal
import Notation
import Transport

/// Epochs among seven daemons, each a process, over mutual TLS on loopback: from the answer to the vote that makes a
/// decision certain until every daemon shows the epoch that closes it.
enum Epochs {
    private static let repeats = 10
    private static let secondsLimit = 5.0

    static func run(_ workspace: Workspace) async throws {
        let network = try CouncilNetwork(workspace)
        let daemons = try (0..<CouncilNetwork.memberCount).map { try network.start($0) }
        let doors = daemons.map { LocalDoor(socket: $0.socket) }
        defer { doors.forEach { $0.close() } }
        // The calendar makes the first epoch due as soon as they meet.
        try await reach(1, doors, within: 60)
        var seconds: [Double] = []
        for turn in 0..<repeats { seconds.append(try await decide(turn, doors)) }
        let sorted = seconds.sorted()
        var figure = Figure("epoch", "an epoch among \(CouncilNetwork.memberCount) daemons, timings of 1 s")
        figure.wallSeconds = sorted[sorted.count / 2]
        figure.cpuSeconds = daemons.reduce(0) { $0 + Measure.cpuSeconds(of: $1.process) }
        figure.residentBytes = daemons.map { Measure.residentBytes(of: $0.process) }.max() ?? 0
        figure.limit = "5 s from its trigger, each of \(repeats)"
        figure.isMet = sorted.allSatisfy { $0 <= secondsLimit }
        figure.add("largest_s", sorted[sorted.count - 1])
        figure.print()
        for daemon in daemons { try daemon.stop() }
    }

    /// One decision that the first four members vote for; answers how long its epoch took.
    private static func decide(_ turn: Int, _ doors: [LocalDoor]) async throws -> Double {
        let number = try await doors[0].epoch()
        let proposal: JSON = ["soort": "vrije tekst", "titel": .string("Besluit \(turn)")]
        guard let id = try await doors[turn % doors.count].post("/v1/besluiten", proposal)["id"]?.text else {
            throw BenchFailure("the proposal was answered without an id")
        }
        for door in doors {
            try await wait(within: 20, "the proposal everywhere") { try await door.holds(id) }
        }
        for door in doors[..<4] { _ = try await door.post("/v1/besluiten/\(id)/stemmen", ["keuze": "voor"]) }
        let watch = Stopwatch()
        try await reach(number + 1, doors, within: 60)
        return watch.wallSeconds
    }

    private static func reach(_ number: Int64, _ doors: [LocalDoor], within seconds: Double) async throws {
        for door in doors {
            try await wait(within: seconds, "epoch \(number)") { try await door.epoch() >= number }
        }
    }

    private static func wait(
        within seconds: Double, _ what: String, _ condition: () async throws -> Bool
    ) async throws {
        let deadline = Measure.wallSeconds() + seconds
        while !(try await condition()) {
            try demand(Measure.wallSeconds() < deadline, "\(what) did not come within \(seconds) s")
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// The local socket of one daemon.
struct LocalDoor {
    private let client: HTTPClient
    private let socket: String

    init(socket: String) {
        var settings = ClientSettings()
        settings.limits.workers = 1
        client = HTTPClient(settings)
        self.socket = socket
    }

    /// The number of the last epoch.
    func epoch() async throws -> Int64 {
        try await ask(.get, "/v1/status", nil, expecting: 200)["tijdperk"]?["nummer"]?.wholeNumber ?? 0
    }

    /// Whether a decision is known there.
    func holds(_ id: String) async throws -> Bool {
        let request = ClientRequest(.get, .unix(path: socket), target: "/v1/besluiten/\(id)")
        return try await client.send(request).status == 200
    }

    func post(_ path: String, _ body: JSON) async throws -> JSON { try await ask(.post, path, body, expecting: 201) }

    func close() { client.close() }

    private func ask(_ method: HTTPMethod, _ path: String, _ body: JSON?, expecting status: Int) async throws -> JSON {
        let request = ClientRequest(
            method, .unix(path: socket), target: path,
            fields: [HTTPField("content-type", "application/json")], body: body.map { Array($0.rendered().utf8) } ?? [])
        let response = try await client.send(request)
        let text = String(decoding: response.body.prefix(400), as: UTF8.self)
        try demand(response.status == status, "\(path) answered \(response.status): \(text)")
        return try JSON(parsing: response.body)
    }
}
