// SPDX-License-Identifier: EUPL-1.2

extension TextTable {
    static let documents: [Text: (nl: String, en: String)] = [
        .documentsNone: ("Deze maand is er niets uit te schrijven.", "There is nothing to issue for this month."),
        .invoiceChecked: ("Factuur {0} van {1}: {2}", "Invoice {0} of {1}: {2}"),
        .invoiceAgrees: (
            "Komt regel voor regel overeen met het eigen overzicht.", "Agrees line by line with the own statement."),
    ]
}
