// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why an epoch is due: a function of E_k, a vector and a date. Spec: Protocol/consensus.md §5.
public enum Trigger: Hashable, Sendable {
    /// A decision whose outcome can no longer change, or whose deadline has passed.
    case decision
    /// The first header date on or after the 1st, 5th or 12th of a month: statements and period cuts.
    case periodDay(CivilDate)
    /// A candidate or successor waits.
    case newcomer
    /// A log is past half its limit above E_k.
    case logPastHalf
    /// Two parties go on with a month that is over: both stated it, one said where it stands, or both signed it.
    case settling

    /// Days of a month on or after which an epoch is due.
    public static let periodDays = [1, 5, 12]
    /// Days after which an epoch is due without another reason. Any thirty days hold one of the period days, so
    /// they have no case of their own.
    public static let daysMost = 30

    /// Epochs of one date after which settling makes no further one due on that date.
    public static let settlingEpochsMost = 64

    /// What the calendar alone triggers, between the date of E_k and that of a header.
    public static func calendar(from epoch: CivilDate, to date: CivilDate) -> Trigger? {
        guard epoch < date else { return nil }
        for days in 1...daysMost {
            guard let day = epoch.adding(days: days), day <= date else { break }
            if periodDays.contains(day.day) { return .periodDay(day) }
        }
        return nil
    }
}
