// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Replication
import Storage
import Testing
import Transport

@Suite("Admission of a newcomer: Protocol/membership.md §1", .serialized)
struct AdmissionTests {
    private func card(of newcomer: TestNetwork.Founder) throws -> Card {
        try NetworkFounding.card(newcomer.folder + "/card.korf-card")
    }

    @Test("a newcomer that reaches one member only is invited, catches up, becomes a member by an epoch, and meters")
    func joins() async throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["north"])
        defer { network.remove() }
        let north = network.newcomers[0]
        try north.join(try network.writeJoinFile([network.founders[0]]))
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let newcomer = try await TestNode(north)
        #expect(await newcomer.step() == .invitation)
        let event = try usage(1, north.oin, network.founders[0].oin)
        #expect(try await newcomer.node.metering.accept([event]).get() == [.accepted(position: 1)])
        #expect(try await newcomer.node.flush() == 0)
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }

        let decision = try await nodes[0].propose("Noord erbij", payload: .admission(try card(of: north)))
        try await eventually("the newcomer is told who has not voted") {
            let reason = await newcomer.standing(of: network.founders[0]).reason ?? ""
            return reason.contains("not voted yet") && reason.contains("east")
        }
        #expect(await newcomer.held(newcomer.engine.ownLogID) == 0)
        try await nodes[0].vote(.for, on: decision)
        try await nodes[1].vote(.for, on: decision)
        try await eventually("it is a member", seconds: 60) { await newcomer.mode() == .writes }
        #expect(await newcomer.step() == .member)
        try await eventually("all hold the same") { await areEqual(nodes + [newcomer]) }
        let voters = await nodes[0].engine.read { $0.chain.voters.count }
        #expect(voters == 3)
        // What it metered while it waited is written now, and it votes.
        try await newcomer.write("from north")
        let second = try await newcomer.propose("Eerste voorstel van noord")
        for node in nodes + [newcomer] { try await node.vote(.for, on: second) }
        for node in nodes + [newcomer] {
            try await eventually("closed", seconds: 60) { await node.standing(of: second) == .carried }
        }
        for node in nodes + [newcomer] { try await node.stop() }
    }

    @Test("a candidate reads nothing of members and hands in nothing but its own log, at most sixteen entries of it")
    func hostileCandidate() async throws {
        let network = try TestNetwork(["west", "east"], newcomers: ["north"])
        defer { network.remove() }
        let (west, north) = (network.founders[0], network.newcomers[0])
        let node = try await TestNode(west)
        let card = try card(of: north)
        _ = try await node.propose("Noord erbij", payload: .admission(card))
        let hostile = try HostileMember(north)
        let head = HeadRequest(log: node.engine.ownLogID).encode()
        try await eventually("the invitation is known to the listener") {
            await hostile.send(head, to: west, "/v1/head")?.status == 200
        }
        #expect(await hostile.send(head, to: west, "/v1/prove")?.status == 403)
        let engine = node.engine
        let empty = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: await engine.headTableDigest()).encode()
        #expect(await hostile.send(empty, to: west)?.status == 403)
        var forged = try ForgedLog(EntryZero(network: engine.genesis.network, card: card), north)
        let day = try #require(CivilDate("2026-11-10"))
        for _ in 0..<20 { try forged.append([Heartbeat(date: day).entry()]) }
        var request = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: await engine.headTableDigest())
        let page = try forged.page()
        request.parcel.pages = [ReferencedPage(
            log: .id(forged.log), from: page.from, headSize: page.headSize, headSignature: page.signature,
            entries: page.entries, rightHandHashes: page.rightHandHashes)]
        let answer = try #require(await hostile.send(request.encode(), to: west))
        #expect(answer.status == 200)
        #expect(try ExchangeAnswer(decoding: answer.body).refusals.count == 1)
        #expect(await node.held(forged.log) == 0)
        await hostile.stop()
        try await node.stop()
    }
}

extension TestNode {
    func step() async -> NodeEngine.JoiningStep { await engine.read { $0.joiningStep } }
}
