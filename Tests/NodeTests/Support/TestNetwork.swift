// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Journal
import Node
import Synchronization
import Testing
import Transport

/// The address on a card; the client has an endpoint of its own.
typealias CardEndpoint = Journal.Endpoint

/// Founders in a temporary folder with real keys and certificates, and their daemons inside this process: real TLS,
/// real SQLite, real files.
final class TestNetwork: Sendable {
    struct Founder: Sendable {
        let name: String
        let oin: OIN
        let folder: String
        let port: UInt16
    }

    let base: String
    let founders: [Founder]
    /// Nodes that `korf init` made and that are in no genesis.
    let newcomers: [Founder]
    let genesisPath: String

    /// Founds a network. `unreachable` names pairs that can never dial each other; `hasSensitive` adds an application
    /// that is sensitive; `newcomers` have keys and certificates, and nothing of the network yet. Founded today, no
    /// epoch is due; with an earlier `date` one is due at once. Those of `monthlyTotals` state totals as consumers.
    init(
        _ names: [String], unreachable: [(Int, Int)] = [], hasSensitive: Bool = false, newcomers: [String] = [],
        date: CivilDate? = nil, monthlyTotals: [Int] = []
    ) throws {
        base = FileManager.default.temporaryDirectory.appending(path: "korf-\(UUID().uuidString.prefix(8))").path
        let authority = try TestAuthority()
        var founders: [Founder] = []
        for (position, name) in (names + newcomers).enumerated() {
            let oin = try #require(OIN("000000990000001\(String(format: "%02d", position))000"))
            founders.append(Founder(name: name, oin: oin, folder: "\(base)/\(name)", port: try freePort()))
        }
        var cards: [String] = []
        for (position, founder) in founders.enumerated() {
            var founding = NodeFounding(
                directory: founder.folder, oin: founder.oin, name: founder.name, kind: .municipality)
            founding.endpoints = [try #require(CardEndpoint("127.0.0.1:\(founder.port)"))]
            founding.listen = "127.0.0.1:\(founder.port)"
            founding.invoiceFacts = InvoiceFacts(
                addressLines: ["Markt 1"], postalCode: "1234 AB", city: founder.name, vatID: "NL001234567B01",
                iban: "NL20INGB0001234567")
            let made = try founding.make()
            cards.append(made.cardPath)
            let key = try PlainFile.read(founder.folder + "/tls/tls.key")
            let leaf = try authority.leaf(
                serialNumbers: [founder.oin.digits], organization: founder.name, keyPEM: key)
            try PlainFile.create(made.certificatePath, leaf.chainPEM)
            try PlainFile.create(founder.folder + "/tls/anchors.pem", authority.certificatePEM)
            let next = try authority.leaf(
                serialNumbers: [founder.oin.digits], organization: founder.name, keyPEM: key)
            try PlainFile.create(founder.folder + "/tls/next.pem", next.chainPEM)
            let silent = unreachable.compactMap { $0.0 == position ? $0.1 : $0.1 == position ? $0.0 : nil }
            try Self.configure(founder, unreachable: silent.map { founders[$0].oin })
        }
        self.newcomers = Array(founders[names.count...])
        founders.removeLast(newcomers.count)
        cards.removeLast(newcomers.count)
        let description = base + "/network.yaml"
        let text = Self.description(
            founders, hasSensitive, date ?? SystemClock().today(), monthlyTotals.map { founders[$0].oin })
        try PlainFile.create(description, Array(text.utf8))
        let genesis = try NetworkFounding.create(description: description, cards: cards)
        genesisPath = base + "/network.korf-genesis"
        try PlainFile.create(genesisPath, genesis.bytes)
        self.founders = founders
        for founder in founders {
            try PlainFile.create(founder.folder + "/network.korf-genesis", genesis.bytes)
        }
    }

    /// Removes the folder.
    func remove() { try? FileManager.default.removeItem(atPath: base) }

    private static func configure(_ founder: Founder, unreachable: [OIN]) throws {
        let path = founder.folder + "/korf.yaml"
        var text = String(decoding: try PlainFile.read(path), as: UTF8.self)
        text += "exchange: {everySeconds: 1, coalesceMilliseconds: 20}\nflush: {everySeconds: 1}\nlog: error\n"
        text += "start: {ownHeadSeconds: 2}\n"
        if !unreachable.isEmpty { text += "peers:\n" }
        for oin in unreachable { text += "  \"\(oin)\": {dial: false}\n" }
        try PlainFile.replace(path, Array(text.utf8))
    }

    private static func description(
        _ founders: [Founder], _ hasSensitive: Bool, _ date: CivilDate, _ totals: [OIN]
    ) -> String {
        let modes = totals.isEmpty ? "" : "    modes:\n"
            + totals.map { "      - {consumer: \"\($0)\", mode: monthlyTotal}" }.joined(separator: "\n")
        let participants = founders.map { "      - {member: \"\($0.oin)\", since: 2026-01-01}" }.joined(separator: "\n")
        let sensitive = hasSensitive ? """
              - id: jeugdzorg
                name: Jeugdzorg
                sensitive: true
                lead: "\(founders[0].oin)"
                participants:
            \(participants)
            """ : ""
        let inhabitants = founders
            .map { "  - {member: \"\($0.oin)\", code: \"\", year: 2026, count: 1000, final: true}" }
            .joined(separator: "\n")
        return """
            name: Test
            date: \(date)
            terms: {billingDay: 0}
            timings: {propose: 1000, prevote: 1000, precommit: 1000, growth: 500, hold: 1000}
            cooperative:
              name: Coöperatie
              books: "\(founders[0].oin)"
              address: [Stadhuisplein 1]
              postal: 5611 EM
              city: Eindhoven
              kvk: "67703194"
              vat: NL857139123B01
              iban: NL91ABNA0417164300
            applications:
              - id: zaaksysteem
                name: Zaaksysteem
                lead: "\(founders[0].oin)"
                participants:
            \(participants)
            \(modes)
            \(sensitive)
            tariffs:
              - {application: zaaksysteem, from: 2026-01, price: "0.10", vat: S, rate: "21"}
            contribution:
              - {from: 2026, perInhabitant: "0.35", vat: S, rate: "21"}
            inhabitants:
            \(inhabitants)

            """
    }
}

/// A port that nobody listens on, handed out once in this process and outside the range of outgoing connections.
func freePort() throws -> UInt16 {
    for _ in 0..<2_000 {
        let port = UInt16(ports.next())
        if isFree(port) { return port }
    }
    throw StartFailure("no port is free")
}

private let ports = PortCounter()

private final class PortCounter: Sendable {
    private let count = Atomic(Int(getpid()) * 37)

