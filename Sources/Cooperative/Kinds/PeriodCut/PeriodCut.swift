// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 99: what of a month counts between two parties, as of an epoch. Both sign the same bytes, and then the
/// month is closed. Spec: Protocol/kinds.md §5.
public struct PeriodCut: Hashable, Sendable {
    /// The number of the kind of entry.
    public static let entryKind: UInt16 = 99

    /// One cell between the two.
    public struct Cell: Hashable, Comparable, Sendable {
        /// The application's id.
        public let application: String
        /// The tariff class.
        public let tariffClass: String
        /// Whether the party with the lower OIN provides.
        public let isProvidedByLower: Bool
        /// The provider's net count, where it has one.
        public let providerCount: Int64?
        /// The consumer's net count, where it has one.
        public let consumerCount: Int64?
        /// The quantity on which the two settled, where they did; else the counts are compared.
        public let settled: Int64?

        /// Joins the parts.
        public init(
            application: String, tariffClass: String, isProvidedByLower: Bool, providerCount: Int64?,
            consumerCount: Int64?, settled: Int64?
        ) {
            (self.application, self.tariffClass) = (application, tariffClass)
            self.isProvidedByLower = isProvidedByLower
            (self.providerCount, self.consumerCount, self.settled) = (providerCount, consumerCount, settled)
        }

        /// The order of the wire: application, class, side.
        public static func < (left: Self, right: Self) -> Bool {
            if left.application != right.application { return left.application.utf8Precedes(right.application) }
            if left.tariffClass != right.tariffClass { return left.tariffClass.utf8Precedes(right.tariffClass) }
            return left.isProvidedByLower && !right.isProvidedByLower
        }

        fileprivate var columns: [Int] {
            [isProvidedByLower ? 0 : 1] + [providerCount, consumerCount, settled].map { $0.map { Int($0) + 1 } ?? 0 }
        }
    }

    /// The month.
    public let month: CivilMonth
    /// The party with the lower OIN.
    public let lower: OIN
    /// The party with the higher OIN.
    public let higher: OIN
    /// The number of the epoch.
    public let epoch: Int
    /// The hash of its header; of E_0 the network id.
    public let epochHash: Hash
    /// In the order of the wire, each once.
    public let cells: [Cell]

    /// `nil` where the two are one, for more than 2,000 cells, one cell twice, or a count outside 0 to 2^62.
    /// Cells are sorted here.
    public init?(
        month: CivilMonth, between one: OIN, and other: OIN, epoch: Int, epochHash: Hash, cells: [Cell]
    ) {
        let sorted = cells.sorted()
        let counts = cells.flatMap { [$0.providerCount, $0.consumerCount, $0.settled] }.compactMap(\.self)
        guard one != other, epoch >= 0, sorted.count <= CooperativeLimits.cells,
              zip(sorted, sorted.dropFirst()).allSatisfy(<),
              counts.allSatisfy({ (0...UsageCounters.largest).contains($0) })
        else { return nil }
        (self.month, lower, higher) = (month, min(one, other), max(one, other))
        (self.epoch, self.epochHash, self.cells) = (epoch, epochHash, sorted)
    }

    /// Who provides and who uses what a cell of it is about.
    public func parties(of cell: Cell) -> (provider: OIN, consumer: OIN) {
        cell.isProvidedByLower ? (lower, higher) : (higher, lower)
    }

    /// The canonical bytes of the body: the same whoever of the two writes them.
    public func encode() -> [UInt8] {
        let applications = CellDictionary(cells.map(\.application))
        let classes = CellDictionary(cells.map(\.tariffClass))
        let columns = cells.map(\.columns)
        var writer = CBORWriter(capacity: 128 + cells.count * 12)
        writer.array(count: 8)
        writer.integer(Int(month.monthNumber))
        writer.text(lower.digits)
        writer.text(higher.digits)
        writer.integer(epoch)
        writer.bytes(epochHash)
        applications.write(to: &writer)
        classes.write(to: &writer)
        writer.array(count: 6)
        writer.list(cells) { $0.integer(applications.position($1.application)) }
        writer.list(cells) { $0.integer(classes.position($1.tariffClass)) }
        for column in 0..<4 { writer.list(columns) { $0.integer($1[column]) } }
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.entryKind, body: encode()) }
}
