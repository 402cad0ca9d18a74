// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// W1: 1,000,000 counter updates of 100,000 keys and 100,000 writes of 20,000 registers by 400 authors, in ten rounds
/// of one signed page an author. Three updates in four come from the key's own member, which counts as provider; the
/// others count what they consumed. Each update stands on the wire by itself: an entry holds a cell once, so a second
/// update of a cell begins a new entry.
struct MergeWorkload {
    static let seed: UInt64 = 20_260_101
    static let updates = 1_000_000
    static let keys = 100_000
    static let writes = 100_000
    static let registers = 20_000
    static let rounds = 10

    private let authors: [OIN]
    private let months: [CivilMonth]
    private var random = SeededRandom(seed: seed)
    private var logs: AuthorLogs
    private var pending: [[UInt64: CountedCell]]
    private(set) var book = RegisterBook(registers: registers)
    /// Totals by key and author.
    private(set) var totals: [UInt64: UsageCounters] = [:]
    private(set) var entryCount = 0
    private(set) var pages: [Page] = []

    init(_ network: BenchNetwork) throws {
        authors = (0..<BenchNetwork.authorCount).map(network.author)
        months = (0..<25).compactMap { CivilMonth(monthNumber: 2_024 * 12 + $0) }
        logs = try AuthorLogs(network)
        pending = Array(repeating: [:], count: authors.count)
        pages = logs.begun.map { Page(whole: $0) }
        totals.reserveCapacity(400_000)
        for round in 0..<Self.rounds { try makeRound(round) }
    }

    private mutating func makeRound(_ round: Int) throws {
        let updates = Self.updates / Self.rounds
        let perWrite = Self.updates / Self.writes
        for number in 0..<updates {
            // The first round's ninth updates name every key once over all rounds, as in the generator of the peers.
            let isFirst = number % Self.rounds == 0
            let key = isFirst ? round * (Self.keys / Self.rounds) + number / Self.rounds : random.below(Self.keys)
            count(key)
            if number % perWrite == 0 {
                let author = random.below(authors.count)
                book.write(random.below(Self.registers), random.text32(), by: author, into: &logs, &random)
                entryCount += 1
            }
        }
        for author in authors.indices { flush(author) }
        pages += try logs.signAll().map { Page(whole: $0) }
    }

    private mutating func count(_ key: Int) {
        let member = key / 10 % authors.count
        let author = random.chance(75) ? member : random.below(authors.count)
        let pair = UInt64(key) << 16 | UInt64(author)
        if pending[author][pair] != nil { flush(author) }
        var counters = totals[pair, default: UsageCounters()]
        counters.eventsCounted += 1
        counters.quantityCounted += Int64(1 + random.below(49))
        counters.inboxPosition += 1
        totals[pair] = counters
        pending[author][pair] = CountedCell(cell(pair), counters)
    }

    private mutating func flush(_ author: Int) {
        guard !pending[author].isEmpty else { return }
        for entry in UsageFlush.entries(Array(pending[author].values)) {
            _ = logs.add(entry, by: author)
            entryCount += 1
        }
        pending[author] = [:]
    }

    /// The cell of a key and an author.
    func cell(_ pair: UInt64) -> UsageCell {
        let (key, author) = (Int(pair >> 16), Int(pair & 0xFFFF))
        let member = key / 10 % authors.count
        let isOwn = author == member
        return UsageCell(
            application: BenchNetwork.applicationID(key % 10), provider: authors[member],
            consumer: isOwn ? authors[(member + 1) % authors.count] : authors[author],
            tariffClass: BenchNetwork.tariffClass, month: months[key / 4_000], side: isOwn ? .provider : .consumer)
    }

    /// The log of an author.
    func log(_ pair: UInt64) -> LogID { logs.id(Int(pair & 0xFFFF)) }
}
