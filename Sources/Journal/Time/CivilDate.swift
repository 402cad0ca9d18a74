// SPDX-License-Identifier: EUPL-1.2

/// A day of the Gregorian calendar as people in Europe/Amsterdam name it; no time, no zone.
/// Spec: Protocol/time.md §1. On the wire: days since 1970-01-01.
public struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Years that the protocol can name.
    public static let years = 1970...2199

    /// Days since 1970-01-01, never negative.
    public let dayNumber: Int32

    /// `nil` outside the years 1970 to 2199.
    public init?(dayNumber: Int) {
        guard (0...Self.lastDayNumber).contains(dayNumber) else { return nil }
        self.dayNumber = Int32(dayNumber)
    }

    /// `nil` unless such a day exists.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month),
              (1...Self.dayCount(year: year, month: month)).contains(day)
        else { return nil }
        dayNumber = Int32(Self.dayNumber(year: year, month: month, day: day))
    }

    /// `nil` unless `text` is `YYYY-MM-DD` and names a day that exists.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-"),
              let year = Self.number(digits[0..<4]), let month = Self.number(digits[5..<7]),
              let day = Self.number(digits[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The year.
    public var year: Int { parts.year }
    /// 1 is January, 12 is December.
    public var monthOfYear: Int { parts.month }
    /// The day of the month, from 1.
    public var day: Int { parts.day }
    /// The month that holds the day.
    public var month: CivilMonth { CivilMonth(containing: self) }

    /// 1 is Monday, 7 is Sunday (ISO 8601).
    public var weekday: Int { (Int(dayNumber) + 3) % 7 + 1 }

    /// So many days later, or earlier; `nil` outside the years that the protocol can name.
    public func adding(days: Int) -> CivilDate? { CivilDate(dayNumber: Int(dayNumber) + days) }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = parts
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    public static func < (left: Self, right: Self) -> Bool { left.dayNumber < right.dayNumber }

    static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static let lastDayNumber = dayNumber(year: years.upperBound, month: 12, day: 31)

    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    // The same source: civil_from_days.
    private var parts: (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
