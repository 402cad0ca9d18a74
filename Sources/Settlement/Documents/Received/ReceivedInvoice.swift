// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A line of an invoice that somebody sent. Spec: Protocol/documents.md §5.
public struct ReceivedLine: Hashable, Sendable {
    /// The line's own number.
    public let number: String
    /// The line of the statement that it says it stands for; nil where it says nothing.
    public let statementLineID: String?
    /// What it is for.
    public let name: String
    /// Units in millionths; negative takes back.
    public let quantityMillionths: Int64
    /// Per unit; nil where the price is for another number of units than one.
    public let price: MicroEuro?
    /// Without VAT; negative is money back, also on a credit note.
    public let amount: Cents
    /// The letters of EN 16931.
    public let category: String
    /// In basis points; nil where there is none.
    public let rate: Int64?
}

/// VAT of one category and rate as the sender states it.
public struct ReceivedSubtotal: Hashable, Sendable {
    /// The letters of EN 16931.
    public let category: String
    /// In basis points; nil where there is none.
    public let rate: Int64?
    /// The sum of the lines.
    public let taxable: Cents
    /// The VAT on it.
    public let amount: Cents
}

/// Who stands on an invoice that somebody sent.
public struct ReceivedParty: Hashable, Sendable {
    /// The registered name.
    public let name: String
    /// Every identifier with its scheme, `scheme:id`: electronic address, identification, identity in law.
    public let identifiers: [String]
    /// The VAT id, where there is one.
    public let vatID: String?
}

/// An invoice (380) or credit note (381) in UBL that somebody sent: parsed, sums not yet judged.
/// Spec: Protocol/documents.md §5.
public struct ReceivedInvoice: Hashable, Sendable {
    /// The sender's number.
    public let number: String
    /// Its type in UNCL 1001.
    public let type: String
    /// Whose rules it says it keeps.
    public let customization: String
    /// Its date.
    public let issued: CivilDate
    /// When it is due, where it says so.
    public let due: CivilDate?
    /// The month in which the service began, where a period is named.
    public let serviceMonth: CivilMonth?
    /// The buyer's purchase order.
    public let order: String?
    /// The reference that the buyer asked for.
    public let buyerReference: String?
    /// The documents that it corrects.
    public let originals: [String]
    /// What supporting documents are called; the digest of the inputs is one.
    public let supportingDocuments: [String]
    /// Who asks for the money.
    public let seller: ReceivedParty
    /// Who is to pay.
    public let buyer: ReceivedParty
    /// The accounts that may be paid to.
    public let accounts: [String]
    /// In the written order.
    public let lines: [ReceivedLine]
    /// In the written order.
    public let subtotals: [ReceivedSubtotal]
    /// Without VAT, as stated.
    public let net: Cents
    /// VAT, as stated.
    public let vatAmount: Cents
    /// With VAT, as stated.
    public let gross: Cents
    /// To be paid, as stated.
    public let payable: Cents
}
