// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Node
import Storage
import Testing

@Suite("Old copies never sign: Protocol/log.md §7", .serialized)
struct OldCopyTests {
    @Test("an older data directory beside the newer external head only reads, and says why")
    func olderData() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        try await age(west, alsoHead: false)
        let old = try await TestNode(west)
        guard case .readsOnly(let reason) = await old.mode() else {
            Issue.record("an older copy writes")
            return
        }
        #expect(reason.contains("external head names 3 entries and the store holds 2"))
        try await expectReadsOnly(old)
        // Metering is durable, the flush waits without losing it, and exchange goes on.
        let events = try (0..<20).map { try usage($0, west.oin, east.oin) }
        let outcomes = try await old.node.metering.accept(events).get()
        #expect(outcomes.count == 20)
        await #expect(throws: EngineFailure.self) { try await old.node.flush() }
        let other = try await TestNode(east)
        try await other.write("from east")
        try await eventually("east's entry arrives") { await old.held(other.engine.ownLogID) == 2 }
        let cells = try await old.node.store.inbox.cells()
        #expect(cells.map(\.current.eventsCounted) == [20])
        try await old.stop()
        try await other.stop()
    }

    @Test("with the external head rolled back too, a peer that holds more stops the node before it signs")
    func peerKnowsMore() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let east = try await TestNode(network.founders[1])
        try await age(network.founders[0], alsoHead: true, seenBy: east)
        let old = try await TestNode(network.founders[0])
        // It waits while it asks; then it is told.
        try await expectReadsOnly(old)
        guard case .readsOnly(let reason) = await old.mode() else {
            Issue.record("a rolled back copy writes")
            return
        }
        #expect(reason.contains("older copy"))
        // What others hold of its log comes back, and nothing was signed beside it.
        try await eventually("its own entries come back") { await old.held(old.engine.ownLogID) == 3 }
        #expect(await east.engine.read { $0.forks.isEmpty })
        try await old.stop()
        try await east.stop()
    }

    @Test("once others gave back its entries, an old copy does not write after the next start either")
    func staysReadsOnly() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let east = try await TestNode(network.founders[1])
        try await age(network.founders[0], alsoHead: true, seenBy: east)
        do {
            let old = try await TestNode(network.founders[0])
            try await eventually("its own entries come back") { await old.held(old.engine.ownLogID) == 3 }
            try await old.stop()
        }
        try await east.stop()
        let again = try await TestNode(network.founders[0])
        try await expectReadsOnly(again)
        try await again.stop()
    }

    @Test("a peer that holds more and is found only after the asking stops the node at the first exchange")
    func foundLater() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        do {
            let east = try await TestNode(network.founders[1])
            try await age(network.founders[0], alsoHead: true, seenBy: east)
            try await east.stop()
        }
        try network.founders[0].reconfigure("ownHeadSeconds: 2", "ownHeadSeconds: 1")
        let old = try await TestNode(network.founders[0])
        try await eventually("it writes, for nobody knows better") { await old.mode() == .writes }
        let east = try await TestNode(network.founders[1])
        try await eventually("it only reads") {
            if case .readsOnly = await old.mode() { true } else { false }
        }
        try await expectReadsOnly(old)
        try await old.stop()
        try await east.stop()
    }

    @Test("without its external head a node only reads")
    func headMissing() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let west = network.founders[0]
        do {
            let node = try await TestNode(west)
            try await node.write("one")
            try await node.stop()
        }
        try await west.closed()
        try west.copyFolder("head", to: "away")
        try west.remove("head/external-head")
        let node = try await TestNode(west)
        guard case .readsOnly(let reason) = await node.mode() else {
            Issue.record("it writes without its external head")
            return
        }
        #expect(reason.contains("external head cannot be trusted"))
        try await expectReadsOnly(node)
        try await node.stop()
    }

    @Test("a second process on one data directory is refused")
    func secondProcess() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        await #expect(throws: StartFailure.self) { _ = try await TestNode(network.founders[0]) }
        #expect(await node.mode() != .readsOnly(""))
        try await node.write("still here")
        try await node.stop()
    }

    @Test("while peers are asked, metering is durable at once and appends wait")
    func askingPeriod() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        try west.reconfigure("ownHeadSeconds: 2", "ownHeadSeconds: 3")
        // East accepts connections and never answers.
        let silent = try await SilentListener(port: east.port)
        let node = try await TestNode(west)
        #expect(await node.mode() == .asking)
        let begun = ContinuousClock.now
        let outcome = try await node.node.metering.accept([try usage(1, west.oin, east.oin)]).get()
        #expect(outcome == [.accepted(position: 1)])
        #expect(await node.mode() == .asking)
        try await node.write("waits")
        #expect(ContinuousClock.now - begun > .seconds(1))
        #expect(await node.mode() == .writes)
        #expect(await node.held(node.engine.ownLogID) == 2)
        try await node.stop()
        silent.close()
    }

    /// Runs the node, keeps a copy of its store after one entry, goes on to three, and puts the copy back.
    private func age(_ founder: TestNetwork.Founder, alsoHead: Bool, seenBy east: TestNode? = nil) async throws {
        do {
            let node = try await TestNode(founder)
            try await node.write("one")
            try await node.stop()
        }
        try await founder.closed()
        try founder.copyFolder("data", to: "old-data")
        try founder.copyFolder("head", to: "old-head")
        do {
            let node = try await TestNode(founder)
            try await node.write("two")
            if let east {
                try await eventually("east holds it") { await east.held(node.engine.ownLogID) == 3 }
            }
            try await node.stop()
        }
        try await founder.closed()
        try founder.copyFolder("old-data", to: "data")
        if alsoHead { try founder.copyFolder("old-head", to: "head") }
    }

    private func expectReadsOnly(_ node: TestNode) async throws {
        do {
            try await node.write("must not be signed")
            Issue.record("an old copy signed")
        } catch let failure as EngineFailure {
            #expect(failure.description.hasPrefix("This node only reads: "))
        }
    }
}
