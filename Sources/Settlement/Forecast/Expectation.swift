// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension SettlementInput {
    /// The input with months to come: use goes on as in the last twelve months that are over, of which `last` is the
    /// newest, and inhabitants stay as they are until there are newer figures. Spec: Protocol/settlement-reports.md §2.
    public func expecting(
        through end: CivilMonth, after last: CivilMonth
    ) throws(SettlementRefusal) -> SettlementInput {
        var expected = self
        expected.cells = cells.filter { $0.key.month <= last }
        guard let first = last.adding(months: 1 - Self.basisMonths) else { throw .dateOutOfRange }
        var paces: [PaceSubject: Pace] = [:]
        for cell in expected.cells where cell.key.month >= first {
            paces[PaceSubject(cell.key), default: Pace(from: cell.key.month)].add(cell)
        }
        for (subject, pace) in paces.sorted(by: { $0.key.key < $1.key.key }) {
            guard let counts = try pace.counts(through: last) else { continue }
            var month = last.adding(months: 1)
            while let current = month, current <= end {
                expected.cells.append(Cell(subject.key(in: current), counts))
                month = current.adding(months: 1)
            }
        }
        expected.inhabitants += lastingFigures(through: end.year)
        return expected
    }

    /// So many months that are over are looked at.
    private static let basisMonths = 12

    /// Each party's newest figures again for every later year.
    private func lastingFigures(through year: Int) -> [InhabitantsFigure] {
        var newest: [PartyID: Int] = [:]
        for figure in inhabitants { newest[figure.party] = max(newest[figure.party] ?? figure.year, figure.year) }
        return inhabitants.filter { newest[$0.party] == $0.year && $0.year < year }.flatMap { figure in
            (figure.year + 1...year).map { later in
                InhabitantsFigure(
                    figure.party, municipality: figure.municipality, year: later, count: figure.count)
            }
        }
    }
}

/// A cell without its month.
private struct PaceSubject: Hashable {
    /// The key in no month in particular.
    let key: CellKey

    init(_ key: CellKey) { self.key = Self.moved(key, to: Self.anyMonth) }

    func key(in month: CivilMonth) -> CellKey { Self.moved(key, to: month) }

    private static let anyMonth: CivilMonth = {
        guard let day = CivilDate(dayNumber: 0) else { preconditionFailure("day 0 is in range") }
        return day.month
    }()

    private static func moved(_ key: CellKey, to month: CivilMonth) -> CellKey {
        CellKey(
            application: key.application, provider: key.provider, consumer: key.consumer,
            tariffClass: key.tariffClass, month: month)
    }
}

/// What a month of a cell comes to, of the months since it was first counted.
private struct Pace {
    private var from: CivilMonth
    private var provider: Int128 = 0
    private var consumer: Int128 = 0
    private var lower: Int128?

    init(from month: CivilMonth) { from = month }

    mutating func add(_ cell: Cell) {
        from = min(from, cell.key.month)
        provider += Int128(cell.counts.provider ?? 0)
        consumer += Int128(cell.counts.consumer ?? 0)
        if let provider = cell.counts.provider, let consumer = cell.counts.consumer {
            lower = (lower ?? 0) + Int128(min(provider, consumer))
        }
    }

    /// Alike on both sides where both ever counted, else on the side that did; nil of a cell that only lost.
    func counts(through last: CivilMonth) throws(SettlementRefusal) -> CellCounts? {
        let months = Int128(last.monthNumber - from.monthNumber + 1)
        func a(_ sum: Int128) throws(SettlementRefusal) -> Int64 {
            guard let count = Int64(exactly: Rounding.halfAway(sum, over: months)) else {
                throw .amountOutOfRange(what: "an expected count")
            }
            return count
        }
        if let lower {
            let count = try a(lower)
            return count < 0 ? nil : CellCounts(provider: count, consumer: count)
        }
        guard provider >= 0, consumer >= 0 else { return nil }
        return CellCounts(
            provider: consumer > 0 ? nil : try a(provider), consumer: consumer > 0 ? try a(consumer) : nil)
    }
}
