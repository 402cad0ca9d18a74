// SPDX-License-Identifier: EUPL-1.2

/// The holidays of the Algemene termijnenwet, with Good Friday and 5 May. Spec: Protocol/settlement.md §10.
public enum Holidays: String, Sendable, CaseIterable {
    case newYear, goodFriday, easterSunday, easterMonday, kingsDay, liberationDay
    case ascension, pentecost, pentecostMonday, christmas, secondChristmasDay

    /// The holiday of that day, the first in the order of the year where two coincide.
    public static func holiday(on day: CivilDate) -> Holidays? {
        allCases.first { $0.day(in: day.year) == day }
    }

    /// The day in `year`; nil in years that the calendar cannot name.
    public func day(in year: Int) -> CivilDate? {
        switch self {
        case .newYear: CivilDate(year: year, month: 1, day: 1)
        case .goodFriday: Self.easter(year)?.adding(days: -2)
        case .easterSunday: Self.easter(year)
        case .easterMonday: Self.easter(year)?.adding(days: 1)
        case .kingsDay: Self.kingsDay(year)
        case .liberationDay: CivilDate(year: year, month: 5, day: 5)
        case .ascension: Self.easter(year)?.adding(days: 39)
        case .pentecost: Self.easter(year)?.adding(days: 49)
        case .pentecostMonday: Self.easter(year)?.adding(days: 50)
        case .christmas: CivilDate(year: year, month: 12, day: 25)
        case .secondChristmasDay: CivilDate(year: year, month: 12, day: 26)
        }
    }

    // 27 April since 2014, before that 30 April; the Saturday before when that is a Sunday. (Until 1979 the
    // thirtieth moved to Monday; no period is that old.)
    private static func kingsDay(_ year: Int) -> CivilDate? {
        guard let day = CivilDate(year: year, month: 4, day: year >= 2014 ? 27 : 30) else { return nil }
        return day.weekday == 7 ? day.adding(days: -1) : day
    }

    // The anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
    private static func easter(_ year: Int) -> CivilDate? {
        let golden = year % 19
        let (century, yearOfCentury) = (year / 100, year % 100)
        let correction = (century + 8) / 25
        let shift = (century - correction + 1) / 3
        let epact = (19 * golden + century - century / 4 - shift + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * weekday) / 451
        let count = epact + weekday - 7 * late + 114
        return CivilDate(year: year, month: count / 31, day: count % 31 + 1)
    }
}
