// SPDX-License-Identifier: EUPL-1.2
import Journal

extension UsageFlush {
    /// Flush entries that hold these cells, as few as fit 2,000 cells and the bound of an entry; none for no
    /// cells. Cells are sorted here; each stands once.
    public static func entries(_ cells: [CountedCell]) -> [[UInt8]] {
        let sorted = cells.sorted { $0.cell < $1.cell }
        precondition(
            zip(sorted, sorted.dropFirst()).allSatisfy { $0.cell < $1.cell }, "a cell is flushed once")
        var entries: [[UInt8]] = []
        var rest = sorted[...]
        while !rest.isEmpty {
            var count = min(rest.count, CooperativeLimits.cells)
            var entry = UsageFlush(sorted: Array(rest.prefix(count))).entry()
            while entry.count > Limits.entryBytes {
                // One cell always fits: its names are short.
                count = max(1, count * Limits.entryBytes / entry.count - 1)
                entry = UsageFlush(sorted: Array(rest.prefix(count))).entry()
            }
            entries.append(entry)
            rest = rest.dropFirst(count)
        }
        return entries
    }
}
