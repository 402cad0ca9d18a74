// SPDX-License-Identifier: EUPL-1.2

extension TextTable {
    static let documents: [Text: (nl: String, en: String)] = [
        .documentsNone: ("Deze maand is er niets uit te schrijven.", "There is nothing to issue for this month."),
        .outboxNone: ("Er is nog niets genummerd.", "Nothing is numbered yet."),
        .outboxAct: ("{0} door {1} op {2}", "{0} by {1} on {2}"),
        .outboxNext: ("Reeks {0}: volgende nummer {1}", "Series {0}: next number {1}"),
        .outboxEnded: (
            "Reeks {0} is geëindigd: de eigen log is opgevolgd", "Series {0} has ended: the own log was succeeded"),
        .invoiceChecked: ("Factuur {0} van {1}: {2}", "Invoice {0} of {1}: {2}"),
        .invoiceAgrees: (
            "Komt regel voor regel overeen met het eigen overzicht.", "Agrees line by line with the own statement."),
    ]
}
