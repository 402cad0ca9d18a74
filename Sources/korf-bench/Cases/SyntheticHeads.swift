// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Transport

/// P1 at a number of logs that no genesis has yet: both sides hold a table of made-up heads. Session, plan, encoding
/// and transport are the real ones; only engine and store are not there, since equal nodes read no entry.
enum SyntheticHeads {
    static func run(_ workspace: Workspace, logs: Int, repeats: Int) async throws {
        let network = try BenchNetwork(workspace)
        let partner = SyntheticPartner(network, logs: logs)
        var settings = ServerSettings()
        settings.admit = { _ in .admitted(.member) }
        settings.bodyBytesLimit = { _, _ in ExchangeLimits.bodyBytes }
        let profile = TLSProfile(identity: network.identities[0], anchors: network.anchors)
        let traffic = Traffic()
        let server = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, profile)], settings: settings
        ) { request in
            let response = await partner.answer(request.body)
            traffic.note(request, response)
            return response
        }
        var asking = SyntheticAsker(network, logs: logs, port: server.ports[0])
        // The first exchange compares both tables in full and brings the token.
        for _ in 0..<2 { try await asking.exchange() }
        let before = traffic.current
        let watch = Stopwatch()
        for _ in 0..<repeats { try await asking.exchange() }
        let after = traffic.current
        EqualNodes.report(
            "\(logs) logs (made-up heads)", watch, requests: after.requests - before.requests,
            bytes: after.bytes - before.bytes, repeats)
        await server.stop()
    }

    static func heads(_ network: BenchNetwork, logs: Int, instance: UInt8) -> (HeldHeads, LogNumbers) {
        var random = SeededRandom(seed: 20_260_105)
        let rows = (0..<logs).map { number in
            let (log, root) = (network.suite.hash(random.seed32()), network.suite.hash(random.seed32()))
            let size = LogSize(known: 1 + number % 5_000)
            guard let signature = Signature(random.seed32() + random.seed32()) else {
                preconditionFailure("a signature has sixty-four bytes")
            }
            let head = SignedHead(Head(size: size, root: root), signature: signature)
            return HeadRow(log: LogID(log), held: size, root: root, head: head)
        }
        guard let store = StoreInstance([UInt8](repeating: instance, count: StoreInstance.byteCount)) else {
            preconditionFailure("an instance has sixteen bytes")
        }
        let history = HeadHistory(instance: store, sequence: HeadSequence(1_000_000))
        return (HeldHeads(table: HeadTable(rows), history: history), LogNumbers(epoch: 0, logs: rows.map(\.log)))
    }
}

/// The answering side.
private actor SyntheticPartner {
    private var heads: HeldHeads
    private let numbers: LogNumbers
    private let network: BenchNetwork

    init(_ network: BenchNetwork, logs: Int) {
        (heads, numbers) = SyntheticHeads.heads(network, logs: logs, instance: 1)
        self.network = network
    }

    func answer(_ body: [UInt8]) -> HTTPResponse {
        do {
            let asked = try ResolvedRequest(ExchangeRequest(decoding: body), numbers)
            var nothing = NoEntries()
            let plan = AnswerPlan(asked, &heads, epoch: 0, network.suite)
            return HTTPResponse(contentType: "application/cbor", body: plan.fill(from: &nothing).body)
        } catch {
            return .problem(status: 400, title: "Refused", detail: error.reason)
        }
    }
}

/// The asking side.
private struct SyntheticAsker {
    private var heads: HeldHeads
    private let numbers: LogNumbers
    private let network: BenchNetwork
    private let client: HTTPClient
    private let endpoint: Transport.Endpoint
    private var memory = PartnerMemory.none

    init(_ network: BenchNetwork, logs: Int, port: UInt16) {
        (heads, numbers) = SyntheticHeads.heads(network, logs: logs, instance: 2)
        self.network = network
        var settings = ClientSettings()
        settings.identity = network.identities[1]
        settings.anchors = network.anchors
        client = HTTPClient(settings)
        let card = network.genesis.founders[0]
        endpoint = .peer(
            host: "127.0.0.1", port: port, ExpectedPeer(oin: card.oin, pins: card.pins.map { Hash($0.value) }))
    }

    mutating func exchange() async throws {
        var session = ExchangeSession(memory, numbers: numbers, ruleVersion: 1, epoch: 0)
        var effects: [ExchangeEffect] = [.ask]
        while !effects.isEmpty {
            switch effects.removeFirst() {
            case .ask:
                var nothing = NoEntries()
                let body = session.compose(&heads, from: &nothing, network.suite)
                let request = ClientRequest(
                    .post, endpoint, target: "/v1/exchange", fields: [HTTPField("content-type", "application/cbor")],
                    body: body)
                let response = try await client.send(request)
                try demand(response.status == 200, "the partner answered \(response.status)")
                effects += session.received(response.body, &heads, network.suite)
            case .remember(let memory): self.memory = memory
            case .finished(let summary):
                try demand(summary.outcome == .complete, "the exchange ended \(summary.outcome)")
            case .admit, .keepEvidence, .keepTexts, .prove: throw BenchFailure("equal nodes exchange nothing")
            }
        }
    }
}

/// No entry is asked of equal nodes.
private struct NoEntries: PageSource {
    mutating func entries(
        of log: LogID, from first: EntryIndex, below end: LogSize, to sink: inout EntrySink
    ) throws(Never) {}

    mutating func rightHandHashes(
        of log: LogID, from stop: LogSize, to headSize: LogSize
    ) throws(Never) -> [Hash]? { nil }

    mutating func evidence(against log: LogID) throws(Never) -> [UInt8]? { nil }

    mutating func text(of commitment: TextCommitment) throws(Never) -> SaltedText? { nil }
}
