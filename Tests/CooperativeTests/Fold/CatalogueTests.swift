// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Catalogue: conflicts, waiting, rights, Protocol/kinds.md §1 and Protocol/state.md §1")
struct CatalogueTests {
    /// Two participants wrote one field without knowing of each other.
    static func conflict() throws -> (world: World, writes: [EntryReference]) {
        var world = try World(founders: 4)
        let first = world.append(World.edit("zaak", .name, .text("Een")), by: 0)
        let second = world.append(World.edit("zaak", .name, .text("Twee")), by: 1)
        return (world, [first, second])
    }

    @Test("concurrent edits are both kept and shown as a conflict")
    func bothKept() throws {
        let (world, _) = try Self.conflict()
        let view = try #require(world.state().application("zaak"))
        #expect(view.conflicts.map(\.field) == [.name])
        #expect(Set(view.values(.name).map(\.value)) == [CBOR.text("Een").encode(), CBOR.text("Twee").encode()])
    }

    @Test("an edit made against the state ends the conflict", arguments: 0..<3)
    func resolution(author: Int) throws {
        var (world, _) = try Self.conflict()
        let view = try #require(world.state().application("zaak"))
        var draft = EditDraft(view, author: world.logs[author])
        draft.resolve(.name, with: .text("Twee"))
        for entry in try draft.entries() { world.append(entry, by: author) }
        let resolved = try #require(world.state().application("zaak"))
        #expect(resolved.conflicts.isEmpty)
        #expect(resolved.values(.name).map(\.value) == [CBOR.text("Twee").encode()])
        #expect(resolved.values(.name).first?.source.author == World.oin(author + 1))
    }

    @Test("a write after a resolution that nobody named is a conflict again")
    func laterWrite() throws {
        var (world, writes) = try Self.conflict()
        world.append(World.edit("zaak", .name, .text("Drie"), naming: writes), by: 2)
        world.append(World.edit("zaak", .name, .text("Vier")), by: 1)
        #expect(world.state().application("zaak")?.conflicts.count == 1)
    }

