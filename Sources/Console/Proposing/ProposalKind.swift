// SPDX-License-Identifier: EUPL-1.2

/// A kind of decision: its word in files and options, its word in the API, and the fields of its payload.
/// Spec: Protocol/voting.md §5, Protocol/local-api.md §9.
struct ProposalKind: Sendable {
    let word: String
    let api: String
    let fields: [ProposalField]

    init(_ word: String, _ api: String, _ fields: [ProposalField] = []) {
        (self.word, self.api, self.fields) = (word, api, fields)
    }

    static func named(_ word: String) -> ProposalKind? { all.first { $0.word == word } }

    private static let application = ProposalField("application", "applicatie")
    private static let member = ProposalField("member", "lid")
    private static let card = ProposalField("card", "kaart", .file)
    private static let vat = [
        ProposalField("vat", "btwCategorie"),
        ProposalField("rate", "btwBasispunten", .decimal(digits: 2, example: "21")),
    ]
    private static let price = ProposalField("price", "prijsMicroEuro", .decimal(digits: 6, example: "0.035"))
    private static let inhabitants = [
        member, .optional("code", "code"), ProposalField("year", "jaar", .integer),
        ProposalField("count", "aantal", .integer), .optional("final", "definitief", .truth),
    ]
    private static let wordsOfModes = [
        (word: "monthlyTotal", api: "maandtotaal"), (word: "confirmed", api: "bevestigd"),
    ]

    static let all: [ProposalKind] = [
        ProposalKind("admission", "toelating", [card]),
        ProposalKind("exit", "uittreding", [member, ProposalField("date", "laatsteDatum")]),
        ProposalKind("expulsion", "ontzetting", [member]),
        ProposalKind("tariff", "tarief", [
            application, .optional("class", "klasse"), ProposalField("from", "vanafMaand"),
            .optional("to", "totEnMetMaand"), .optional("price", "treden", .onlyTier),
            .optional("tiers", "treden", .list([.optional("upTo", "totEnMet", .integer), price])),
        ] + vat + [.optional("funder", "betaler")]),
        ProposalKind("contribution", "contributie", [
            ProposalField("from", "vanafJaar", .integer),
            ProposalField("perInhabitant", "perInwonerMicroEuro", .decimal(digits: 6, example: "0.35")),
        ] + vat),
        ProposalKind("cost-sharing", "kostenverdeling", [
            application, ProposalField("total", "totaalCent", .decimal(digits: 2, example: "120000.00")),
            ProposalField("keyYear", "sleuteljaar", .integer),
            ProposalField("participants", "deelnemers", .list([member, ProposalField("since", "sindsMaand")])),
        ] + vat + [
            .optional("terms", "voorwaarden", .list(joining)),
            .optional("charged", "eerderGefactureerd", .list([
                member, ProposalField("amount", "cent", .decimal(digits: 2, example: "1000.00")),
            ])),
        ]),
        ProposalKind("inhabitants", "inwoners", [ProposalField("counts", "aantallen", .list(inhabitants))]),
        ProposalKind("application", "applicatie", [
            ProposalField("id", "id"), ProposalField("name", "naam"), ProposalField("lead", "lead"),
            ProposalField("participants", "deelnemers", .list([member, ProposalField("since", "sindsDatum")])),
            .optional("sensitive", "gevoelig", .truth), .optional("classes", "klassen", .texts),
            .optional("providers", "aanbieders", .texts),
            .optional("modes", "wijzen", .list([
                ProposalField("consumer", "afnemer"), ProposalField("mode", "wijze", .choice(wordsOfModes)),
            ])),
            .optional("customers", "klanten", .list([ProposalField("id", "id"), ProposalField("name", "naam")])),
        ]),
        ProposalKind("community-joining", "deelname", [application, member, ProposalField("date", "sindsDatum")]),
        ProposalKind("community-leaving", "einde deelname", [application, member, ProposalField("date", "totDatum")]),
        ProposalKind("voting-flag", "stemvlag", [member, ProposalField("votes", "stemt", .truth)]),
        ProposalKind("key-replacement", "sleutelvervanging", [
            card, ProposalField("log", "logId"), ProposalField("endSize", "eindOmvang", .integer),
            ProposalField("endRoot", "eindWortel"),
        ]),
        ProposalKind("network-terms", "netwerktermijnen", [
            .optional("terms", "termijnen", .group(terms)), .optional("timings", "tijden", .group(timings)),
        ]),
        ProposalKind("free-text", "vrije tekst"),
        ProposalKind("cell-count", "telling", [
            ProposalField("month", "maand"), application, ProposalField("provider", "aanbieder"),
            ProposalField("consumer", "afnemer"), ProposalField("class", "klasse"),
            ProposalField("quantity", "aantal", .integer),
        ]),
        ProposalKind("line", "besluitregel", [
            ProposalField("line", "regelsoort", .choice(wordsOfLines)),
            .optional("pays", "betaler", .choice(wordsOfPayers)),
            ProposalField("month", "maand"),
            ProposalField("total", "totaalCent", .decimal(digits: 2, example: "92500.00")),
            ProposalField("key", "sleutel", .list([member, ProposalField("weight", "gewicht", .integer)])),
        ] + vat + [
            .optional("application", "applicatie"), .optional("for", "omschrijving"),
            .optional("settledIn", "verrekendInMaand"),
        ]),
        ProposalKind("advance-settlement", "voorschot verrekenen", [
            ProposalField("decision", "besluit"), ProposalField("month", "inMaand"),
        ]),
        ProposalKind("cost-sharing-terms", "voorwaarden kostenverdeling", [application] + joining),
    ]

