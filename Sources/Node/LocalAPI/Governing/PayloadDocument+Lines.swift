// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

// Lines by decision and terms of joins in the words of the API. Spec: Protocol/local-api.md §9.
extension PayloadDocument {
    func line(_ line: DecidedLine) -> JSON {
        [
            "regelsoort": .string(LineWords.word(line.kind)), "betaler": line.isPaidOut ? "coöperatie" : "lid",
            "maand": .string(line.month.description), "totaalCent": .integer(line.totalCents),
            "sleutel": .array(line.key.map { ["lid": party($0.member), "gewicht": .integer($0.weight)] }),
            "btwCategorie": .string(line.vatCategory), "btwBasispunten": .count(line.vatRateBasisPoints),
            "applicatie": .optional(line.application?.description), "omschrijving": .optional(line.text),
            "verrekendInMaand": .optional(line.settledIn?.description),
        ]
    }

    static func terms(_ terms: Genesis.SharingTerms) -> [JSONObject.Member] {
        [
            .init("vanafMaand", .string(terms.firstMonth.description)),
            .init("totaalCent", .optional(terms.totalCents)),
            .init("sleuteldatum", terms.isKeyOfJoining ? "toetreding" : "oorspronkelijk"),
            .init("indexNu", .optional(terms.index?.now)),
            .init("indexOorspronkelijk", .optional(terms.index?.original)),
            .init("levensduurMaanden", .optional(terms.lifeMonths)),
        ]
    }

    static func terms(of sharing: Genesis.CostSharing) -> JSON {
        .array(sharing.terms.map { .object(JSONObject(Self.terms($0))) })
    }

    func charged(of sharing: Genesis.CostSharing) -> JSON {
        .array(sharing.charged.map { ["lid": party($0.member), "cent": .integer($0.cents)] })
    }
}
