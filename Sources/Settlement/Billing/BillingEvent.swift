// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What an epoch fixed of the cells of a month between two parties. Spec: Protocol/settling.md §6.
public struct BillingEvent: Hashable, Sendable {
    /// The number of the epoch.
    public let epoch: Int
    /// The epoch's date.
    public let date: CivilDate
    /// The month whose documents it stands in.
    public let month: CivilMonth
    /// Whether its month of use is billed for the first time; else these are the cells that changed since.
    public let isFirst: Bool
    /// The cells with what counts of them; all of one month of use and pair.
    public let cells: [Cell]

    /// What an epoch fixed.
    public init(epoch: Int, date: CivilDate, month: CivilMonth, isFirst: Bool, cells: [Cell]) {
        (self.epoch, self.date, self.month, self.isFirst, self.cells) = (epoch, date, month, isFirst, cells)
    }
}

/// When a month's other lines (contribution, shares, lines by decision) are billed.
public struct BillingMonth: Hashable, Sendable {
    /// The month.
    public let month: CivilMonth
    /// The number of the first epoch at which its documents could be made.
    public let epoch: Int
    /// The epoch's date.
    public let date: CivilDate

    /// A month and its epoch.
    public init(_ month: CivilMonth, epoch: Int, date: CivilDate) {
        (self.month, self.epoch, self.date) = (month, epoch, date)
    }
}

/// A document that follows from what epochs fixed, before it has a number: the same on every node, for good.
/// Spec: Protocol/settlement-documents.md §4.
public struct ProposedDocument: Hashable, Sendable {
    /// `P-MONTH/PARTY/LEG/NUMBER`.
    public let name: String
    /// The month whose document it is.
    public let month: CivilMonth
    /// The number of the epoch that fixed it.
    public let epoch: Int
    /// Who pays or is paid beside the cooperative.
    public let party: PartyID
    /// Which way the money goes.
    public let leg: Leg
    /// In the order of the statement; of a correction what is taken back before what stands instead.
    public let lines: [BillingLine]
    /// The earlier ones that it corrects, sorted; none where it corrects nothing.
    public let originals: [OriginalDocument]
    /// The sum of the lines.
    public let net: Cents
}
