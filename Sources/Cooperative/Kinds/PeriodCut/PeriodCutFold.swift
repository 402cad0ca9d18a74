// SPDX-License-Identifier: EUPL-1.2
import Journal

extension PeriodCut: EntryKind {
    static let number = entryKind
    static let name = "period cut"

    /// Reads the canonical bytes of a body; throws `cut-shape`, or what is wrong with its cells.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> PeriodCut {
        try withBodyBytes(body, orElse: .cutShape) { cursor throws(VoidReason) in try PeriodCut(cursor) }
    }

    init(_ body: BodyCursor) throws(VoidReason) {
        var cursor = body
        var columns = CellColumns()
        guard cursor.array() == 8, let number = cursor.unsigned(), let month = CivilMonth(monthNumber: number),
              let lower = cursor.text(), let higher = cursor.text(), let epoch = cursor.unsigned(),
              let hash = cursor.bytes(), hash.count == Hash.byteCount,
              let lower = OIN(lower.utf8Text), let higher = OIN(higher.utf8Text), lower < higher
        else { throw .cutShape }
        try columns.readNames(.applications, &cursor)
        try columns.readNames(.classes, &cursor)
        try columns.readColumns(6, lengths: 0...CooperativeLimits.cells, &cursor)
        guard cursor.isAtEnd else { throw .cutShape }
        try columns.check(keyColumns: 3, dictionaries: [(0, 0...0), (1, 1...1)])
        var cells: [Cell] = []
        for cell in 0..<columns.cellCount {
            guard columns.number(2, cell) <= 1 else { throw .cellsCounter }
            let counts = try (3...5).map { column throws(VoidReason) -> Int64? in
                let number = columns.number(column, cell)
                guard number <= Int(UsageCounters.largest) + 1 else { throw .cellsCounter }
                return number == 0 ? nil : Int64(number - 1)
            }
            let tariffClass = columns.start(ofDictionary: 1) + columns.number(1, cell)
            cells.append(Cell(
                application: columns.name(columns.number(0, cell), in: body).utf8Text,
                tariffClass: columns.name(tariffClass, in: body).utf8Text,
                isProvidedByLower: columns.number(2, cell) == 0,
                providerCount: counts[0], consumerCount: counts[1], settled: counts[2]))
        }
        guard let cut = PeriodCut(
            month: month, between: lower, and: higher, epoch: epoch, epochHash: Hash(unsafe: hash), cells: cells)
        else { throw .cutShape }
        self = cut
    }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        guard entry.isPlain else { throw .cutShape }
        _ = try PeriodCut(entry.body)
    }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows {
        DeclaredRows(usage: ((try? PeriodCut(entry.body))?.cells.count ?? 0) + 1)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            guard entry.isPlain else { throw .cutShape }
            let cut = try PeriodCut(entry.body)
            try state.declare(DeclaredRows(usage: cut.cells.count + 1), by: entry)
            let author = state.folk[Int(state.logs[Int(entry.log)].member)].oin
            guard author == cut.lower || author == cut.higher else { throw .cutAuthor }
            let other = author == cut.lower ? cut.higher : cut.lower
            guard state.mayBeNamed(other, under: entry.judge) else { throw .cutCounterparty }
            guard state.mayBeNamed(cut.month, under: entry.judge) else { throw .cutMonth }
            guard cut.epoch <= entry.judge, state.epochs[cut.epoch].hash == cut.epochHash else { throw .cutEpoch }
            guard state.epochs[cut.epoch].date > cut.month.lastDay else { throw .cutMonth }
            guard !state.isClosed(cut.month, cut.lower, cut.higher, under: entry.judge) else { throw .periodClosed }
            guard state.noteCut(cut, entry) else { throw .cutSecond }
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        let cut = try entry.withBody { cursor throws(VoidReason) in try PeriodCut(cursor) }
        return "\(cut.month) between \(cut.lower) and \(cut.higher) as of epoch \(cut.epoch), "
            + "\(cut.cells.count) cells"
    }
}

extension VoidReason {
    /// The body is not a cut, or the entry has references or a commitment.
    public static let cutShape = VoidReason("cut-shape")
    /// The author is neither of the two parties.
    public static let cutAuthor = VoidReason("cut-author")
    /// No such epoch, or a later one than the epoch that judges the entry.
    public static let cutEpoch = VoidReason("cut-epoch")
    /// The other party is and was no member, nor a customer of an application in force.
    public static let cutCounterparty = VoidReason("cut-counterparty")
    /// The month was not over by the date of the epoch, or is too long ago.
    public static let cutMonth = VoidReason("cut-month")
    /// The log has another cut of this month, pair and epoch.
    public static let cutSecond = VoidReason("cut-second")
}
