// SPDX-License-Identifier: EUPL-1.2
import Transport


/// The paths of the own books. Spec: Protocol/local-api.md §7a.
enum BooksRoutes {
    private static let number = Route.Parameter(
        name: "nummer", description: "Nummer van het document", example: "EHV1-000042")

    private static let month = Route.Parameter(name: "maand", description: "Kalendermaand", example: "2026-10")

    static let all = outbox + approval + payment

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

    private static let approval = [
        Route(.get, "/v1/ontvangen/{maand}", "Wat dit lid over een maand betaalt: prestatie, akkoord, belemmeringen",
              parameters: [month], answer: "Ontvangen", handler: ApprovalAnswers.show),
        Route(.post, "/v1/ontvangen/{maand}/_verklaren", "Verklaart de prestatie van regels", parameters: [month],
              consumes: [MediaType.json], answer: "Prestatie", handler: ApprovalAnswers.confirm),
        Route(.post, "/v1/ontvangen/{maand}/_akkoord", "Geeft als ander akkoord op de betaling", parameters: [month],
              consumes: [MediaType.json], answer: "Betaalakkoord", handler: ApprovalAnswers.approve),
        Route(.get, "/v1/inkooporders", "De eigen inkooporders met hun saldo",
              query: [.init(name: "jaar", description: "Kalenderjaar", example: "2026")], answer: "Inkooporders",
              handler: OrderAnswers.list),
        Route(.post, "/v1/inkooporders", "Zet de inkooporder van een applicatie en jaar",
              consumes: [MediaType.json], answer: "Inkooporder", handler: OrderAnswers.set),
        Route(.get, "/v1/rekeningen", "De rekeningen waarop betaald wordt, en wat is vastgehouden",
              answer: "Rekeningen", handler: AccountAnswers.list),
        Route(.post, "/v1/rekeningen/_aanvaarden", "Aanvaardt een gewijzigde rekening; twee mensen zijn nodig",
              consumes: [MediaType.json], answer: "Rekening", handler: AccountAnswers.accept),
    ]

    private static let payment = [
        Route(.post, "/v1/betalingen", "Legt een betaling vast", consumes: [MediaType.json], answer: "Betaling",
              handler: PaymentAnswers.record),
        Route(.post, "/v1/betalingen/_importeren", "Neemt betalingen over uit een bankafschrift (CAMT.053)",
              consumes: [MediaType.json], answer: "Bankimport", handler: PaymentAnswers.importFile),
        Route(.post, "/v1/beginsaldi", "Legt een openstaande post van voor het netwerk vast",
              consumes: [MediaType.json], answer: "Beginsaldo", handler: PaymentAnswers.open),
        Route(.get, "/v1/openstaand", "De openstaande posten met hun ouderdom", answer: "Openstaand",
              handler: PaymentAnswers.items),
        Route(.get, "/v1/verrekening", "Een betaling per lid in plaats van alle posten, waar daartoe besloten is",
              answer: "Verrekening", handler: PaymentAnswers.offset),
        Route(.get, "/v1/penningmeester", "Liquiditeit, volgende nummers, btw-aangifte, omzet van niet-leden",
              query: [
                  .init(name: "vanaf", description: "Eerste maand van de btw-aangifte", example: "2026-10"),
                  .init(name: "totEnMet", description: "Laatste maand", example: "2026-12"),
                  .init(name: "saldoCent", description: "Banksaldo nu, in centen", example: "1250000"),
              ], answer: "Penningmeester", handler: TreasurerAnswer.show),
    ]
}
