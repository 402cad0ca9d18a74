// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Seller or buyer of an electronic invoice, complete by the Dutch rules. Spec: Protocol/documents.md §3.
struct UBLParty: Hashable, Sendable {
    let name: String
    /// The identity in law: OIN, else KvK.
    let legalID: SchemedID
    /// The KvK number beside an OIN.
    let otherID: SchemedID?
    /// By which the file finds its way.
    let endpoint: SchemedID
    let street: String
    let additionalStreet: String?
    let postalCode: String
    let city: String
    let vatID: String?
    let account: IBAN?

    /// Refuses (`partyIncomplete`) a party without OIN and KvK number, street, postal code or city, and
    /// (`identifierInvalid`, `vatIDInvalid`, `ibanInvalid`) what is not of its form. The cooperative has an OIN of
    /// its own for the network, and goes by its KvK number in law: `prefersKvK`.
    init(_ party: BillingParty, prefersKvK: Bool) throws(UBLRefusal) {
        let facts = party.facts
        let oin = party.oin.flatMap { SchemedID(scheme: SchemedID.oinScheme, id: $0.digits) }
        let kvk = facts.kvk.flatMap { SchemedID(scheme: SchemedID.kvkScheme, id: $0) }
        let ids = (prefersKvK ? [kvk, oin] : [oin, kvk]).compactMap(\.self)
        guard let legal = ids.first else {
            throw .partyIncomplete(party: party.name, missing: "OIN or KvK number")
        }
        guard let street = facts.addressLines.first else {
            throw .partyIncomplete(party: party.name, missing: "street")
        }
        guard let postalCode = facts.postalCode else {
            throw .partyIncomplete(party: party.name, missing: "postal code")
        }
        guard let city = facts.city else { throw .partyIncomplete(party: party.name, missing: "city") }
        if let vatID = facts.vatID, !Self.isVATID(vatID) { throw .vatIDInvalid(party: party.name, text: vatID) }
        endpoint = try Self.endpoint(of: party) ?? legal
        if let text = facts.iban {
            guard let iban = IBAN(text) else { throw .ibanInvalid(party: party.name, text: text) }
            account = iban
        } else { account = nil }
        name = party.name
        legalID = legal
        otherID = ids.dropFirst().first
        self.street = street
        let rest = facts.addressLines.dropFirst()
        additionalStreet = rest.isEmpty ? nil : rest.joined(separator: ", ")
        self.postalCode = postalCode
        self.city = city
        vatID = facts.vatID
    }

    private static func endpoint(of party: BillingParty) throws(UBLRefusal) -> SchemedID? {
        guard let text = party.facts.electronicAddress else { return nil }
        guard let id = SchemedID(text) else { throw .identifierInvalid(party: party.name, text: text) }
        return id
    }

    private static func isVATID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (4...20).contains(bytes.count) && bytes.prefix(2).allSatisfy { (0x41...0x5A).contains($0) }
            && bytes.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }
}