    @Test("an element that was added again without being named survives a removal")
    func observedRemove() throws {
        var world = try World(founders: 4)
        let before = try #require(world.state().application("zaak"))
        var adding = EditDraft(before, author: world.logs[0])
        adding.add(.platforms, .text("web"))
        world.append(try #require(try adding.entries().first), by: 0)
        var removing = EditDraft(try #require(world.state().application("zaak")), author: world.logs[1])
        removing.remove(.platforms, .text("web"))
        let again = EditDraft(before, author: world.logs[2])
        var concurrent = again
        concurrent.add(.platforms, .text("web"))
        world.append(try #require(try concurrent.entries().first), by: 2)
        world.append(try #require(try removing.entries().first), by: 1)
        let elements = try #require(world.state().application("zaak")).elements(.platforms)
        #expect(elements.map(\.sources.count) == [1])
        #expect(elements.first?.sources.first?.log == world.logs[2])
    }

    @Test("an edit waits for what it names and is released when that comes")
    func waiting() throws {
        var (world, writes) = try Self.conflict()
        world.append(World.edit("zaak", .name, .text("Drie"), naming: writes), by: 2)
        var state = CooperativeState(genesis: world.genesis, hashing: suite)
        for position in [2, 0] {
            let all = try #require(world.held.entries(log: world.logs[position], from: .zero))
            try state.apply(world.logs[position], from: .zero, all, held: world.held)
        }
        #expect(state.waitingEntries().map(\.reason) == [.entry(world.logs[1], 1)])
        #expect(state.application("zaak")?.values(.name).map(\.source.log) == [world.logs[0]])
        let rest = try #require(world.held.entries(log: world.logs[1], from: .zero))
        try state.apply(world.logs[1], from: .zero, rest, held: world.held)
        #expect(state.waitingEntries().isEmpty)
        #expect(state.application("zaak")?.values(.name).map(\.source.log) == [world.logs[2]])
        let isWhole = state.rows() == world.state().rows()
        #expect(isWhole)
    }

    @Test("a reference with another leaf hash makes an edit void")
    func mismatch() throws {
        var (world, writes) = try Self.conflict()
        let wrong = EntryReference(log: writes[0].log, index: writes[0].index, leaf: suite.hash([1]))
        world.append(World.edit("zaak", .name, .text("Drie"), naming: [wrong]), by: 2)
        let own = world.append(World.edit("zaak", .licence, .text("MIT")), by: 2)
        world.append(World.edit("zaak", .name, .text("Vier"), naming: [own]), by: 2)
        let counts = world.state().voidCounts().map { "\($0.reason) \($0.count)" }
        #expect(counts == ["reference-mismatch 1", "reference-own-log 1"])
    }

    @Test("who takes no part in an application may not edit it; a founder may edit its own")
    func rights() throws {
        var world = try World(founders: 4)
        world.append(World.edit("zaak", .name, .text("Drie")), by: 3)
        #expect(world.state().voidCounts().map(\.reason) == [.editNotParticipant])
        let slug = try #require(Slug("nieuw"))
        let founding = try #require(ApplicationFounded(slug: slug, name: "Nieuw"))
        let place = world.append(founding.entry(), by: 3)
        let id = founding.id(leaf: place.leaf)
        world.append(World.edit(id, .name, .text("Nieuw")), by: 3)
        world.append(World.edit(id, .name, .text("Anders")), by: 0)
        let view = try #require(world.state().application(id))
        #expect(view.lead == World.oin(4) && view.participants == [World.oin(4)])
        #expect(view.values(.name).map(\.value) == [CBOR.text("Nieuw").encode()])
        #expect(world.state().voidCounts().map(\.count) == [2])
    }

    @Test("an edit that changes nothing makes no entry")
    func unchanged() throws {
        var world = try World(founders: 3)
        var draft = EditDraft(try #require(world.state().application("zaak")), author: world.logs[0])
        draft.set(.name, .text("Een"))
        draft.clear(.licence)
        draft.remove(.platforms, .text("web"))
        world.append(try #require(try draft.entries().first), by: 0)
        var again = EditDraft(try #require(world.state().application("zaak")), author: world.logs[1])
        again.set(.name, .text("Een"))
        #expect(again.isEmpty)
        #expect(try again.entries().isEmpty)
    }

    @Test("an import writes only what differs, empties what the file lost, and splits what does not fit")
    func publicCode() throws {
        var world = try World(founders: 3)
        var record = PublicCodeRecord()
        record.name = "Zaak"
        record.url = "https://example.org/zaak"
        record.platforms = ["web", "linux"]
        record.descriptions = (0..<9).map {
            .init(
                language: "l\($0)", shortDescription: "kort",
                longDescription: String(repeating: "lang", count: 2_400), features: ["f"])
        }
        func take(_ record: PublicCodeRecord, by author: Int) throws -> [[UInt8]] {
            let view = try #require(world.state().application("zaak"))
            var draft = EditDraft(view, author: world.logs[author])
            let file = PublicCodeImport(
                record: record, source: "publiccode.yml", grade: "A", errorCount: 0, warningCount: 2)
            draft.take(file, over: view)
            return try draft.entries()
        }
        let entries = try take(record, by: 0)
        #expect(entries.count == 2 && entries.allSatisfy { $0.count <= Limits.entryBytes })
        for entry in entries { world.append(entry, by: 0) }
        #expect(try take(record, by: 1).isEmpty)
        record.url = nil
        record.platforms = ["linux"]
        record.descriptions.removeLast()
        let changes = try take(record, by: 1)
        #expect(changes.count == 1)
        for entry in changes { world.append(entry, by: 1) }
        let state = world.state()
        #expect(state.voidCounts().isEmpty && state.waitingEntries().isEmpty)
        let view = try #require(state.application("zaak"))
        #expect(view.values(.repository).map(\.value) == [CBOR.null.encode()])
        #expect(view.elements(.platforms).map(\.element) == [CBOR.text("linux").encode()])
        #expect(view.values(.longDescription("l8")).map(\.value) == [CBOR.null.encode()])
        #expect(view.conflicts.isEmpty)
    }
}
