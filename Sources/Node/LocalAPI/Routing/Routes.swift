// SPDX-License-Identifier: EUPL-1.2
import Transport

/// Every path of the local API. Spec: Protocol/local-api.md.
enum Routes {
    private static let oin = Route.Parameter(
        name: "oin", description: "OIN van het lid, twintig cijfers", example: "00000099000000632000")
    private static let id = Route.Parameter(
        name: "id", description: "Id van de applicatie", example: "zaaksysteem")
    private static let month = Route.Parameter(name: "maand", description: "Kalendermaand", example: "2026-10")
    private static let lineID = Route.Parameter(
        name: "regelId", description: "Id van een regel van een overzicht",
        example: "C-2026-10/00000099000000632000")

    static let all: [Route] = general + governing + catalogue + metering + settling + BooksRoutes.all + reporting
        + keeping

    private static let general = [
        Route(.get, "/v1/openapi.json", "Deze beschrijving, voor programma's", answer: "OpenApi") { _, _ in
            .json(OpenAPIDocument.json(all))
        },
        Route(.get, "/v1/gezondheid", "Of de knoop dient en kan schrijven", answer: "Gezondheid",
              handler: StatusAnswer.health),
        Route(.get, "/v1/status", "Alles wat korf status toont", answer: "Status", handler: StatusAnswer.status),
        Route(.get, "/v1/netwerk", "Het netwerk en de regels die gelden, in woorden", answer: "Netwerk",
              handler: NetworkAnswers.network),
        Route(.get, "/v1/netwerk/join-bestand", "Het bestand waarmee anderen aan het netwerk deelnemen",
              answer: "JoinBestand", handler: JoiningAnswers.joinFile),
        Route(.get, "/v1/toetreding", "Waar de toelating van dit lid op wacht", answer: "Toetreding",
              handler: JoiningAnswers.progress),
        Route(.get, "/v1/eigen-log", "Vraagt de leden waar de eigen log eindigt", answer: "EindeEigenLog",
              handler: SuccessionAnswers.end),
        Route(.post, "/v1/eigen-log/_opvolgen", "Opent een opvolger van de eigen log", consumes: [MediaType.json],
              answer: "Opvolging", handler: SuccessionAnswers.succeed),
        Route(.get, "/v1/leden", "De leden", answer: "Leden", handler: NetworkAnswers.members),
        Route(.get, "/v1/leden/{oin}", "Een lid met kaart, logs en verificatiesleutels", parameters: [oin],
              answer: "Lid", handler: NetworkAnswers.member),
    ]

    private static let catalogue = [
        Route(.get, "/v1/applicaties", "De productencatalogus", answer: "Applicaties", handler: CatalogueAnswers.list),
        Route(.post, "/v1/applicaties", "Sticht een applicatie", consumes: [MediaType.json], answer: "Gesticht",
              handler: CatalogueWriting.found),
        Route(.get, "/v1/applicaties/{id}", "Een applicatie met alle velden, schrijvers en conflicten",
              parameters: [id], produces: [MediaType.json, MediaType.yaml], answer: "Applicatie",
              handler: CatalogueAnswers.show),
        Route(.post, "/v1/applicaties/{id}/_importeer", "Neemt een publiccode.yml over, met beoordeling",
              parameters: [id],
              query: [.init(name: "bron", description: "Waar het bestand vandaan komt", example: "publiccode.yml")],
              consumes: [MediaType.yaml], answer: "Import", handler: CatalogueWriting.importFile),
        Route(.post, "/v1/applicaties/{id}/_wijzig", "Wijzigt velden en verzamelingen; lost conflicten daarin op",
              parameters: [id], consumes: [MediaType.json], answer: "Wijziging", handler: CatalogueWriting.edit),
        Route(.get, "/v1/conflicten", "Velden met meer dan één waarde", answer: "Conflicten",
              handler: CatalogueAnswers.conflicts),
    ]

    private static let metering = [
        Route(.post, "/v1/verbruik/meldingen", "Meldt verbruik; duurzaam voor het antwoord",
              consumes: [MediaType.event, MediaType.events], answer: "Meldingen", handler: MeteringAnswers.accept),
        Route(.post, "/v1/verbruik/_intrekken", "Trekt een melding in", consumes: [MediaType.json],
              answer: "Intrekking", handler: MeteringAnswers.retract),
        Route(.post, "/v1/verbruik/_verzend", "Schrijft naar de log wat mag", answer: "Verzending",
              handler: MeteringAnswers.flush),
        Route(.get, "/v1/verbruik/quarantaine", "Dagen die wachten sinds een back-up werd teruggezet",
              answer: "Quarantaine", handler: QuarantineAnswers.show),
        Route(.post, "/v1/verbruik/_vrijgeven", "Laat dagen uit de quarantaine meetellen",
              consumes: [MediaType.json], answer: "Quarantaine", handler: QuarantineAnswers.release),
        Route(.get, "/v1/verbruik/totalen", "Maandtotalen uit de eigen administratie",
              query: [.init(name: "maand", description: "Kalendermaand", example: "2026-10", isRequired: true)],
              answer: "Totalen", handler: TotalAnswers.show),
        Route(.post, "/v1/verbruik/totalen", "Neemt maandtotalen over, allemaal of geen",
              consumes: [MediaType.json], answer: "TotalenOvername", handler: TotalAnswers.keep),
        Route(.get, "/v1/verbruik", "Verbruik van een maand, beide zijden",
              query: [.init(name: "maand", description: "Kalendermaand", example: "2026-10", isRequired: true)],
              answer: "Verbruik", handler: MeteringAnswers.show),
    ]

