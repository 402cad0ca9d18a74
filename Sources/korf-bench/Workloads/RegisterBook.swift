// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Registers as their writers see them: each write names the standing writes of others that its author has seen, and
/// one in ten has not seen the newest, so that concurrent values stand beside each other.
struct RegisterBook {
    static let fieldBase = 1_000
    private let fieldsPerApplication: Int
    private var standing: [[EntryReference]]

    init(registers: Int) {
        fieldsPerApplication = registers / BenchNetwork.sharedApplications
        standing = Array(repeating: [], count: registers)
    }

    /// Writes a register: an application edit by `author`.
    mutating func write(
        _ register: Int, _ value: String, by author: Int, into logs: inout AuthorLogs, _ random: inout SeededRandom
    ) {
        let own = logs.id(author)
        let before = standing[register]
        let seen = before.count > 0 && random.chance(10) ? Array(before.dropLast()) : before
        let named = seen.filter { $0.log != own }.sorted()
        let entry = edit(register, value, naming: named)
        let reference = logs.add(entry, by: author)
        standing[register] = before.filter { $0.log != own && !seen.contains($0) } + [reference]
    }

    /// The entry: one field, its value, the positions of the references that it replaces. Protocol/kinds.md §1.
    private func edit(_ register: Int, _ value: String, naming named: [EntryReference]) -> [UInt8] {
        let named = Array(named.prefix(Limits.entryReferences))
        var writer = CBORWriter(capacity: 128)
        writer.map(count: 2)
        writer.integer(1)
        writer.text(BenchNetwork.applicationID(register / fieldsPerApplication))
        writer.integer(2)
        writer.array(count: 1)
        writer.array(count: 3)
        writer.integer(Self.fieldBase + register % fieldsPerApplication)
        writer.text(value)
        writer.array(count: named.count)
        for position in named.indices { writer.integer(position) }
        return Entry.encode(kind: 64, body: writer.bytes, references: named)
    }

    /// How many values stand in a register.
    func standingCount(_ register: Int) -> Int { standing[register].count }

    /// The application and field of a register.
    func place(_ register: Int) -> (application: String, field: CatalogueField) {
        (BenchNetwork.applicationID(register / fieldsPerApplication),
         CatalogueField(Self.fieldBase + register % fieldsPerApplication))
    }
}
