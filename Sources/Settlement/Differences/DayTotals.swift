// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Adds up both sides by use and day.
struct DayTotals: Sendable {
    private struct Counts: Sendable {
        var own = [UseCount](repeating: UseCount(), count: 32)
        var other = [UseCount](repeating: UseCount(), count: 32)
    }

    private let month: CivilMonth
    private let before: Int32
    private var numbers = UseNumbers()
    private var counts: [Counts] = []

    init(_ month: CivilMonth) {
        self.month = month
        before = month.firstDay.dayNumber - 1
    }

    /// Adds records of a day of the month.
    mutating func add(_ record: TransactionRecord, occurrences: Int, to holder: Holder) {
        let number = number(of: record)
        let day = Int(record.day.dayNumber - before)
        switch holder {
        case .own:
            counts[number].own[day].records += occurrences
            counts[number].own[day].quantity += record.quantity * Int64(occurrences)
        case .other:
            counts[number].other[day].records += occurrences
            counts[number].other[day].quantity += record.quantity * Int64(occurrences)
        }
    }

    private mutating func number(of record: TransactionRecord) -> Int {
        let number = numbers.number(record.provider, record.application, record.tariffClass)
        if number == counts.count { counts.append(Counts()) }
        return number
    }

    /// The other side has what the own one has, before the differences are taken into account.
    mutating func copyOwnToOther() {
        for index in counts.indices { counts[index].other = counts[index].own }
    }

    /// Whether a side has anything of an application on a day.
    func has(_ provider: OIN, _ application: String, _ day: CivilDate, _ holder: Holder) -> Bool {
        numbers.uses.indices.contains { number in
            numbers.uses[number].provider == provider && numbers.uses[number].application == application
                && (holder == .own ? counts[number].own : counts[number].other)[Int(day.dayNumber - before)].records > 0
        }
    }

    func rows() -> [DayComparison] {
        numbers.uses.enumerated().sorted { $0.element < $1.element }.flatMap { number, use in
            (1...month.dayCount).compactMap { day -> DayComparison? in
                let (own, other) = (counts[number].own[day], counts[number].other[day])
                guard own.records != 0 || other.records != 0, let date = month.firstDay.adding(days: day - 1)
                else { return nil }
                return DayComparison(use: use, day: date, own: own, other: other)
            }
        }
    }
}