    private static let settling = [
        Route(.post, "/v1/overzichten/_vaststellen", "Stelt een maand vast tegenover alle wederpartijen",
              consumes: [MediaType.json], answer: "Vaststelling", handler: SettlingAnswers.state),
        Route(.get, "/v1/overzichten/{maand}", "Het verbruiksoverzicht van een lid, voorlopig", parameters: [month],
              query: [.init(name: "lid", description: "OIN; anders het eigen lid", example: "00000099000000632000")],
              answer: "Overzicht", handler: SettlingAnswers.statement),
        Route(.get, "/v1/vergelijkingen/{maand}", "Alle cellen van een maand, vergeleken", parameters: [month],
              answer: "Vergelijking", handler: SettlingAnswers.compare),
        Route(.post, "/v1/vergelijkingen/{maand}/_verschillen",
              "Vergelijkt met de wederpartij tot op de transactie; geeft gelijke dagen uit quarantaine vrij",
              parameters: [month], consumes: [MediaType.json], answer: "Verschillen",
              handler: DifferenceAnswers.narrow),
        Route(.get, "/v1/maanden/{maand}", "Een maand met elke wederpartij: standpunten, handtekeningen, afsluiting",
              parameters: [month], answer: "Maand", handler: PeriodAnswers.show),
        Route(.post, "/v1/maanden/{maand}/standpunten", "Betwist een cel, gaat akkoord, trekt in of legt voor",
              parameters: [month], consumes: [MediaType.json], answer: "Standpunt", handler: PeriodAnswers.stand),
        Route(.post, "/v1/maanden/{maand}/_afsluiten", "Tekent wat van de maand telt tegenover een wederpartij",
              parameters: [month], consumes: [MediaType.json], answer: "Afsluiting", handler: PeriodAnswers.close),
        Route(.post, "/v1/overzichten/_exporteren", "Het overzicht van een lid als bestanden, met journaal",
              consumes: [MediaType.json], answer: "Overzichtbestanden", handler: StatementFiles.export),
        Route(.post, "/v1/documenten/_opmaken", "De facturen en creditnota's die dit lid uitschrijft",
              consumes: [MediaType.json], answer: "Documenten", handler: DocumentAnswers.make),
        Route(.post, "/v1/documenten/_controleren", "Een ontvangen factuur naast het eigen overzicht",
              consumes: [MediaType.json], answer: "Factuurcontrole", handler: DocumentAnswers.check),
        Route(.get, "/v1/uitleg/{regelId...}", "Waar een bedrag vandaan komt", parameters: [lineID],
              answer: "Uitleg", handler: ExplanationAnswer.explain),
    ]

    private static let reporting = [
        Route(.post, "/v1/prognoses/_doorrekenen", "Wat een besluit zou kosten of schelen, voor het genomen is",
              consumes: [MediaType.json], answer: "Doorrekening", handler: OutlookAnswers.simulate),
        Route(.post, "/v1/prognoses/_aanbieden", "Het aanbod aan wie lid zou worden", consumes: [MediaType.json],
              answer: "Aanbod", handler: OutlookAnswers.offer),
        Route(.get, "/v1/jaarbladen/{jaar}", "Begroting, vastgelegd, gerealiseerd en prognose van een applicatie",
              parameters: [.init(name: "jaar", description: "Kalenderjaar", example: "2026")],
              query: [
                  .init(name: "applicatie", description: "Id van de applicatie", example: "corv", isRequired: true),
                  .init(name: "lid", description: "OIN; anders het eigen lid", example: "00000099000000632000"),
                  .init(name: "begrotingCent", description: "Wat is begroot, in hele centen", example: "500000"),
              ],
              answer: "Jaarblad", handler: YearAnswers.sheet),
        Route(.get, "/v1/jaarafsluitingen/{jaar}", "Een jaar met elke wederpartij",
              parameters: [.init(name: "jaar", description: "Kalenderjaar", example: "2026")],
              answer: "Jaarafsluiting", handler: YearAnswers.end),
        Route(.get, "/v1/kwartaalrapporten/{kwartaal}", "Het kwartaalrapport met zijn zes onderwerpen",
              parameters: [.init(name: "kwartaal", description: "Jaar en kwartaal", example: "2026-Q3")],
              answer: "Kwartaalrapport", handler: QuarterAnswer.show),
    ]

    private static let keeping = [
        Route(.post, "/v1/_jaarbundel", "Schrijft de jaarbundel voor de accountant, die zonder knoop te controleren is",
              consumes: [MediaType.json], answer: "Jaarbundel", handler: KeepingAnswers.bundle),
        Route(.post, "/v1/_backup", "Maakt een back-up in een lege map", consumes: [MediaType.json], answer: "Backup",
              handler: KeepingAnswers.backup),
        Route(.post, "/v1/_exporteer-tegels", "Schrijft elke log als tlog-tiles", consumes: [MediaType.json],
              answer: "Tegels", handler: KeepingAnswers.tiles),
    ]
}
