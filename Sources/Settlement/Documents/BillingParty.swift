// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Who issues or receives a document, with what an invoice has to say of it.
/// Spec: Protocol/settlement-documents.md §1.
public struct BillingParty: Hashable, Sendable {
    /// The id at admission; of a customer that is no member its id.
    public let id: PartyID
    /// The legal name of the day.
    public let name: String
    /// Of a government party (scheme 0190); the cooperative goes by its KvK number (scheme 0106).
    public let oin: OIN?
    /// Address, KvK, VAT id, IBAN and electronic address of the day, each as far as it is known.
    public let facts: InvoiceFacts

    /// A party as it stands on a document; nothing is checked.
    public init(_ id: PartyID, name: String, oin: OIN? = nil, facts: InvoiceFacts) {
        self.id = id
        self.name = name
        self.oin = oin
        self.facts = facts
    }
}
