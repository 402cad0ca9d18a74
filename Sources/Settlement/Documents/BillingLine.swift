// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One line of a document: one cell x one tier, or one amount of another kind.
/// Spec: Protocol/settlement-documents.md §3.
public struct BillingLine: Hashable, Sendable {
    /// Names the line on every node, as on the statement; what takes it back ends in `/back`.
    public let id: String
    /// What the line is for.
    public let kind: LineKind
    /// Where the line is of usage.
    public let cell: CellKey?
    /// The tier of the tariff, from 1, where the line is of usage.
    public let tier: Int?
    /// The application that the line is about, where there is one.
    public let application: ApplicationID?
    /// The decision or place in the genesis that set price, rate, key or amount.
    public let decision: DecisionID?
    /// What a line by decision is for, in the decision's words.
    public let text: String?
    /// Units, where there is a price; negative takes units back.
    public let units: Int64?
    /// Per unit, 0 or more.
    public let price: MicroEuro?
    /// What the receiver owes for it, rounded; negative is a credit.
    public let amount: Cents
    /// Category, rate and reason of exemption of this kind of line and leg.
    public let vat: VATTreatment
    /// The month that the line is for; printed on the document.
    public let serviceMonth: CivilMonth
    /// The document that the line takes back or replaces, in a correction.
    public let corrects: DocumentNumber?
    /// The line covers only the matched part of a cell that differs (*deelfactuur*).
    public let isPart: Bool

    /// A line of a document; nothing is checked.
    public init(
        id: String, kind: LineKind, cell: CellKey? = nil, tier: Int? = nil, application: ApplicationID? = nil,
        decision: DecisionID? = nil, text: String? = nil, units: Int64? = nil, price: MicroEuro? = nil,
        amount: Cents, vat: VATTreatment, serviceMonth: CivilMonth, corrects: DocumentNumber? = nil,
        isPart: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.cell = cell
        self.tier = tier
        self.application = application
        self.decision = decision
        self.text = text
        self.units = units
        self.price = price
        self.amount = amount
        self.vat = vat
        self.serviceMonth = serviceMonth
        self.corrects = corrects
        self.isPart = isPart
    }
}
