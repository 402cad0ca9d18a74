// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Notation
import Testing

@Suite("Rows of one log, Protocol/state.md §5")
struct RowsLimitTests {
    private static let limit = CooperativeLimits.catalogueRows

    /// An edit that adds so many elements to a set of an application.
    private static func additions(_ count: Int, from first: Int = 0, of application: String = "zaak") -> [UInt8] {
        let changes = (first..<first + count).map {
            ApplicationEdit.Change(
                set: CatalogueSet(rawValue: 200), element: CBOR.integer(Int64($0)).encode(), removes: [])
        }
        let edit = ApplicationEdit(application: application, writes: [], additions: changes, removals: [])
        return Entry.encode(kind: ApplicationEdit.number, body: edit.encode())
    }

    /// A founder's log that asks for exactly as many rows as it may, and ends with what is one too many.
    private static func full() throws -> World {
        var world = try World(founders: 4)
        for first in stride(from: 0, to: limit, by: 8_192) { world.append(additions(8_192, from: first), by: 0) }
        world.append(additions(1, from: limit), by: 0)
        return world
    }

    @Test("entries count up to the bound, and from the one that passes it on none that asks for rows")
    func bound() throws {
        var world = try Self.full()
        let state = world.state()
        #expect(state.elements.rows.count == Self.limit)
        #expect(state.voids[.rowsLimit] == 1)
        let slug = try #require(Slug("meer"))
        world.append(try #require(ApplicationFounded(slug: slug, name: "Meer")).entry(), by: 0)
        world.append(World.edit("zaak", .name, .text("van een ander")), by: 1)
        let more = world.state()
        #expect(more.voids[.rowsLimit] == 2 && more.foundings.rows.isEmpty)
        #expect(more.registers.rows.count == 1)
    }

    @Test("what waits for an application or an entry is counted once, in every order",
          arguments: 0..<6 as Range<UInt64>)
    func anyOrder(seed: UInt64) throws {
        var world = try World(founders: 4)
        let slug = try #require(Slug("later"))
        let founded = try #require(ApplicationFounded(slug: slug, name: "Later"))
        let id = founded.id(leaf: suite.leafHash(founded.entry()))
        let write = World.edit("zaak", .name, .text("x"))
        let later = EntryReference(log: world.logs[2], index: 1, leaf: suite.leafHash(write))
        // Four parts: edits that wait for an application, an edit that waits for an entry, plain ones, one too many.
        for first in stride(from: 0, to: 40_000, by: 8_000) {
            world.append(Self.additions(8_000, from: first, of: id), by: 0)
        }
        world.append(World.edit("zaak", .name, .text("wacht"), naming: [later]), by: 0)
        world.append(Self.additions(Self.limit - 40_000 - 2 - 15_000, from: 50_000), by: 0)
        world.append(Self.additions(15_000, from: 90_000), by: 0)
        world.append(Self.additions(1, from: 120_000, of: id), by: 0)
        world.append(Self.additions(1, from: 130_000), by: 0)
        world.append(founded.entry(), by: 1)
        world.append(write, by: 2)
        var choices = Choices(seed: seed)
        var state = try world.state(interleavedBy: &choices)
        var ordered = world.state()
        #expect(state.digest() == ordered.digest())
        #expect(state.voids[.rowsLimit] == 2)
        #expect(state.logs[Int(try #require(state.logNumber(world.logs[0])))].declared.catalogue == Self.limit + 2)
    }

    @Test("cells have a bound of their own")
    func cells() throws {
        var world = try World(founders: 4)
        let flush = World.flush(provider: 0, consumer: 1, side: .provider, events: 1)
        let number = try #require(world.state().logNumber(world.logs[0]))
        for (before, isCounted) in [(CooperativeLimits.usageCells - 1, true), (CooperativeLimits.usageCells, false)] {
            var state = world.state()
            state.logs[Int(number)].declared = DeclaredRows(catalogue: Self.limit, usage: before)
            let size = world.held.size(of: world.logs[0])
            try state.apply(
                world.logs[0], from: size.next, HeldBatch(EntryBatch([flush]), leafHashes: [suite.leafHash(flush)]),
                held: world.held)
            #expect((state.usage.rows.count == 1) == isCounted)
            #expect(state.voids[.rowsLimit] == (isCounted ? nil : 1))
        }
        world.append(flush, by: 0)
        #expect(world.state().usage.rows.count == 1)
    }

    @Test("the bound on cells is the one of the vectors",
          arguments: ProtocolVectors.valid("limits") + ProtocolVectors.invalid("limits"))
    func vectors(_ vector: VectorCase) {
        guard vector.text("reads") == "flushes" else { return }
        func rows(_ name: String) -> DeclaredRows {
            let body = vector.list(name).flatMap { part -> [UInt8] in
                let bytes = Hexadecimal.decode(part.elements?.first?.text ?? "") ?? []
                return (0..<(part.elements?.last?.wholeNumber ?? 0)).flatMap { _ in bytes }
            }
            return DeclaredRows(of: [0x83, 0x01, 0x18, 0x60] + body)
        }
        let (one, last) = (rows("before"), rows("parts"))
        #expect(one.usage == 2_000 && last.usage > 0)
        let total = DeclaredRows(usage: one.usage * vector.number("times") + last.usage)
        #expect(total.isPassed(by: last) == (vector.reason == "rows-limit"))
    }

    @Test("a snapshot keeps the count")
    func snapshot() throws {
        let world = try Self.full()
        #expect(DeclaredRows(of: Self.additions(7)) == DeclaredRows(catalogue: 7))
        #expect(DeclaredRows(of: [1, 2, 3]) == DeclaredRows())
        var state = world.state()
        var restoration = StateRestoration(genesis: world.genesis, hashing: suite)
        for chunk in state.snapshotChunks() { try restoration.take(chunk) }
        let restored = try restoration.finish()
        #expect(restored.logs.map(\.declared) == state.logs.map(\.declared))
    }
}
