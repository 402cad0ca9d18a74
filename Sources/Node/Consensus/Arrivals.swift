// SPDX-License-Identifier: EUPL-1.2
import Journal

/// When entries came here, as far back as the hold time; what is older has been held for longer. Nothing of it is
/// durable: what a start finds was held before. Spec: Protocol/consensus.md §5.
struct Arrivals {
    private struct Mark {
        /// Entries below this size had come.
        var size: Int
        let milliseconds: Int64
    }

    let holdMilliseconds: Int
    private var marks: [LogID: [Mark]] = [:]

    init(holdMilliseconds: Int) { self.holdMilliseconds = holdMilliseconds }

    /// What came of a log is another branch now.
    mutating func forget(_ log: LogID) { marks[log] = nil }

    /// A log grew from one size to another.
    mutating func note(_ log: LogID, from before: Int, to size: Int, at milliseconds: Int64) {
        var known = marks[log] ?? [Mark(size: before, milliseconds: milliseconds - Int64(holdMilliseconds) - 1)]
        // The newest mark that is old enough says all that older ones say.
        if let last = known.lastIndex(where: { isLong($0, milliseconds) }) { known.removeFirst(last) }
        if let newest = known.last, newest.milliseconds == milliseconds {
            known[known.count - 1].size = size
        } else {
            known.append(Mark(size: size, milliseconds: milliseconds))
        }
        marks[log] = known
    }

    private func isLong(_ mark: Mark, _ now: Int64) -> Bool { now - mark.milliseconds > Int64(holdMilliseconds) }

    /// Whether an entry that is held has been so for longer than the hold time.
    func isHeldLong(_ log: LogID, _ index: EntryIndex, at milliseconds: Int64) -> Bool {
        guard let mark = marks[log]?.first(where: { index.position < $0.size }) else { return true }
        return isLong(mark, milliseconds)
    }
}
