// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    /// The state in which nothing of the convicted log counts from `covered` on: everything is folded again
    /// without it. Entries that built on it wait again. A log that is not authorised, or that is
    /// suspended already, changes nothing. Spec: Protocol/log.md §6, Protocol/state.md §1.1.
    public func suspending(
        _ fork: ConvictedFork, covered: LogSize = .empty, held: some HeldEntries
    ) -> CooperativeState {
        suspending(fork.log, covered: covered, held: held)
    }

    /// The same for a log that is known to be convicted, such as one whose evidence was checked and stored.
    public func suspending(
        _ log: LogID, covered: LogSize = .empty, held: some HeldEntries
    ) -> CooperativeState {
        guard let number = logNumber(log), logs[Int(number)].suspendedFrom == nil else { return self }
        var suspended = Dictionary(uniqueKeysWithValues: self.suspended.map { ($0.log, $0.covered) })
        suspended[log] = covered
        var fresh = CooperativeState(genesis: genesis, hashing: hashing, suspended: suspended)
        fresh.replay(held)
        return fresh
    }

    /// Folds everything that is held of every authorised log.
    public mutating func replay(_ held: some HeldEntries) {
        for log in authorisedLogs {
            while let size = size(of: log), let batch = held.entries(log: log, from: size.next), batch.count > 0 {
                do throws(FoldRefusal) {
                    try apply(log, from: size.next, batch, held: held)
                } catch { preconditionFailure("an authorised log is folded from its size on: \(error)") }
            }
        }
    }
}
