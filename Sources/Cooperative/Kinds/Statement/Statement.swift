// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 97: what a member says of one month with one counterparty. Spec: Protocol/kinds.md §3.
public struct Statement: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 97
    static let name = "statement"

    /// A cell between the author and the counterparty.
    public struct Cell: Hashable, Sendable {
        /// The application's id.
        public let application: String
        /// The tariff class.
        public let tariffClass: String
        /// The author's side.
        public let side: UsageSide
        /// The counters since the log began.
        public let counters: UsageCounters

        /// Joins the parts.
        public init(application: String, tariffClass: String, side: UsageSide, counters: UsageCounters) {
            self.application = application
            self.tariffClass = tariffClass
            self.side = side
            self.counters = counters
        }

        static func precedes(_ left: Self, _ right: Self) -> Bool {
            if left.application != right.application { return left.application.utf8Precedes(right.application) }
            if left.tariffClass != right.tariffClass { return left.tariffClass.utf8Precedes(right.tariffClass) }
            return left.side < right.side
        }
    }

    /// The month.
    public let month: CivilMonth
    /// With whom.
    public let counterparty: OIN
    /// The root over the keyed hashes of the records.
    public let root: Hash
    /// How many records.
    public let records: Int
    /// Why a statement replaces an earlier one.
    public let reason: String?
    /// In the order of the wire, each once.
    public let cells: [Cell]

    /// `nil` for more than 2,000 cells, one cell twice, a negative number of records, or a reason that is
    /// empty or longer than 1,000 bytes. Cells are sorted here.
    public init?(
        month: CivilMonth, counterparty: OIN, root: Hash, records: Int, reason: String? = nil, cells: [Cell]
    ) {
        let sorted = cells.sorted(by: Cell.precedes)
        guard sorted.count <= CooperativeLimits.cells, records >= 0,
              zip(sorted, sorted.dropFirst()).allSatisfy(Cell.precedes),
              reason.map({ (1...CooperativeLimits.reasonBytes).contains($0.utf8.count) }) ?? true
        else { return nil }
        self.month = month
        self.counterparty = counterparty
        self.root = root
        self.records = records
        self.reason = reason
        self.cells = sorted
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        let applications = CellDictionary(cells.map(\.application))
        let classes = CellDictionary(cells.map(\.tariffClass))
        var writer = CBORWriter(capacity: 160 + cells.count * 24)
        writer.map(count: reason == nil ? 7 : 8)
        writer.integer(1); writer.integer(Int(month.monthNumber))
        writer.integer(2); writer.text(counterparty.digits)
        writer.integer(3); writer.bytes(root)
        writer.integer(4); writer.integer(records)
        if let reason { writer.integer(5); writer.text(reason) }
        writer.integer(6); applications.write(to: &writer)
        writer.integer(7); classes.write(to: &writer)
        writer.integer(8); writer.array(count: 8)
        writer.list(cells) { $0.integer(applications.position($1.application)) }
        writer.list(cells) { $0.integer(classes.position($1.tariffClass)) }
        writer.list(cells) { $0.integer($1.side.rawValue) }
        writer.counters(cells.map(\.counters))
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        let statement = try entry.withBody { cursor throws(VoidReason) in try Statement(cursor) }
        return "\(statement.month) with \(statement.counterparty): \(statement.records) records, "
            + "\(statement.cells.count) cells"
    }
}
