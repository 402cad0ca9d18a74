// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The fields of a statement before its cells are given their types.
struct StatementHead {
    var month = CivilMonth.first
    var counterparty = UnsafeRawBufferPointer(start: nil, count: 0)
    var root = StateDigest.empty
    var records = 0
    var reason: String?
}

extension CivilMonth {
    fileprivate static let first = CivilMonth(containing: CivilDate.first)
}

extension CivilDate {
    fileprivate static let first: CivilDate = {
        guard let day = CivilDate(dayNumber: 0) else { preconditionFailure("day 0 exists") }
        return day
    }()
}

extension Statement {
    /// Reads the whole body and judges its shape.
    static func read(
        _ body: BodyCursor, into columns: inout CellColumns
    ) throws(VoidReason) -> StatementHead {
        columns.reset()
        var cursor = body
        guard let count = cursor.map(), count == 7 || count == 8 else { throw .statementShape }
        var head = StatementHead()
        guard cursor.unsigned() == 1, let number = cursor.unsigned(), let month = CivilMonth(monthNumber: number),
              cursor.unsigned() == 2, let counterparty = cursor.text(), OIN(counterparty.utf8Text) != nil,
              cursor.unsigned() == 3, let root = cursor.bytes(), root.count == Hash.byteCount,
              cursor.unsigned() == 4, let records = cursor.unsigned(), var key = cursor.unsigned()
        else { throw .statementShape }
        (head.month, head.counterparty, head.records) = (month, counterparty, records)
        head.root = Hash(unsafe: root)
        if count == 8 {
            guard key == 5, let reason = cursor.text(),
                  (1...CooperativeLimits.reasonBytes).contains(reason.count), let next = cursor.unsigned()
            else { throw .statementShape }
            head.reason = reason.utf8Text
            key = next
        }
        guard key == 6 else { throw .statementShape }
        try columns.readNames(.applications, &cursor)
        guard cursor.unsigned() == 7 else { throw .statementShape }
        try columns.readNames(.classes, &cursor)
        guard cursor.unsigned() == 8 else { throw .statementShape }
        try columns.readColumns(8, lengths: 0...CooperativeLimits.cells, &cursor)
        guard cursor.isAtEnd else { throw .statementShape }
        try columns.check(keyColumns: 3, dictionaries: [(0, 0...0), (1, 1...1)])
        try columns.checkCounters(from: 3)
        for cell in 0..<columns.cellCount where columns.number(2, cell) > 1 { throw .cellsCounter }
        return head
    }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Statement {
        try withBodyBytes(body, orElse: .statementShape) { cursor throws(VoidReason) in try Statement(cursor) }
    }

    init(_ body: BodyCursor) throws(VoidReason) {
        var columns = CellColumns()
        let head = try Self.read(body, into: &columns)
        func name(_ dictionary: Int, _ column: Int, _ cell: Int) -> String {
            columns.name(columns.start(ofDictionary: dictionary) + columns.number(column, cell), in: body).utf8Text
        }
        let cells = try (0..<columns.cellCount).map { cell throws(VoidReason) in
            guard let side = UsageSide(rawValue: columns.number(2, cell)) else { throw .statementShape }
            return Cell(
                application: name(0, 0, cell), tariffClass: name(1, 1, cell), side: side,
                counters: columns.counters(from: 3, cell))
        }
        guard let counterparty = OIN(head.counterparty.utf8Text),
              let statement = Statement(
                month: head.month, counterparty: counterparty, root: head.root, records: head.records,
                reason: head.reason, cells: cells)
        else { throw .statementShape }
        self = statement
    }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var columns = CellColumns()
        _ = try read(entry.body, into: &columns)
    }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows {
        var columns = CellColumns()
        guard (try? read(entry.body, into: &columns)) != nil else { return DeclaredRows() }
        return DeclaredRows(usage: columns.cellCount + 1)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        let body = entry.body
        var columns = state.takeColumns()
        defer { state.giveBack(columns) }
        let head: StatementHead
        do throws(VoidReason) {
            head = try read(body, into: &columns)
            try state.declare(DeclaredRows(usage: columns.cellCount + 1), by: entry)
            // Before its name is kept: one that is void leaves nothing.
            guard let oin = OIN(head.counterparty.utf8Text), state.mayBeNamed(oin, under: entry.judge) else {
                throw .statementCounterparty
            }
            guard state.mayBeNamed(head.month, under: entry.judge) else { throw .statementMonth }
        } catch { return .void(error) }
        let author = state.logs[Int(entry.log)].party
        let counterparty = state.parties.intern(head.counterparty)
        guard counterparty != author else { return .void(.statementAboutItself) }
        for position in 0..<columns.nameCount {
            let name = columns.name(position, in: body)
            let isClass = position >= columns.start(ofDictionary: 1)
            columns.interned.append(isClass ? state.classes.intern(name) : state.applications.intern(name))
        }
        let classes = columns.start(ofDictionary: 1)
        for cell in 0..<columns.cellCount {
            let side = columns.number(2, cell)
            let key = UsageKey(
                log: entry.log, application: columns.interned[columns.number(0, cell)],
                provider: side == 0 ? author : counterparty, consumer: side == 0 ? counterparty : author,
                tariffClass: columns.interned[classes + columns.number(1, cell)],
                month: UInt16(head.month.monthNumber), side: UInt16(side))
            state.raiseUsage(key, columns.counters(from: 3, cell), at: entry.index)
        }
        state.noteStatement(head, counterparty, entry)
        return .counts
    }
}

extension VoidReason {
    /// The body is not a statement.
    public static let statementShape = VoidReason("statement-shape")
    /// The counterparty is the author.
    public static let statementAboutItself = VoidReason("statement-about-itself")
    /// The counterparty is and was no member, nor a customer of an application in force.
    public static let statementCounterparty = VoidReason("statement-counterparty")
    /// The month is to come, or too long ago.
    public static let statementMonth = VoidReason("statement-month")
}
