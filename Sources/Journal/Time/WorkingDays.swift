// SPDX-License-Identifier: EUPL-1.2

/// Counts working days: not Saturday, not Sunday, no Dutch holiday. Spec: Protocol/settlement.md §10.
public struct WorkingDays: Hashable, Sendable {
    /// Days that a decree made equal to a holiday.
    public let decreed: Set<CivilDate>

    /// Counts with these days decreed beside the holidays of the law.
    public init(decreed: Set<CivilDate> = []) { self.decreed = decreed }

    /// The day is not in a weekend, not in `Holidays` and not decreed.
    public func isWorkingDay(_ day: CivilDate) -> Bool {
        day.weekday <= 5 && !decreed.contains(day) && Holidays.holiday(on: day) == nil
    }

    /// Working day `count` after `day`: the next working day is day 1. `nil` for one that the calendar cannot name.
    public func workingDay(_ count: Int, after day: CivilDate) -> CivilDate? {
        precondition(count > 0, "a window has at least one day")
        var current = day
        var left = count
        while left > 0 {
            guard let next = current.adding(days: 1) else { return nil }
            current = next
            if isWorkingDay(current) { left -= 1 }
        }
        return current
    }
}
