// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// W2: entries of some 200 bytes over 400 logs. Nineteen in twenty are usage flushes of two cells of the author, the
/// others edits of an application's field that name the write which they replace.
struct CatchUpWorkload {
    static let seed: UInt64 = 20_260_102
    static let registers = 1_000

    private let network: BenchNetwork
    private let authors: [OIN]
    private let applications: [String]
    private let months: [CivilMonth]
    private var random = SeededRandom(seed: seed)
    private var events: [Int32]
    private var quantities: [Int32]
    private var book = RegisterBook(registers: registers)
    private(set) var logs: AuthorLogs
    private var position: Int64 = 0

    init(_ network: BenchNetwork) throws {
        self.network = network
        authors = (0..<BenchNetwork.authorCount).map(network.author)
        applications = (0..<BenchNetwork.applicationCount).map(BenchNetwork.applicationID)
        months = [CivilMonth(year: 2026, month: 1)].compactMap { $0 }
        let cells = BenchNetwork.authorCount * BenchNetwork.applicationCount
        events = Array(repeating: 0, count: cells)
        quantities = Array(repeating: 0, count: cells)
        logs = try AuthorLogs(network)
    }

    /// Adds `count` entries by authors drawn evenly.
    mutating func add(_ count: Int) {
        for _ in 0..<count { add(by: random.below(BenchNetwork.authorCount)) }
    }

    /// Signs what was added, one page an author.
    mutating func signAll() throws -> [AdmittedPage] { try logs.signAll() }

    /// What one cell's counters say at the end, for checks.
    func total(_ application: Int, _ author: Int) -> (cell: UsageCell, events: Int64) {
        let place = application * BenchNetwork.authorCount + author
        return (cell(application, author), Int64(events[place]))
    }

    private mutating func add(by author: Int) {
        if random.chance(5) {
            // The value makes the entry as long as the others, which name no entry.
            let register = random.below(Self.registers)
            book.write(register, random.text32(), by: author, into: &logs, &random)
            return
        }
        let first = random.below(BenchNetwork.applicationCount)
        let second = (first + 1 + random.below(BenchNetwork.applicationCount - 1)) % BenchNetwork.applicationCount
        position += 2
        for entry in UsageFlush.entries([count(first, author), count(second, author)]) {
            _ = logs.add(entry, by: author)
        }
    }

    private mutating func count(_ application: Int, _ author: Int) -> CountedCell {
        let place = application * BenchNetwork.authorCount + author
        let grown = Int32(10 + random.below(40))
        events[place] += grown
        quantities[place] += grown * Int32(1 + random.below(20))
        return CountedCell(
            cell(application, author),
            UsageCounters(
                eventsCounted: Int64(events[place]), quantityCounted: Int64(quantities[place]),
                inboxPosition: position))
    }

    private func cell(_ application: Int, _ author: Int) -> UsageCell {
        let lead = application % BenchNetwork.authorCount
        let isOwn = lead == author
        return UsageCell(
            application: applications[application], provider: authors[lead],
            consumer: isOwn ? authors[(author + 1) % authors.count] : authors[author],
            tariffClass: BenchNetwork.tariffClass, month: months[0], side: isOwn ? .provider : .consumer)
    }
}
