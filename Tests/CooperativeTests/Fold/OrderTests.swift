// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Fold: order of arrival, Protocol/state.md §1")
struct OrderTests {
    @Test("any interleaving that keeps each log's order gives the same state", arguments: UInt64(1)...60)
    func orderIndependence(seed: UInt64) throws {
        let world = try World.random(seed: seed)
        var expected = world.state()
        let digest = expected.digest()
        #expect(StateDigest.ofRows(expected.rows(), suite) == digest)
        for run in 0..<50 {
            var choices = Choices(seed: seed &* 1_000 &+ UInt64(run))
            var state = try world.state(interleavedBy: &choices)
            #expect(state.digest() == digest)
            #expect(state.voidCounts().map(\.count) == expected.voidCounts().map(\.count))
            #expect(state.waitingEntries() == expected.waitingEntries())
        }
    }

    @Test("the digest asked for in between is that of the rows", arguments: UInt64(1)...20)
    func incrementalDigest(seed: UInt64) throws {
        let world = try World.random(seed: seed)
        var state = CooperativeState(genesis: world.genesis, hashing: suite)
        for log in world.logs {
            while let size = state.size(of: log), let rest = world.held.entries(log: log, from: size.next) {
                let one = HeldBatch(EntryBatch([Array(rest.entries[0])]), leafHashes: [rest.leafHashes[0]])
                try state.apply(log, from: size.next, one, held: world.held)
                #expect(state.digest() == StateDigest.ofRows(state.rows(), suite))
            }
        }
        let digest = state.digest()
        #expect(state.rehash() == digest)
    }

    @Test("entries that were folded before change nothing", arguments: UInt64(1)...10)
    func idempotence(seed: UInt64) throws {
        let world = try World.random(seed: seed)
        var state = world.state()
        let digest = state.digest()
        for log in world.logs {
            let all = try #require(world.held.entries(log: log, from: .zero))
            try state.apply(log, from: .zero, all, held: world.held)
        }
        #expect(state.digest() == digest)
        #expect(state.rows() == world.state().rows())
    }

    @Test("a gap and a log that nobody authorised are refused")
    func refusals() throws {
        let world = try World(founders: 2)
        var state = CooperativeState(genesis: world.genesis, hashing: suite)
        let batch = try #require(world.held.entries(log: world.logs[0], from: .zero))
        #expect(throws: FoldRefusal.gap(expected: 0, received: 3)) {
            try state.apply(world.logs[0], from: 3, batch, held: world.held)
        }
        let stranger = LogID(suite.hash([7]))
        #expect(throws: FoldRefusal.logNotAuthorised(stranger)) {
            try state.apply(stranger, from: 0, batch, held: world.held)
        }
    }

    @Test("a suspended log is as if it were not there, and what names it waits", arguments: UInt64(1)...20)
    func suspension(seed: UInt64) throws {
        let world = try World.random(seed: seed)
        var choices = Choices(seed: seed)
        let log = world.logs[choices.below(world.logs.count)]
        var after = world.state().suspending(log, held: world.held)
        // The same evidence first, the entries later.
        let settled = CooperativeState(genesis: world.genesis, hashing: suite)
        var before = settled.overlay(convicted: [log], held: EntriesInMemory())
        before.replay(world.held)
        #expect(after.digest() == before.digest())
        #expect(after.suspended.map(\.log) == [log])
        for entry in after.waitingEntries() { #expect(entry.source.log != log) }
        for application in after.applicationViews() {
            for field in application.fields {
                for value in field.values { #expect(value.source.log != log) }
            }
        }
    }

    @Test("a saved state is the same state and goes on as one", arguments: UInt64(1)...20)
    func snapshot(seed: UInt64) throws {
        let world = try World.random(seed: seed, entries: 120)
        var state = CooperativeState(genesis: world.genesis, hashing: suite)
        var kept: [[Int]: StateChunk] = [:]
        for log in world.logs {
            while let size = state.size(of: log), let rest = world.held.entries(log: log, from: size.next) {
                let count = min(7, rest.count)
                let batch = HeldBatch(
                    EntryBatch((0..<count).map { Array(rest.entries[$0]) }),
                    leafHashes: Array(rest.leafHashes.prefix(count)))
                try state.apply(log, from: size.next, batch, held: world.held)
                for chunk in state.snapshotChunks() { kept[[chunk.table, chunk.number]] = chunk }
                state = try CooperativeState(
                    restoring: Array(kept.values), genesis: world.genesis, hashing: suite)
                let digest = state.digest()
                #expect(state.rehash() == digest)
            }
        }
        var whole = world.state()
        #expect(state.digest() == whole.digest())
        #expect(state.waitingEntries() == whole.waitingEntries())
        #expect(state.applicationViews() == whole.applicationViews())
        #expect(state.voidCounts().map(\.count) == whole.voidCounts().map(\.count))
    }

    @Test("a saved state that lacks a chunk or a byte is refused, or is whole all the same",
          arguments: UInt64(1)...5)
    func damagedSnapshot(seed: UInt64) throws {
        let world = try World.random(seed: seed)
        var state = world.state()
        let chunks = state.snapshotChunks()
        let digest = state.digest()
        var refused = 0
        for position in chunks.indices where !chunks[position].bytes.isEmpty {
            let chunk = chunks[position]
            let shorter = StateChunk(
                table: chunk.table, number: chunk.number, bytes: Array(chunk.bytes.dropLast()))
            for damaged in [[], [shorter]] {
                let left = chunks[..<position] + damaged + chunks[(position + 1)...]
                do throws(SnapshotRefusal) {
                    // Names that the genesis gives need no chunk.
                    var restored = try CooperativeState(
                        restoring: Array(left), genesis: world.genesis, hashing: suite)
                    let isWhole = restored.rehash() == digest
                    #expect(isWhole)
                } catch { refused += 1 }
            }
        }
        #expect(refused > chunks.count)
    }
}
