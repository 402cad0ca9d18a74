// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A numbered document that may be written as an electronic invoice (380) or credit note (381): whatever the
/// European and Dutch rules ask is there. Spec: Protocol/documents.md §3.
public struct UBLDocument: Hashable, Sendable {
    /// Whose rules it keeps.
    public let profile: UBLProfile
    /// The document.
    public let document: BillingDocument
    let seller: UBLParty
    let buyer: UBLParty

    /// Refuses a document without a number or without any reference of the buyer, parties of which the rules want to
    /// know more, under Peppol a credit note that names no original, and amounts without an opposite.
    public init(_ document: BillingDocument, profile: UBLProfile) throws(UBLRefusal) {
        let (facts, number) = (document.facts, document.number.description)
        guard document.number.isNumbered else { throw .unnumbered(number) }
        guard facts.orderReference != nil || facts.buyerReference != nil else { throw .referenceMissing(number) }
        seller = try UBLParty(facts.issuer, prefersKvK: document.leg == .memberPays)
        buyer = try UBLParty(facts.receiver, prefersKvK: document.leg == .cooperativePays)
        let amounts = document.lines.map(\.amount) + document.vat.flatMap { [$0.taxable, $0.amount] }
            + [document.net, document.vatAmount, document.gross]
        guard amounts.allSatisfy({ $0.value != .min }) else { throw .amountOutOfRange(number) }
        if document.kind == .invoice, document.gross > .zero, seller.account == nil {
            throw .partyIncomplete(party: facts.issuer.name, missing: "IBAN")
        }
        let categories = Set(document.vat.map(\.category))
        guard seller.vatID != nil || categories == [.outsideScope] else {
            throw .partyIncomplete(party: facts.issuer.name, missing: "VAT id")
        }
        guard buyer.vatID != nil || !categories.contains(.reverseCharge) else {
            throw .partyIncomplete(party: facts.receiver.name, missing: "VAT id, to which VAT is shifted")
        }
        guard profile == .nlcius || document.kind == .invoice || document.isCorrection else {
            throw .originalMissing(number)
        }
        self.profile = profile
        self.document = document
    }

    var isCreditNote: Bool { document.kind == .creditNote }

    /// All of it is outside the scope of VAT, so that the parties go without VAT ids (BR-O-02).
    var isOutsideScope: Bool { document.vat.allSatisfy { $0.category == .outsideScope } }
}
