// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a *ready* is held against: the epochs so far, with the own settled digest after each. Not in the digest.
/// Spec: Protocol/membership.md §1.
public struct EpochRecord: Hashable, Sendable {
    /// The hash of the epoch.
    public let hash: Hash
    /// Its civil date.
    public let date: CivilDate
    /// The settled digest after it, as computed here.
    public let stateDigest: Hash
    /// The month whose documents were made from its date on. Spec: Protocol/settling.md §6.1.
    public let billingMonth: CivilMonth
}

extension CooperativeState {
    /// The first epoch at which the documents of a month could be made; `nil` while there is none.
    /// Spec: Protocol/settling.md §6.1.
    public func billingEpoch(of month: CivilMonth) -> (number: Int, date: CivilDate)? {
        epochs.indices.first { epochs[$0].billingMonth >= month }.map { ($0, epochs[$0].date) }
    }
}

extension Epoch {
    /// An epoch that was applied before, or one that is tried.
    init(number: Int, hash: Hash, date: CivilDate, ruleVersion: Int, heads: [CoveredHead]) {
        self.number = number
        self.hash = hash
        self.date = date
        self.ruleVersion = ruleVersion
        self.heads = heads
        vector = LogVector(heads.map(\.log))
    }

    /// An epoch with another vector or date, for what a simulation plants.
    package init(trying other: Epoch, heads: [CoveredHead], date: CivilDate) {
        self.init(number: other.number, hash: other.hash, date: date, ruleVersion: other.ruleVersion, heads: heads)
    }

    /// What it covers of a log; `nil` for one that it does not name.
    public func head(of log: LogID) -> Head? { vector.number(of: log).map { heads[$0].head } }
}
