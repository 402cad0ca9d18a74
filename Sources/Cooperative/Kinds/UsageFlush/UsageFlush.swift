// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Which side of a use was metered. Spec: Protocol/kinds.md §2.
public enum UsageSide: Int, Sendable, CaseIterable, Comparable {
    case provider = 0
    case consumer = 1

    /// Provider first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What usage is counted by. Spec: Protocol/kinds.md §2.
public struct UsageCell: Hashable, Sendable, Comparable {
    /// The application's id.
    public let application: String
    /// Who offered the use.
    public let provider: OIN
    /// Who used it.
    public let consumer: OIN
    /// The tariff class.
    public let tariffClass: String
    /// The month.
    public let month: CivilMonth
    /// The side that counted.
    public let side: UsageSide

    /// A cell. The application's id is a slug of at most 73 bytes, the class one of at most 32; a flush is not
    /// made of others.
    public init(
        application: String, provider: OIN, consumer: OIN, tariffClass: String, month: CivilMonth,
        side: UsageSide
    ) {
        self.application = application
        self.provider = provider
        self.consumer = consumer
        self.tariffClass = tariffClass
        self.month = month
        self.side = side
    }

    /// The order of the wire.
    public static func < (left: Self, right: Self) -> Bool {
        if left.application != right.application { return left.application.utf8Precedes(right.application) }
        if left.provider != right.provider { return left.provider < right.provider }
        if left.consumer != right.consumer { return left.consumer < right.consumer }
        if left.tariffClass != right.tariffClass { return left.tariffClass.utf8Precedes(right.tariffClass) }
        return left.month == right.month ? left.side < right.side : left.month < right.month
    }
}

/// A cell and its counters.
public struct CountedCell: Hashable, Sendable {
    /// The cell.
    public let cell: UsageCell
    /// The counters since the log began.
    public let counters: UsageCounters

    /// Joins a cell and its counters.
    public init(_ cell: UsageCell, _ counters: UsageCounters) { (self.cell, self.counters) = (cell, counters) }
}

/// Kind 96: cumulative counters of cells. Spec: Protocol/kinds.md §2.
public struct UsageFlush: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 96
    static let name = "usage flush"

    /// In the order of the wire, each cell once, 1 to 2,000.
    public let cells: [CountedCell]

    init(sorted cells: [CountedCell]) { self.cells = cells }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> UsageFlush {
        try withBodyBytes(body, orElse: .cellsShape) { cursor throws(VoidReason) in try UsageFlush(cursor) }
    }

    init(_ body: BodyCursor) throws(VoidReason) {
        var columns = CellColumns()
        try Self.read(body, into: &columns)
        func name(_ dictionary: Int, _ column: Int, _ cell: Int) -> String {
            columns.name(columns.start(ofDictionary: dictionary) + columns.number(column, cell), in: body).utf8Text
        }
        cells = try (0..<columns.cellCount).map { cell throws(VoidReason) in
            guard let provider = OIN(name(1, 1, cell)), let consumer = OIN(name(1, 2, cell)),
                  let month = CivilMonth(monthNumber: columns.number(4, cell)),
                  let side = UsageSide(rawValue: columns.number(5, cell))
            else { throw .cellsShape }
            return CountedCell(
                UsageCell(
                    application: name(0, 0, cell), provider: provider, consumer: consumer,
                    tariffClass: name(2, 3, cell), month: month, side: side),
                columns.counters(from: 6, cell))
        }
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        let applications = CellDictionary(cells.map(\.cell.application))
        let parties = CellDictionary(cells.flatMap { [$0.cell.provider.digits, $0.cell.consumer.digits] })
        let classes = CellDictionary(cells.map(\.cell.tariffClass))
        var writer = CBORWriter(capacity: 128 + cells.count * 32)
        writer.array(count: 4)
        applications.write(to: &writer)
        parties.write(to: &writer)
        classes.write(to: &writer)
        writer.array(count: 11)
        writer.list(cells) { $0.integer(applications.position($1.cell.application)) }
        writer.list(cells) { $0.integer(parties.position($1.cell.provider.digits)) }
        writer.list(cells) { $0.integer(parties.position($1.cell.consumer.digits)) }
        writer.list(cells) { $0.integer(classes.position($1.cell.tariffClass)) }
        writer.list(cells) { $0.integer(Int($1.cell.month.monthNumber)) }
        writer.list(cells) { $0.integer($1.cell.side.rawValue) }
        writer.counters(cells.map(\.counters))
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        let flush = try entry.withBody { cursor throws(VoidReason) in try UsageFlush(cursor) }
        return "\(flush.cells.count) cells, \(flush.cells.reduce(0) { $0 + $1.counters.events }) events"
    }
}

/// The names that cells use, sorted.
struct CellDictionary {
    private let names: [String]
    private let positions: [String: Int]

    init(_ used: [String]) {
        names = Set(used).sorted { $0.utf8Precedes($1) }
        positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    func position(_ name: String) -> Int {
        guard let position = positions[name] else { preconditionFailure("every used name is in the dictionary") }
        return position
    }

    func write(to writer: inout CBORWriter) { writer.list(names) { $0.text($1) } }
}

extension CBORWriter {
    /// The four counters and the inbox position, column by column.
    mutating func counters(_ cells: [UsageCounters]) {
        list(cells) { $0.integer($1.eventsCounted) }
        list(cells) { $0.integer($1.eventsRetracted) }
        list(cells) { $0.integer($1.quantityCounted) }
        list(cells) { $0.integer($1.quantityRetracted) }
        list(cells) { $0.integer($1.inboxPosition) }
    }
}