    func next() -> Int { 12_000 + count.add(1, ordering: .relaxed).newValue % 20_000 }
}

private func isFree(_ port: UInt16) -> Bool {
    onLoopback(port) { bind($0, $1, $2) } == 0
}

/// Whether somebody takes connections at a port of this machine.
private func isListening(_ port: UInt16) -> Bool {
    onLoopback(port) { connect($0, $1, $2) } == 0
}

private func onLoopback(
    _ port: UInt16, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}

/// One daemon inside this process, until `stop`.
final class TestNode: Sendable {
    let node: RunningNode
    private let requests: AsyncStream<StopSignals.Request>.Continuation
    private let task: Task<Void, any Error>

    init(_ founder: TestNetwork.Founder, limits: NodeLimits = NodeLimits()) async throws {
        let daemon = try Daemon(configurationPath: founder.folder + "/korf.yaml", limits: limits)
        let (stream, continuation) = AsyncStream<StopSignals.Request>.makeStream()
        let (started, startedContinuation) = AsyncThrowingStream<RunningNode, any Error>.makeStream()
        requests = continuation
        task = Task {
            do {
                try await daemon.run {
                    for await request in stream { return request }
                    return .stop
                } local: { node in
                    startedContinuation.yield(node)
                    return { _ in HTTPResponse(status: 404) }
                }
            } catch {
                startedContinuation.finish(throwing: error)
                throw error
            }
        }
        var iterator = started.makeAsyncIterator()
        node = try #require(try await iterator.next())
        // The handler is made before the listener; who dials at once would find nobody.
        try await eventually("the daemon listens") { isListening(founder.port) }
    }

    /// Loads certificates anew, as SIGHUP does.
    func reload() { requests.yield(.reload) }

    /// Ends the daemon cleanly.
    func stop() async throws {
        requests.yield(.stop)
        try await task.value
    }
}

/// Waits on a condition with a deadline.
func eventually(
    _ what: String, seconds: Double = 30, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("after \(seconds) s still not: \(what)")
            return
        }
        try await Task.sleep(for: .milliseconds(20))
    }
}
