// SPDX-License-Identifier: EUPL-1.2

/// Why an instant has no civil day in the protocol. Spec: Protocol/time.md §3.
public enum InstantRefusal: Error, Hashable, Sendable {
    /// Before 2000-01-01T00:00:00Z.
    case tooOld
    /// Its day lies after 2199-12-31.
    case tooLate
}

extension CivilDate {
    /// The day that people in Europe/Amsterdam call the one of this instant, by rule version 1: UTC plus one
    /// hour, plus two from the last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC.
    /// Spec: Protocol/time.md §3. It does not follow later changes of law.
    public init(amsterdamAt millisecondsSince1970: Int64) throws(InstantRefusal) {
        guard millisecondsSince1970 >= Self.firstInstantMilliseconds else { throw .tooOld }
        let seconds = millisecondsSince1970 / 1_000
        guard let offset = Self.amsterdamOffsetSeconds(atSeconds: seconds),
              let local = CivilDate(dayNumber: Int((seconds + offset) / 86_400))
        else { throw .tooLate }
        self = local
    }

    /// How far clocks in Amsterdam are ahead of UTC at an instant, by the same rule; `nil` outside its years.
    public static func amsterdamOffsetSeconds(atSeconds secondsSince1970: Int64) -> Int64? {
        guard secondsSince1970 >= 0, let day = CivilDate(dayNumber: Int(secondsSince1970 / 86_400)) else { return nil }
        return day.isSummer(secondOfDay: secondsSince1970 % 86_400) ? 7_200 : 3_600
    }

    /// 2000-01-01T00:00:00Z.
    private static let firstInstantMilliseconds: Int64 = 946_684_800_000

    /// Whether summer time holds at that second of this UTC day.
    private func isSummer(secondOfDay: Int64) -> Bool {
        let month = monthOfYear
        guard month == 3 || month == 10 else { return month > 3 && month < 10 }
        // Both months have 31 days; the last Sunday is the one from the 25th on.
        let dayOfMonth = day
        let weekdayFromSunday = weekday % 7
        let lastSunday = 31 - (weekdayFromSunday + 31 - dayOfMonth) % 7
        let isAfterChange = dayOfMonth > lastSunday || dayOfMonth == lastSunday && secondOfDay >= 3_600
        return isAfterChange == (month == 3)
    }
}
