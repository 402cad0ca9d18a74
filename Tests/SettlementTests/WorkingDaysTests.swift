// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Working days, Protocol/settlement.md §10")
struct WorkingDaysTests {
    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test("§10.1: the holidays of a year", arguments: [
        (2024, "01-01 03-29 03-31 04-01 04-27 05-05 05-09 05-19 05-20 12-25 12-26"),
        (2025, "01-01 04-18 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26"),
        (2026, "01-01 04-03 04-05 04-06 04-27 05-05 05-14 05-24 05-25 12-25 12-26"),
        (2038, "01-01 04-23 04-25 04-26 04-27 05-05 06-03 06-13 06-14 12-25 12-26"),
    ])
    func knowsHolidays(year: Int, expected: String) {
        let days = Holidays.allCases.compactMap { $0.day(in: year)?.description.dropFirst(5) }.sorted()
        #expect(days.joined(separator: " ") == expected)
    }

    @Test("§10.2: the day after is day 1, day 20 is included")
    func countsWindow() throws {
        let days = WorkingDays()
        #expect(try days.disputeDeadline(statedOn: day("2026-11-03")) == day("2026-12-01"))
        #expect(try days.day(1, after: day("2026-04-02")) == day("2026-04-07"))
    }

    @Test("§10.3: a month is stated by the third working day of the next")
    func statesMonth() throws {
        #expect(try WorkingDays().statementDeadline(of: day("2026-10-01").month) == day("2026-11-04"))
        #expect(try WorkingDays().statementDeadline(of: day("2025-12-01").month) == day("2026-01-06"))
    }

    @Test("§10.1: a decreed day is no working day")
    func takesDecrees() throws {
        let days = WorkingDays(decreed: [try day("2026-11-04")])
        #expect(try days.day(1, after: day("2026-11-03")) == day("2026-11-05"))
    }
}
