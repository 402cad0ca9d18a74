// SPDX-License-Identifier: EUPL-1.2
public import Journal

// Whether an epoch is due, and what this node would put into it. Spec: Protocol/consensus.md §5.
extension CooperativeState {
    /// Why this overlay finds an epoch of a date due; `nil` where nothing is. `isPastHalf` answers for a log
    /// whether what is held of it above the epoch is more than half its limit (Protocol/limits.md).
    public func isEpochDue(
        on date: CivilDate, isPastHalf: (LogID) -> Bool = { _ in false }
    ) -> Trigger? {
        if let day = Trigger.calendar(from: epoch.date, to: date) { return day }
        if proposals.rows.indices.contains(where: { isDue(UInt32($0), on: date) }) { return .decision }
        if logs.indices.contains(where: { entersNow(UInt32($0)) }) { return .newcomer }
        if logs.contains(where: { $0.stands && isPastHalf($0.id) }) { return .logPastHalf }
        return takesSettling(on: date) && hasSettlingNews(judgedBy: epoch.number) ? .settling : nil
    }

    private func isDue(_ decision: UInt32, on date: CivilDate) -> Bool {
        let row = proposals.rows[Int(decision)]
        guard row.standing == .open else { return false }
        return date > row.proposal.deadline || poll(of: decision).isCertain(organ(of: decision))
    }

    /// Whether a log that the epoch does not name may enter the next vector: with entries, standing, and of a
    /// candidate that was adopted and has said that it is ready.
    func entersNow(_ number: UInt32) -> Bool {
        let log = logs[Int(number)]
        guard log.stands, log.size > 0, epoch.head(of: log.id) == nil else { return false }
        guard folk[Int(log.member)].standing == .candidate else { return true }
        return log.readyMark > 0 && adoptedLog(of: log.member) == number
    }

    /// Whether a log that the epoch does not name may be in a vector, for all that this overlay knows.
    func mayEnter(_ id: LogID) -> Bool {
        guard let number = logNumber(id), logs[Int(number)].stands else { return false }
        return folk[Int(logs[Int(number)].member)].standing != .candidate || logs[Int(number)].readyMark > 0
    }
}
