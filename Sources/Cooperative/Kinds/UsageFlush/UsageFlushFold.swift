// SPDX-License-Identifier: EUPL-1.2
import Journal

extension UsageFlush {
    /// Reads the whole body and judges its shape.
    static func read(_ body: BodyCursor, into columns: inout CellColumns) throws(VoidReason) {
        columns.reset()
        var cursor = body
        guard cursor.array() == 4 else { throw .cellsShape }
        try columns.readNames(.applications, &cursor)
        try columns.readNames(.parties, &cursor)
        try columns.readNames(.classes, &cursor)
        try columns.readColumns(11, lengths: 1...CooperativeLimits.cells, &cursor)
        guard cursor.isAtEnd else { throw .cellsShape }
        try columns.check(keyColumns: 6, dictionaries: dictionaries)
        try columns.checkCounters(from: 6)
        for cell in 0..<columns.cellCount {
            guard CivilMonth(monthNumber: columns.number(4, cell)) != nil, columns.number(5, cell) <= 1 else {
                throw .cellsCounter
            }
        }
    }

    private static let dictionaries: [(dictionary: Int, columns: ClosedRange<Int>)] =
        [(0, 0...0), (1, 1...2), (2, 3...3)]

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var columns = CellColumns()
        try read(entry.body, into: &columns)
    }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows {
        var columns = CellColumns()
        guard (try? read(entry.body, into: &columns)) != nil else { return DeclaredRows() }
        return DeclaredRows(usage: columns.cellCount)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        let body = entry.body
        var columns = state.takeColumns()
        defer { state.giveBack(columns) }
        do throws(VoidReason) {
            try read(body, into: &columns)
            try state.declare(DeclaredRows(usage: columns.cellCount), by: entry)
        } catch { return .void(error) }
        state.internNames(&columns, body)
        let author = state.logs[Int(entry.log)].party
        let parties = columns.start(ofDictionary: 1)
        let classes = columns.start(ofDictionary: 2)
        for cell in 0..<columns.cellCount {
            let provider = columns.interned[parties + columns.number(1, cell)]
            let consumer = columns.interned[parties + columns.number(2, cell)]
            let side = columns.number(5, cell)
            guard author == (side == 0 ? provider : consumer) else {
                state.countVoid(.cellSide)
                continue
            }
            let key = UsageKey(
                log: entry.log, application: columns.interned[columns.number(0, cell)], provider: provider,
                consumer: consumer, tariffClass: columns.interned[classes + columns.number(3, cell)],
                month: UInt16(columns.number(4, cell)), side: UInt16(side))
            state.raiseUsage(key, columns.counters(from: 6, cell), at: entry.index)
        }
        return .counts
    }
}

extension CooperativeState {
    /// Lends the buffer that flushes and statements are read into.
    mutating func takeColumns() -> CellColumns {
        let columns = scratch ?? CellColumns()
        scratch = nil
        return columns
    }

    mutating func giveBack(_ columns: CellColumns) { scratch = columns }

    /// Gives every name of the dictionaries of applications, parties and classes its number.
    mutating func internNames(_ columns: inout CellColumns, _ body: BodyCursor) {
        let firstParty = columns.start(ofDictionary: 1)
        let firstClass = columns.start(ofDictionary: 2)
        for position in 0..<columns.nameCount {
            let name = columns.name(position, in: body)
            let number = position >= firstClass ? classes.intern(name)
                : position >= firstParty ? parties.intern(name) : applications.intern(name)
            columns.interned.append(number)
        }
    }

    /// Raises the counters of a cell; a cell that retracts more than it counts is void alone.
    @inline(__always)
    mutating func raiseUsage(_ key: UsageKey, _ counters: UsageCounters, at index: Int) {
        guard counters.isConsistent else {
            countVoid(.cellRetracted)
            return
        }
        let number = usage.number(of: key) ?? addUsage(key)
        usage.merge(counters, at: index, into: number)
        self.index.touch(usage.rows[number].word)
    }
}
