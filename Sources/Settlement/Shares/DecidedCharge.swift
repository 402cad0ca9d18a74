// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A line by decision: an amount, a key, a leg and a month. Entrance fee, exit charge, fixed and one-off splits,
/// compensation, right of use, hosting, staff, a fund, and advances. Spec: Protocol/settlement.md §15.
public struct DecidedCharge: Hashable, Sendable {
    /// The decision that set it; its VAT category is that of kind and leg with this origin.
    public let decision: DecisionID
    /// What the line is for: `entranceFee`, `exitCharge`, `fixedSplit`, `decided` or `advance`.
    public let kind: LineKind
    /// Which way the money goes.
    public let leg: Leg
    /// The month in which it is charged.
    public let month: CivilMonth
    /// The month in which an advance is carried back; nil while that is not decided.
    public let settledIn: CivilMonth?
    /// The whole amount; negative is a refund.
    public let total: Cents
    /// Who bears it, by largest remainder.
    public let key: [Weight]
    /// The application that it is about, where there is one.
    public let application: ApplicationID?
    /// What it is for, in the decision's words.
    public let text: String?

    /// Refuses (`chargeMalformed`) another kind, a month of carrying back that is no later one or not of an advance,
    /// and an entrance fee or exit charge of more than one party.
    public init(
        decision: DecisionID, kind: LineKind, leg: Leg = .memberPays, month: CivilMonth, settledIn: CivilMonth? = nil,
        total: Cents, key: [Weight], application: ApplicationID? = nil, text: String? = nil
    ) throws(SettlementRefusal) {
        let kinds: [LineKind] = [.entranceFee, .exitCharge, .fixedSplit, .decided, .advance]
        guard kinds.contains(kind) else {
            throw .chargeMalformed(decision, reason: "\(kind.rawValue) is no line by decision")
        }
        if let settledIn {
            guard kind == .advance, settledIn > month else {
                throw .chargeMalformed(decision, reason: "only an advance is carried back, in a later month")
            }
        }
        guard key.count == 1 || (kind != .entranceFee && kind != .exitCharge) else {
            throw .chargeMalformed(decision, reason: "an \(kind.rawValue) is charged to one party")
        }
        self.decision = decision
        self.kind = kind
        self.leg = leg
        self.month = month
        self.settledIn = settledIn
        self.total = total
        self.key = key
        self.application = application
        self.text = text
    }

    /// What each party bears, in the order of the key.
    public func shares() throws(SettlementRefusal) -> [Share] {
        try Apportionment.largestRemainder.divide(total, over: key)
    }
}
