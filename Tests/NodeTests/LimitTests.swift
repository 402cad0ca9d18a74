// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
@testable import Node
import Replication
import Storage
import Testing

@Suite("Bounds of logs and writers, Protocol/limits.md", .serialized)
struct LimitTests {
    @Test("the bounds are those of the protocol")
    func protocolBounds() {
        let limits = NodeLimits()
        #expect(limits.logBytes == 321 << 20)
        #expect(limits.catalogueBytes + limits.usageBytes + limits.consensusBytes == limits.logBytes)
    }

    @Test("a receiver takes so much of a log and no more, also after a restart; other logs go on")
    func receiver() async throws {
        let network = try TestNetwork(["west", "east", "writer"])
        defer { network.remove() }
        var limits = NodeLimits()
        limits.logBytes = 4_000
        var writer: ForgedLog?
        var refusals: [PageRefusal] = []
        for run in 0..<2 {
            try await running(network.founders[0], limits: limits) { node in
                var log = try writer ?? ForgedLog(network.founders[2], node.engine)
                for number in 0..<30 {
                    let from = max(0, await node.held(log.log))
                    try await log.write("\(run) \(number) " + String(repeating: "x", count: 100), node.engine)
                    refusals += try await node.engine.admit([try log.page(from: from)]).refused.map(\.refusal)
                }
                writer = log
                let bytes = node.node.store.journal.byteCount(of: log.log)
                #expect(bytes <= 4_000 && bytes > 3_500)
                try await node.write("the own log goes on \(run)")
                guard run == 1 else { return }
                var other = try ForgedLog(network.founders[1], node.engine)
                try await other.write("and so do others", node.engine)
                #expect(try await node.engine.admit([try other.page()]).refused.isEmpty)
            }
        }
        #expect(refusals.count > 30 && refusals.allSatisfy { $0 == .logFull(bytesLimit: 4_000) })
        #expect(refusals.first?.reason == "log-full")
    }

    @Test("of a log that votes in ever other rounds only so much is heard as any honest one ever says")
    func flood() async throws {
        let network = try TestNetwork(["west", "liar"])
        defer { network.remove() }
        try await running(network.founders[0]) { node in
            var liar = try ForgedLog(network.founders[1], node.engine)
            let number = await node.engine.read { $0.chain.voters.next }
            let votes = (0..<20_000).map { round in
                ConsensusMessage.prevote(Vote(number: number, round: Round(known: 1_000 + round), choice: nil)).entry()
            }
            try liar.append(votes)
            #expect(try await node.engine.admit([try liar.page()]).refused.isEmpty)
            let log = liar.log
            // What the local API asks is answered meanwhile.
            for _ in 0..<200 where await node.engine.read({ !($0.height?.heard.isFull(log) ?? false) }) {
                try await Task.sleep(for: .milliseconds(10))
            }
            let rounds = await node.engine.read { $0.height?.core.knownRounds.count ?? 0 }
            #expect(rounds <= CooperativeLimits.messagesHeard + 1)
            #expect(await node.engine.read { $0.height?.heard.isFull(log) } == true)
            #expect(await node.held(log) == 20_001)
        }
    }

    @Test("the bound counts exactly: a page that just fits is taken, one byte more is not")
    func exact() async throws {
        let network = try TestNetwork(["west", "writer"])
        defer { network.remove() }
        let writer = try await running(network.founders[0]) { node in
            var writer = try ForgedLog(network.founders[1], node.engine)
            try await writer.write("a value", node.engine)
            return writer
        }
        let bytes = writer.entries.reduce(0) { $0 + $1.count }
        for (limit, isTaken) in [(bytes - 1, false), (bytes, true)] {
            var limits = NodeLimits()
            limits.logBytes = limit
            try await running(network.founders[0], limits: limits) { node in
                let outcome = try await node.engine.admit([try writer.page()])
                #expect(outcome.refused.isEmpty == isTaken)
            }
        }
    }

    @Test("a writer whose catalogue is full says so in a sentence and goes on metering, also after a restart")
    func writer() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        var limits = NodeLimits()
        limits.catalogueBytes = 1_500
        limits.usageBytes = 600
        let held = try await running(west, limits: limits) { node in
            let sentence = try await writeUntilRefused(node)
            #expect(sentence.contains("as much of decisions and catalogue as may stand above an epoch, 1500 bytes"))
            return await node.held(node.engine.ownLogID)
        }
        let node = try await TestNode(west, limits: limits)
        await #expect(throws: EngineFailure.full(what: "decisions and catalogue", bytesLimit: 1_500)) {
            try await node.write(String(repeating: "y", count: 200))
        }
        #expect(await node.held(node.engine.ownLogID) == held)
        // Usage has room of its own, and an end of its own.
        var flushes = 0
        do {
            for step in 0..<20 {
                let events = try (step * 10..<step * 10 + 10).map { try usage($0, west.oin, east.oin) }
                _ = try await node.node.metering.accept(events).get()
                flushes += try await node.node.flush()
            }
            Issue.record("usage has no end")
        } catch let failure as EngineFailure {
            #expect(failure == .full(what: "usage", bytesLimit: 600))
        }
        #expect(flushes > 1)
        let counted = try await node.node.store.inbox.cells().map(\.current.eventsCounted)
        #expect(counted[0] % 10 == 0 && counted[0] >= 20, "what cannot be flushed waits in the inbox")
        try await node.stop()
    }

    @Test("a writer does not sign more rows than others would count, and says so")
    func rows() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let entries = try await node.engine.read { engine in
            var draft = EditDraft(try #require(engine.state.application("zaaksysteem")), author: engine.ownLogID)
            for number in 0..<CooperativeLimits.catalogueRows { draft.add(.platforms, .text("\(number)")) }
            return try draft.entries()
        }
        _ = try await node.engine.append(entries)
        let held = await node.held(node.engine.ownLogID)
        let failure = EngineFailure.fullOfRows(
            what: "decisions and catalogue", limit: CooperativeLimits.catalogueRows)
        await #expect(throws: failure) { try await node.write("one too many") }
        #expect(failure.description.contains("as many rows of decisions and catalogue as one log may above an epoch"))
        #expect(await node.held(node.engine.ownLogID) == held)
        #expect(try await node.hostings() == [])
        try await node.stop()
    }

    @Test("consensus has room of its own: nothing else counts for it")
    func consensus() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        var limits = NodeLimits()
        limits.consensusBytes = 40
        let node = try await TestNode(network.founders[0], limits: limits)
        try await node.write("catalogue goes on")
        let ready = bareEntry(kind: 3)
        _ = try await node.engine.append([ready])
        await #expect(throws: EngineFailure.full(what: "consensus", bytesLimit: 40)) {
            _ = try await node.engine.append([[UInt8]](repeating: ready, count: 10))
        }
        try await node.write("and on")
        try await node.stop()
    }

    private func writeUntilRefused(_ node: TestNode) async throws -> String {
        for number in 0..<100 {
            do {
                try await node.write("\(number) " + String(repeating: "x", count: 100))
            } catch let failure as EngineFailure { return failure.description }
        }
        return ""
    }

    private func bareEntry(kind: Int) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(count: 3)
        writer.integer(1)
        writer.integer(kind)
        writer.array(count: 0)
        return writer.bytes
    }
}
