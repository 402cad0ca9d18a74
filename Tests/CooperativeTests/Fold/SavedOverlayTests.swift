// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Journal
import Testing

@Suite("Fold: what is saved and what is hashed again follows what changed, Protocol/state.md §3 and §4")
struct SavedOverlayTests {
    typealias Kept = [[Int]: StateChunk]

    private static func restored(
        _ kept: Kept, _ genesis: Genesis, on settled: CooperativeState?
    ) throws(SnapshotRefusal) -> CooperativeState {
        var restoration = StateRestoration(genesis: genesis, hashing: suite, on: settled)
        for chunk in kept.values.sorted(by: { ($0.table, $0.number) < ($1.table, $1.number) }) {
            try restoration.take(chunk)
        }
        return try restoration.finish()
    }

    private static func expectSame(_ restored: CooperativeState, _ state: CooperativeState) {
        var (left, right) = (restored, state)
        #expect(left.rehash() == right.digest())
        #expect(restored.rows() == state.rows())
        #expect(restored.decisions() == state.decisions() && restored.members() == state.members())
        #expect(restored.waitingEntries() == state.waitingEntries())
        #expect(restored.applicationViews() == state.applicationViews())
    }

    @Test("an overlay is saved as what differs from the settled state below it, and again as it grows",
          arguments: UInt64(1)...8)
    func differences(seed: UInt64) throws {
        let (cooperation, _) = try Cooperation.random(seed: seed)
        let convicted = Set(cooperation.pens.prefix(1).map(\.log))
        let genesis = cooperation.genesis
        for var settled in cooperation.settled {
            let saved = settled.snapshotChunks(whole: true)
            let base = try CooperativeState(restoring: saved, genesis: genesis, hashing: suite)
            let sizes = Dictionary(uniqueKeysWithValues: cooperation.pens.map { pen in
                let covered = settled.epoch.head(of: pen.log)?.size.count ?? 0
                return (pen.log, (covered + cooperation.held.size(of: pen.log).count + 1) / 2)
            })
            var overlay = settled.overlay(
                convicted: convicted, openings: cooperation.openings,
                held: HeldPrefix(all: cooperation.held, sizes: sizes))
            var kept: Kept = [:]
            for chunk in overlay.snapshotChunks() { kept[[chunk.table, chunk.number]] = chunk }
            Self.expectSame(try Self.restored(kept, genesis, on: base), overlay)
            var again = try Self.restored(kept, genesis, on: settled)
            overlay.replay(cooperation.held)
            again.replay(cooperation.held)
            for chunk in again.snapshotChunks() { kept[[chunk.table, chunk.number]] = chunk }
            Self.expectSame(try Self.restored(kept, genesis, on: base), overlay)
            #expect(throws: SnapshotRefusal.settledState) { try Self.restored(kept, genesis, on: nil) }
            for other in cooperation.settled where other.epoch.number != settled.epoch.number {
                #expect(throws: SnapshotRefusal.settledState) { try Self.restored(kept, genesis, on: other) }
            }
        }
    }

    @Test("on a settled state that was never saved, all of the overlay is")
    func unsaved() throws {
        let (cooperation, _) = try Cooperation.random(seed: 7)
        var overlay = cooperation.overlay()
        var kept: Kept = [:]
        for chunk in overlay.snapshotChunks() { kept[[chunk.table, chunk.number]] = chunk }
        Self.expectSame(try Self.restored(kept, cooperation.genesis, on: nil), overlay)
    }

    @Test("what was tried is what the epoch does, and is taken for no other epoch", arguments: UInt64(1)...8)
    func tried(seed: UInt64) throws {
        let (cooperation, _) = try Cooperation.random(seed: seed)
        let date = try #require(cooperation.last.epoch.date.adding(days: 40))
        // The roots of a random cooperation are made up, and its heads hold all the same.
        let view = EpochView(
            settled: cooperation.last, overlay: cooperation.overlay(), convicted: [], ownDate: date,
            entries: cooperation.held,
            holdings: .init(
                holding: { _ in .held }, held: { cooperation.held.size(of: $0) == .empty ? nil : cooperation.head($0) },
                vector: { _ in nil }, isHeldLong: { _, _ in true }))
        let own = try #require(view.ownProposal())
        let header = cooperation.proposal(own.heads, on: date).header
        let next = Epoch(number: header.number, hash: header.hash(suite), date: date, ruleVersion: 1, heads: own.heads)
        let settled = cooperation.last.settled(by: next, held: cooperation.held)
        _ = view.trigger(own.heads, date)
        let adopted = try #require(view.trials.settled(by: next, header))
        #expect(adopted.epoch == next && adopted.epochs == settled.epochs)
        #expect(adopted.votingSet == settled.votingSet)
        Self.expectSame(adopted, settled)
        let later = Epoch(number: header.number, hash: header.hash(suite), date: date, ruleVersion: 2, heads: own.heads)
        #expect(view.trials.settled(by: later, header) == nil)
    }

    @Test("the buckets double as rows come, and the digest is that of the rows")
    func buckets() throws {
        var world = try World(founders: 3)
        var state = CooperativeState(genesis: world.genesis, hashing: suite)
        var bits: Set<Int> = []
        for turn in 0..<4 {
            let cells = (0..<4_500).map { number in
                CountedCell(
                    UsageCell(
                        application: "app-\(number % 7)", provider: World.oin(1), consumer: World.oin(number + 2),
                        tariffClass: "klasse-\(turn)", month: CivilMonth(monthNumber: 24_312 + turn % 2) ?? .init(
                            containing: world.genesis.date), side: .provider),
                    UsageCounters(
                        eventsCounted: Int64(number + 1), eventsRetracted: Int64(number % 3 == 0 ? 1 : 0),
                        quantityCounted: 1 << 40))
            }
            for entry in UsageFlush.entries(cells) { world.append(entry, by: 0) }
            state = state.overlay(convicted: [], held: world.held)
            #expect(state.digest() == StateDigest.ofRows(state.rows(), suite))
            bits.insert(state.index.bits)
            let restored = try CooperativeState(
                restoring: state.snapshotChunks(whole: true), genesis: world.genesis, hashing: suite)
            Self.expectSame(restored, state)
        }
        #expect(bits.count > 2)
    }

    @Test("a position that shares its first thirty-two bits with another is told apart by the rest")
    func collision() {
        let rows: [UInt32: Hash] = [
            1: suite.hash([1]), 2: suite.hash([2]), 3: suite.hash([3]),
        ]
        let leaves = rows.keys.sorted().map { DigestLeaf(word: 0xABCD_EF01, row: RowReference(.usage, $0)) }
        func expected(_ numbers: [UInt32], _ depth: Int) -> Hash {
            guard let first = numbers.first else { return StateDigest.empty }
            if numbers.count == 1 { return suite.leafHash(first.littleEndianBytes) }
            func isRight(_ number: UInt32) -> Bool {
                depth < 32 ? 0xABCD_EF01 as UInt32 >> UInt32(31 - depth) & 1 == 1
                    : rows[number]?.value.bit(depth) == true
            }
            return suite.nodeHash(
                expected(numbers.filter { !isRight($0) }, depth + 1), expected(numbers.filter(isRight), depth + 1))
        }
        let found = DigestTree(hashing: suite).node(
            leaves[...], depth: 8, rowHash: { suite.leafHash($0.number.littleEndianBytes) },
            position: { rows[$0.number] ?? StateDigest.empty })
        #expect(found == expected([1, 2, 3], 8))
    }
}

extension UInt32 {
    fileprivate var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}
