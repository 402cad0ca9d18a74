// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal

extension World {
    /// A world with entries of every kind, sound and void, some of which wait for ever.
    static func random(seed: UInt64, founders: Int = 4, entries: Int = 60) throws -> World {
        var world = try World(founders: founders)
        var choices = Choices(seed: seed)
        var written: [EntryReference] = []
        var founded: [String] = []
        for _ in 0..<entries {
            let author = choices.below(founders)
            let others = written.filter { $0.log != world.logs[author] }
            var named = others.filter { _ in choices.below(4) == 0 }.suffix(3)
            if choices.below(12) == 0, let log = world.logs.first(where: { $0 != world.logs[author] }) {
                let index = EntryIndex(known: choices.below(40))
                named.append(EntryReference(log: log, index: index, leaf: suite.hash([UInt8(choices.below(9))])))
            }
            let references = Dictionary(grouping: named) { "\($0.log)/\($0.index)" }.values.map { $0[0] }
            let entry = world.entry(&choices, author, references, founded)
            let place = world.append(entry, by: author)
            written.append(place)
            if case .some(let body) = try? Entry.parse(entry), body.kind == ApplicationFounded.number,
               let founding = try? ApplicationFounded.parse(Array(body.body)) {
                founded.append(founding.id(leaf: place.leaf))
            }
        }
        return world
    }

    private func entry(
        _ choices: inout Choices, _ author: Int, _ references: [EntryReference], _ founded: [String]
    ) -> [UInt8] {
        let application = choices.below(3) == 0 ? founded.randomElement(using: &choices) ?? "zaak" : "zaak"
        let value = CBOR.integer(Int64(choices.below(5)))
        switch choices.below(10) {
        case 0:
            let month = CivilMonth(monthNumber: 24_312 + choices.below(9))
            return Heartbeat(date: month?.firstDay ?? genesis.date).entry()
        case 1:
            let pins = [TLSPin(suite.hash([UInt8(choices.below(9))]).value)]
            return Contact(pins: pins, endpoints: [])?.entry() ?? []
        case 2:
            guard let slug = Slug("nieuw\(choices.below(9))"),
                  let founding = ApplicationFounded(slug: slug, name: "Nieuw")
            else { preconditionFailure("a slug and a name") }
            return founding.entry()
        case 3, 4:
            let events = Int64(choices.below(50))
            return World.flush(
                provider: choices.below(2), consumer: author, side: choices.below(2) == 0 ? .provider : .consumer,
                events: events, retracted: Int64(choices.below(60)), month: 24_312 + choices.below(2))
        case 5:
            return change(&choices, application, references)
        case 6:
            return Entry.encode(kind: 64, body: [0x00], references: references)
        case 7:
            return Entry.encode(
                kind: UInt16(500 + choices.below(5)), body: value.encode(), references: references,
                commitment: TextCommitment(suite.hash([1]).value))
        case 8: return Destroyed(index: EntryIndex(known: choices.below(9))).entry()
        default:
            return World.edit(application, CatalogueField(choices.below(3) + 1), value, naming: references)
        }
    }

    private func change(
        _ choices: inout Choices, _ application: String, _ references: [EntryReference]
    ) -> [UInt8] {
        let sorted = references.sorted()
        let element = CBOR.text("e\(choices.below(3))").encode()
        let added = [ApplicationEdit.Change(set: .platforms, element: element, removes: [])]
        let removed = [ApplicationEdit.Change(set: .platforms, element: element, removes: Array(sorted.indices))]
        let isRemoval = choices.below(2) == 0
        let edit = ApplicationEdit(
            application: application, writes: [], additions: isRemoval ? [] : added,
            removals: isRemoval ? removed : [])
        return Entry.encode(kind: ApplicationEdit.number, body: edit.encode(), references: sorted)
    }
}