    private static let wordsOfLines = [
        (word: "entrance-fee", api: "entreegeld"), (word: "exit-charge", api: "uittreedsom"),
        (word: "fixed-split", api: "vaste verdeling"), (word: "other", api: "besluit"),
        (word: "advance", api: "voorschot"),
    ]
    private static let wordsOfPayers = [(word: "member", api: "lid"), (word: "cooperative", api: "coöperatie")]
    private static let wordsOfKeyDates = [
        (word: "original", api: "oorspronkelijk"), (word: "joining", api: "toetreding"),
    ]
    private static let joining: [ProposalField] = [
        ProposalField("from", "vanafMaand"),
        .optional("total", "totaalCent", .decimal(digits: 2, example: "120000.00")),
        .optional("keyDate", "sleuteldatum", .choice(wordsOfKeyDates)),
        .optional("indexNow", "indexNu", .integer), .optional("indexOriginal", "indexOorspronkelijk", .integer),
        .optional("lifeMonths", "levensduurMaanden", .integer),
    ]

    private static let terms: [ProposalField] = [
        .optional("smallCount", "kleinAantal", .integer), .optional("toleranceCents", "tolerantieCent", .integer),
        .optional("toleranceBasisPoints", "tolerantieBasispunten", .integer),
        .optional("capBasisPoints", "grensBasispunten", .integer),
        .optional("yearlyCapCents", "jaargrensCent", .integer),
        .optional("disputeWorkingDays", "reactietermijnWerkdagen", .integer),
        .optional("statementWorkingDay", "vaststellenWerkdag", .integer),
        .optional("paymentDays", "betaaltermijnDagen", .integer), .optional("offset", "verrekening", .integer),
        .optional("correctionCents", "correctieDrempelCent", .integer),
        .optional("correctionMonths", "correctieTermijnMaanden", .integer),
        .optional("capFromCents", "grensVanafCent", .integer), .optional("billingDay", "factureringsdag", .integer),
    ]

    private static let timings: [ProposalField] = [
        .optional("propose", "voorstelMilliseconden", .integer),
        .optional("prevote", "voorstemMilliseconden", .integer),
        .optional("precommit", "eindstemMilliseconden", .integer), .optional("growth", "groeiMilliseconden", .integer),
        .optional("hold", "wachtMilliseconden", .integer),
    ]
}
