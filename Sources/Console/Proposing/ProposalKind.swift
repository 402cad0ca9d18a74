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
        ] + vat),
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
    ]

    private static let terms: [ProposalField] = [
        .optional("smallCount", "kleinAantal", .integer), .optional("toleranceCents", "tolerantieCent", .integer),
        .optional("toleranceBasisPoints", "tolerantieBasispunten", .integer),
        .optional("capBasisPoints", "grensBasispunten", .integer),
        .optional("yearlyCapCents", "jaargrensCent", .integer),
        .optional("disputeWorkingDays", "reactietermijnWerkdagen", .integer),
        .optional("statementWorkingDay", "vaststellenWerkdag", .integer),
        .optional("paymentDays", "betaaltermijnDagen", .integer), .optional("billingDay", "factureringsdag", .integer),
    ]

    private static let timings: [ProposalField] = [
        .optional("propose", "voorstelMilliseconden", .integer),
        .optional("prevote", "voorstemMilliseconden", .integer),
        .optional("precommit", "eindstemMilliseconden", .integer), .optional("growth", "groeiMilliseconden", .integer),
        .optional("hold", "wachtMilliseconden", .integer),
    ]
}
