// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Journal
@testable import Node
import Replication
import Storage
import Testing
import Transport

@Suite("A member that sends garbage: Protocol/exchange.md §4", .serialized)
struct HostileMemberTests {
    @Test("garbage, cut, reordered and oversized requests are refused, counted by reason, and never stop the node")
    func requests() async throws {
        let network = try TestNetwork(["west", "bad"])
        defer { network.remove() }
        let (west, bad) = (network.founders[0], network.founders[1])
        let node = try await TestNode(west)
        try await node.write("stands")
        let before = await node.engine.stateDigest()
        let hostile = try HostileMember(bad)
        var session = await node.engine.beginSession(with: bad.oin)
        let honest = try #require(await node.engine.compose(&session))
        var generator = Seeded(seed: 7)
        for round in 0..<300 {
            let path = ["/v1/exchange", "/v1/prove", "/v1/head"][round % 3]
            let answer = await hostile.send(mutilated(honest, round, &generator), to: west, path)
            #expect(answer != nil, "the node went away in round \(round)")
        }
        var request = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: node.engine.suite.hash([1]))
        request.numberingEpoch = 5
        #expect(await hostile.send(request.encode(), to: west)?.status == 400)
        request.numberingEpoch = 0
        request.parcel.wants = [Want(log: .number(5_000), from: .zero)]
        #expect(await hostile.send(request.encode(), to: west)?.status == 400)
        let refusals = await node.standing(of: bad).refusals
        #expect(refusals["body-not-canonical"] ?? 0 > 0 && refusals["body-field"] ?? 0 > 0)
        #expect(refusals["log-unknown"] ?? 0 > 0)
        #expect(refusals.count <= NodeLimits.refusalReasons + 1)
        #expect(await node.engine.stateDigest() == before)
        try await node.write("goes on")
        await hostile.stop()
        try await node.stop()
    }

    @Test("a body over its bound is refused by path before it is read", arguments: [
        ("/v1/exchange", ExchangeLimits.bodyBytes), ("/v1/prove", ExchangeLimits.smallBodyBytes),
        ("/v1/head", ExchangeLimits.smallBodyBytes),
    ])
    func bodyBounds(path: String, limit: Int) async throws {
        let network = try TestNetwork(["west", "bad"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let hostile = try HostileMember(network.founders[1])
        let at = await hostile.send([UInt8](repeating: 0, count: limit), to: network.founders[0], path)
        #expect(at?.status == 400)
        let over = await hostile.send([UInt8](repeating: 0, count: limit + 1), to: network.founders[0], path)
        #expect(over?.status == 413)
        await hostile.stop()
        try await node.stop()
    }

    @Test("fifty MiB of forged pages leave memory and disk as they were, and are counted")
    func forgedPages() async throws {
        let network = try TestNetwork(["west", "bad"])
        defer { network.remove() }
        let (west, bad) = (network.founders[0], network.founders[1])
        let node = try await TestNode(west)
        let hostile = try HostileMember(bad)
        let forged = try forgedRequest(bad, node.engine)
        #expect(await hostile.send(forged, to: west)?.status == 200)
        let memory = residentBytes()
        for _ in 0..<50 {
            let answer = try #require(await hostile.send(forged, to: west))
            let refusals = try ExchangeAnswer(decoding: answer.body).refusals
            #expect(refusals.map(\.reason) == ["head-signature"])
        }
        #expect(residentBytes() - memory < 64 << 20)
        #expect(await node.standing(of: bad).refusals["head-signature"] == 51)
        #expect(node.node.store.journal.sequence == 1, "nothing of it was kept")
        await hostile.stop()
        try await node.stop()
    }

    @Test("texts that nobody asked for are passed over, in requests and in answers")
    func texts() async throws {
        let network = try TestNetwork(["west", "bad"])
        defer { network.remove() }
        let (west, bad) = (network.founders[0], network.founders[1])
        let texts = (0..<60).map { number in
            SaltedText(salt: Salt(Bytes32((1, 2, 3, UInt64(number)))), text: String(repeating: "t", count: 15_000))
        }
        let hostile = try HostileMember(bad) { path, body, _ in
            guard path == "/v1/exchange", let request = try? ExchangeRequest(decoding: body) else { return [] }
            var answer = ExchangeAnswer(epoch: 0, digest: request.digest)
            answer.parcel.texts = texts
            answer.token = [1]
            return answer.encode()
        }
        let node = try await TestNode(west)
        var request = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: node.engine.suite.hash([1]))
        request.parcel.texts = texts
        #expect(await hostile.send(request.encode(), to: west)?.status == 200)
        let memory = residentBytes()
        for _ in 0..<40 { _ = await hostile.send(request.encode(), to: west) }
        try await eventually("answers with texts came") {
            await node.standing(of: bad).lastExchangeMilliseconds != nil
        }
        #expect(residentBytes() - memory < 64 << 20)
        let journal = node.node.store.journal
        #expect(try journal.wantedTextCount() == 0)
        let first = texts[0]
        let commitment = try #require(
            TextCommitment(salt: first.salt, text: first.text, hashing: node.engine.suite))
        #expect(try journal.text(of: commitment) == nil)
        await hostile.stop()
        try await node.stop()
    }

    @Test("answers of a hostile partner are counted by reason and end its exchanges, not those with others")
    func answers() async throws {
        let network = try TestNetwork(["west", "bad", "east"])
        defer { network.remove() }
        let bad = network.founders[1]
        let round = Counter()
        let hostile = try HostileMember(bad) { _, _, _ in
            switch round.next() % 3 {
            case 0: [UInt8](repeating: 0xff, count: 1_000)
            case 1: [UInt8](repeating: 0, count: ExchangeLimits.bodyBytes + 1)
            default: []
            }
        }
        let west = try await TestNode(network.founders[0])
        let east = try await TestNode(network.founders[2])
        try await east.write("from an honest member")
        try await eventually("the honest entry arrives") { await west.held(east.engine.ownLogID) == 2 }
        try await eventually("the other one is counted") {
            let standing = await west.standing(of: bad)
            let isCounted = standing.health.faults.contains { $0.reason == "body-not-canonical" }
            return isCounted && standing.isReachable == false
        }
        await hostile.stop()
        try await west.stop()
        try await east.stop()
    }

    @Test("requests of one member at a time are bounded; one more is told so and counted")
    func requestsInHand() async throws {
        let network = try TestNetwork(["west", "bad"])
        defer { network.remove() }
        let inHand = RequestsInHand(limit: 2)
        let (west, bad) = (network.founders[0].oin, network.founders[1].oin)
        #expect(inHand.begin(bad) && inHand.begin(bad) && !inHand.begin(bad) && inHand.begin(west))
        inHand.end(bad)
        #expect(inHand.begin(bad))
        // Without a place at all every request is told so, whatever its path.
        var limits = NodeLimits()
        limits.requestsPerPeer = 0
        let node = try await TestNode(network.founders[0], limits: limits)
        let hostile = try HostileMember(network.founders[1])
        for path in ["/v1/exchange", "/v1/prove", "/v1/head"] {
            #expect(await hostile.send([0xA0], to: network.founders[0], path)?.status == 429)
        }
        #expect(await node.standing(of: network.founders[1]).refusals == ["too-many-requests": 3])
        await hostile.stop()
        try await node.stop()
    }

    /// A request that pushes nearly a MiB of entries under a signature of another tree.
    private func forgedRequest(_ founder: TestNetwork.Founder, _ engine: NodeEngine) throws -> [UInt8] {
        var log = try ForgedLog(founder, engine)
        let filler = [UInt8](repeating: 7, count: 60_000)
        var writer = CBORWriter()
        writer.array(count: 3)
        writer.integer(1)
        writer.integer(40_000)
        writer.bytes(filler)
        try log.append([[UInt8]](repeating: writer.bytes, count: 16))
        let page = try log.page()
        var request = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: engine.suite.hash([1]))
        request.parcel.pages = [ReferencedPage(
            log: .id(log.log), from: .zero, headSize: page.headSize,
            headSignature: try #require(Signature([UInt8](repeating: 9, count: 64))), entries: page.entries,
            rightHandHashes: [])]
        return request.encode()
    }

    private func mutilated(_ honest: [UInt8], _ round: Int, _ generator: inout Seeded) -> [UInt8] {
        var body = honest
        switch round % 5 {
        case 0:
            let count = Int.random(in: 1...2_000, using: &generator)
            body = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        case 1: body.removeLast(Int.random(in: 1..<body.count, using: &generator))
        case 2: body.shuffle(using: &generator)
        case 3: body += body
        default:
            let place = Int.random(in: 0..<body.count, using: &generator)
            body[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        }
        return body
    }
}
