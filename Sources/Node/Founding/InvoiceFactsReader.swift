// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Reads what an invoice needs from a YAML mapping: address, postal, city, kvk, vat, iban, electronic.
enum InvoiceFactsReader {
    static func read(
        _ fields: PositionedNode.Mapping, path: String, _ reader: inout DocumentReader
    ) -> InvoiceFacts? {
        let lines = reader.elements(fields["address"]?.value, path: path + "address").enumerated()
            .compactMap { reader.text($1, path: "\(path)address[\($0)]") }
        func text(_ name: String) -> String? { reader.text(fields[name]?.value, path: path + name) }
        return InvoiceFacts(
            addressLines: lines, postalCode: text("postal"), city: text("city"), kvk: text("kvk"),
            vatID: text("vat"), iban: text("iban"), electronicAddress: text("electronic"))
    }
}
