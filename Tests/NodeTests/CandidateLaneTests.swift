// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Replication
import Storage
import Testing
import Transport

@Suite("Lanes of the federation listener: Protocol/transport.md §3, Protocol/membership.md §1", .serialized)
struct CandidateLaneTests {
    @Test("anybody with a certificate reads the genesis, and nothing of members")
    func visitor() async throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["stranger"])
        defer { network.remove() }
        let west = try await TestNode(network.founders[0])
        let stranger = try HostileMember(network.newcomers[0])
        let genesis = try #require(await stranger.get(network.founders[0], "/v1/genesis"))
        #expect(genesis.status == 200)
        #expect(genesis.body == west.engine.genesis.bytes)
        let head = HeadRequest(log: west.engine.ownLogID).encode()
        for path in ["/v1/exchange", "/v1/prove", "/v1/head"] {
            let answer = try #require(await stranger.send(head, to: network.founders[0], path))
            #expect(answer.status == 403)
            #expect(ProblemDetail.read(answer.body)?.contains("no invitation of it is held here") == true)
        }
        #expect(await stranger.get(network.founders[0], "/v1/exchange")?.status == 405)
        #expect(await stranger.get(network.founders[0], "/v1/status")?.status == 404)
        // What strangers do is not kept of them, or a thousand of them would fill the memory.
        #expect(await west.engine.read { $0.partners[network.newcomers[0].oin] } == nil)
        await stranger.stop()
        try await west.stop()
    }

    @Test("a member's OIN with a key that it has not named is a visitor")
    func unknownKey() throws {
        let network = try TestNetwork(["west"])
        defer { network.remove() }
        let west = network.founders[0].oin
        let book = PeerBook()
        let pin = TLSPin(Hash(Bytes32((1, 2, 3, 4))).value)
        book.update([west: KnownPeer(pins: [pin], lane: .member)])
        func lane(_ key: Bytes32) -> FederationLane {
            book.lane(of: PeerIdentity(oin: west, pin: Hash(key), organization: "", notAfterSeconds: 0))
        }
        #expect(lane(pin.value) == .member)
        #expect(lane(Bytes32((4, 3, 2, 1))).isVisitor)
    }

    @Test("a visitor's body is small and its requests come one at a time")
    func bounded() {
        #expect(FederationHandler.bodyBytesLimit("/v1/exchange", lane: .visitor) == ExchangeLimits.smallBodyBytes)
        #expect(FederationHandler.bodyBytesLimit("/v1/exchange", lane: .candidate) == ExchangeLimits.bodyBytes)
        let inHand = RequestsInHand(limit: 4)
        let peer = OIN("00000099000000000001")!
        #expect(inHand.begin(peer, isVisitor: true))
        #expect(!inHand.begin(peer, isVisitor: true))
        inHand.end(peer)
        #expect(inHand.begin(peer, isVisitor: true))
    }

    @Test("a newcomer's daemon starts, takes metering, signs nothing and says why")
    func newcomer() async throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["north"])
        defer { network.remove() }
        let north = network.newcomers[0]
        try north.join(try network.writeJoinFile([network.founders[0]]))
        let west = try await TestNode(network.founders[0])
        let node = try await TestNode(north)
        let outcome = try await node.node.metering.accept([try usage(1, north.oin, network.founders[0].oin)]).get()
        #expect(outcome == [.accepted(position: 1)])
        try await eventually("it is told that it is not invited") {
            await node.standing(of: network.founders[0]).reason?.contains("no invitation of it is held here") == true
        }
        try await eventually("it has asked for its own head") { await node.mode() == .joins }
        await #expect(throws: EngineFailure.notAdmitted) { try await node.write("not yet") }
        #expect(await node.held(node.engine.ownLogID) == 0)
        try await node.stop()
        try await west.stop()
    }
}
