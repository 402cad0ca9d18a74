// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// All logs that a node accepts, in order of identity, each with what is held of it; and the digest by
/// which two nodes see that they hold the same. Spec: Protocol/exchange.md §1.
public struct HeadTable: Sendable {
    /// The rows in order of log id, each log once. A log that is authorised but empty has a row too.
    public private(set) var rows: [HeadRow]
    private var cachedDigest: Hash?

    /// A table of `rows`, which may come in any order; each log once.
    public init(_ rows: [HeadRow] = []) {
        let sorted = rows.sorted { $0.log < $1.log }
        precondition(zip(sorted, sorted.dropFirst()).allSatisfy { $0.log != $1.log }, "a log has one row")
        self.rows = sorted
    }

    /// The row of `log`; `nil` where the log is not authorised.
    public subscript(log: LogID) -> HeadRow? {
        let position = rows.firstIndexNotBelow(log) { $0.log }
        return position < rows.count && rows[position].log == log ? rows[position] : nil
    }

    /// Replaces or adds the row of one log.
    public mutating func set(_ row: HeadRow) {
        let position = rows.firstIndexNotBelow(row.log) { $0.log }
        if position < rows.count, rows[position].log == row.log {
            guard rows[position] != row else { return }
            rows[position] = row
        } else {
            rows.insert(row, at: position)
        }
        cachedDigest = nil
    }

    /// The head-table digest, computed again only after a change.
    public mutating func digest(_ hashing: some Hashing) -> Hash {
        if let cachedDigest { return cachedDigest }
        var writer = CBORWriter(capacity: rows.count * 80)
        for row in rows where row.isInDigest { row.write(to: &writer) }
        let digest = hashing.hash(writer.bytes)
        cachedDigest = digest
        return digest
    }
}
