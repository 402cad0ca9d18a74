// SPDX-License-Identifier: EUPL-1.2
import Journal

extension StatementOfAccount {
    /// The lines as CSV for a Dutch spreadsheet: `;`, decimal comma, one row a line. Spec: Protocol/documents.md §7.2.
    public var csv: String {
        var rows = CSVText(separator: ";")
        rows.add([
            "maand", "lid", "richting", "document", "regel", "soort", "applicatie", "aanbieder", "afnemer", "klasse",
            "aantal", "tarief", "bedrag", "btw-categorie", "btw-tarief",
        ])
        var places: [String: Int] = [:]
        for document in documents { for id in document.lineIDs { places[id] = document.number } }
        for line in lines {
            rows.add([
                month.description, CSVText.plain(party.text), line.leg.rawValue, places[line.id].map(String.init) ?? "",
                CSVText.plain(line.id), line.kind.rawValue, CSVText.plain(line.cell?.application.text ?? ""),
                CSVText.plain(line.cell?.provider.text ?? ""), CSVText.plain(line.cell?.consumer.text ?? ""),
                CSVText.plain(line.cell?.tariffClass.text ?? ""), line.quantity?.description ?? "",
                line.price.map { Self.comma($0.value, 6) } ?? "", Self.comma(line.amount.value, 2),
                line.vat.category.rawValue, DecimalText.write(
                    line.vat.rate.value, fractionDigits: 2, minimum: 0, point: ","),
            ])
        }
        return rows.text
    }

    private static func comma(_ value: Int64, _ digits: Int) -> String {
        DecimalText.write(value, fractionDigits: digits, minimum: 2, point: ",")
    }
}
