// SPDX-License-Identifier: EUPL-1.2

/// A calendar month, such as a metering or billing period.
/// Spec: Protocol/time.md §2. On the wire: `year * 12 + month - 1`.
public struct CivilMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// `year * 12 + month - 1`.
    public let monthNumber: Int32

    /// `nil` outside the years 1970 to 2199.
    public init?(monthNumber: Int) {
        guard CivilDate.years.contains(monthNumber / 12), monthNumber >= 0 else { return nil }
        self.monthNumber = Int32(monthNumber)
    }

    /// `nil` unless such a month exists.
    public init?(year: Int, month: Int) {
        guard CivilDate.years.contains(year), (1...12).contains(month) else { return nil }
        monthNumber = Int32(year * 12 + month - 1)
    }

    /// `nil` unless `text` is `YYYY-MM`.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 7, digits[4] == UInt8(ascii: "-"),
              let year = CivilDate.number(digits[0..<4]), let month = CivilDate.number(digits[5..<7])
        else { return nil }
        self.init(year: year, month: month)
    }

    /// The month of a day.
    public init(containing date: CivilDate) {
        monthNumber = Int32(date.year * 12 + date.monthOfYear - 1)
    }

    /// The year.
    public var year: Int { Int(monthNumber) / 12 }
    /// 1 is January, 12 is December.
    public var monthOfYear: Int { Int(monthNumber) % 12 + 1 }
    /// How many days it has.
    public var dayCount: Int { CivilDate.dayCount(year: year, month: monthOfYear) }

    /// Day 1.
    public var firstDay: CivilDate {
        guard let day = CivilDate(year: year, month: monthOfYear, day: 1) else {
            preconditionFailure("every month in range has a first day")
        }
        return day
    }

    /// Day 28 to 31.
    public var lastDay: CivilDate {
        guard let day = CivilDate(year: year, month: monthOfYear, day: dayCount) else {
            preconditionFailure("every month in range has a last day")
        }
        return day
    }

    /// So many months later, or earlier; `nil` outside the years that the protocol can name.
    public func adding(months: Int) -> CivilMonth? { CivilMonth(monthNumber: Int(monthNumber) + months) }

    /// `YYYY-MM`.
    public var description: String { "\(year)-\(monthOfYear < 10 ? "0" : "")\(monthOfYear)" }

    public static func < (left: Self, right: Self) -> Bool { left.monthNumber < right.monthNumber }
}
