// SPDX-License-Identifier: EUPL-1.2
import Transport


/// The paths of the own books. Spec: Protocol/local-api.md §7a.
enum BooksRoutes {
    private static let number = Route.Parameter(
        name: "nummer", description: "Nummer van het document", example: "EHV1-000042")

    static let all = outbox

    private static let outbox = [
        Route(.post, "/v1/documenten/_nummeren", "Nummert wat dit lid over een maand uitschrijft, in een reeks",
              consumes: [MediaType.json], answer: "Nummering", handler: NumberingAnswers.number),
        Route(.get, "/v1/documenten", "De genummerde documenten, hun stand en de reeksen", answer: "Uitbak",
              handler: NumberingAnswers.outbox),
        Route(.get, "/v1/documenten/{nummer}", "Een genummerd document met zijn bestand", parameters: [number],
              answer: "Uitgaand", handler: NumberingAnswers.show),
        Route(.post, "/v1/documenten/{nummer}/_goedkeuren", "Een ander dan de maker keurt een document goed",
              parameters: [number], consumes: [MediaType.json], answer: "Goedkeuring",
              handler: NumberingAnswers.approve),
        Route(.post, "/v1/documenten/{nummer}/_overhandigen", "Het bestand is aan de ontvanger gegeven",
              parameters: [number], consumes: [MediaType.json], answer: "Overhandiging",
              handler: NumberingAnswers.handOver),
        Route(.post, "/v1/documenten/{nummer}/_afwijzen", "Het document wordt niet overhandigd; het nummer blijft",
              parameters: [number], consumes: [MediaType.json], answer: "Afwijzing",
              handler: NumberingAnswers.reject),
    ]
}
