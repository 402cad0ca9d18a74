// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One amount of a statement. Spec: Protocol/settlement.md §11.
public struct StatementLine: Hashable, Sendable {
    /// Names the line on every node: `V-` usage, `U-` usage paid out, `C-` contribution, `K-` cost sharing,
    /// `B-` by decision.
    public let id: String
    /// Which way the money goes.
    public let leg: Leg
    /// What the line is for.
    public let kind: LineKind
    /// Where the line is of usage.
    public let cell: CellKey?
    /// Where the line is of a cost sharing.
    public let application: ApplicationID?
    /// Units, where the line has a unit price.
    public let quantity: Quantity?
    /// Per unit, where the line has a unit price.
    public let price: MicroEuro?
    /// Rounded; negative is a refund.
    public let amount: Cents
    /// Category and rate that the line stands under.
    public let vat: VATTreatment
    /// From the inputs to the amount.
    public let steps: [ExplanationStep]
    /// What a line by decision is for, in the decision's words.
    public var text: String?
}

/// What goes into one invoice or credit note: lines that may stand together, with their VAT.
public struct DocumentProposal: Hashable, Sendable {
    /// Which way the money goes.
    public let leg: Leg
    /// From 1 in each leg.
    public let number: Int
    /// The reason of exemption that sets this document apart; nil without one.
    public let exemptionReason: String?
    /// The lines in it, in the order of the statement.
    public let lineIDs: [String]
    /// One subtotal for each category and rate.
    public let vat: [VATSubtotal]
    /// The sum of the lines.
    public let net: Cents
    /// The sum of the subtotals' VAT.
    public let vatAmount: Cents
    /// Net and VAT together.
    public let gross: Cents
    /// A line of it covers only the matched part of a cell that differs (*deelfactuur*).
    public let isPart: Bool
    /// False when every line is zero: such a document is not issued.
    public let isIssued: Bool

    /// A net credit is written as a credit note.
    public var isCreditNote: Bool { net < .zero }
}

/// The sums of one leg.
public struct LegTotal: Hashable, Sendable {
    /// Which way the money goes.
    public let leg: Leg
    /// The sum of the documents' net amounts.
    public let net: Cents
    /// The sum of the documents' VAT.
    public let vatAmount: Cents
    /// Net and VAT together.
    public let gross: Cents
}

/// The statement (*verbruiksoverzicht*) of one member and month: plain data in a stable order.
/// Spec: Protocol/settlement.md §11.
public struct StatementOfAccount: Hashable, Sendable {
    /// Whose statement it is.
    public let party: PartyID
    /// The month of use.
    public let month: CivilMonth
    /// Every cell of the month in which the party provides, consumes or funds, in the order of the keys.
    public let cells: [CellOutcome]
    /// Every amount, in the order of leg, usage, contribution and cost sharing.
    public let lines: [StatementLine]
    /// The lines again, as they go onto documents.
    public let documents: [DocumentProposal]
    /// One for each leg, the leg of the member first.
    public let totals: [LegTotal]
    /// The disputed differences that the party would pay, not invoiced, without VAT.
    public let disputedPayable: Cents
    /// The disputed differences that the party would receive, not invoiced, without VAT.
    public let disputedReceivable: Cents

    /// The line of that id; nil when there is none.
    public func line(_ id: String) -> StatementLine? { lines.first { $0.id == id } }

    /// The steps that lead to the amount of a line, in the order of the calculation.
    public func explanation(of lineID: String) -> Explanation? {
        line(lineID).map { Explanation(lineID: lineID, steps: $0.steps) }
    }

    /// The sums of a leg.
    public func total(_ leg: Leg) -> LegTotal {
        guard let total = totals.first(where: { $0.leg == leg }) else {
            preconditionFailure("a statement has a total for each leg")
        }
        return total
    }
}
