// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The windows of settling in working days. Spec: Protocol/settlement.md §10.
extension WorkingDays {
    /// Working day `count` after `day`: the next working day is day 1, and the answer is still inside the
    /// window. Refuses (`dateOutOfRange`) a day that the calendar cannot name.
    public func day(_ count: Int, after day: CivilDate) throws(SettlementRefusal) -> CivilDate {
        guard let day = workingDay(count, after: day) else { throw .dateOutOfRange }
        return day
    }

    /// The last day on which `month` can be stated: the given working day of the next month.
    public func statementDeadline(
        of month: CivilMonth, terms: SettlementTerms = SettlementTerms()
    ) throws(SettlementRefusal) -> CivilDate {
        try day(terms.statementWorkingDay, after: month.lastDay)
    }

    /// The last day to dispute a statement dated `day`.
    public func disputeDeadline(
        statedOn day: CivilDate, terms: SettlementTerms = SettlementTerms()
    ) throws(SettlementRefusal) -> CivilDate {
        try self.day(terms.disputeWindowWorkingDays, after: day)
    }
}
