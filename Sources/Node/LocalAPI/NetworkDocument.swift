// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
import Journal
public import Notation

/// A network in words: what its genesis says. Spec: Protocol/local-api.md §3.
public enum NetworkDocument {
    /// The document of a genesis.
    public static func json(_ genesis: Genesis) -> JSON {
        [
            "id": .string(genesis.network.description),
            "naam": .string(genesis.name),
            "datum": .string(genesis.date.description),
            "tijdperk": ["nummer": 0, "datum": .string(genesis.date.description)],
            "regelversie": .count(genesis.ruleVersion),
            "cooperatie": [
                "naam": .string(genesis.cooperative.name),
                "boekhouder": party(genesis, genesis.cooperative.books),
            ],
            "stichters": .array(genesis.founders.map { party(genesis, $0.oin) }),
            "applicaties": .array(genesis.applications.map { application(genesis, $0) }),
            "tarieven": .array(genesis.tariffs.enumerated().map { tariff($1, $0) }),
            "contributies": .array(genesis.contributions.enumerated().map { contribution($1, $0) }),
            "kostenverdelingen": .array(genesis.costSharings.enumerated().map { sharing(genesis, $1, $0) }),
            "termijnen": terms(genesis.terms),
        ]
    }

    private static func party(_ genesis: Genesis, _ oin: OIN) -> JSON {
        ["oin": .string(oin.digits), "naam": .string(genesis.founder(oin)?.name ?? oin.digits)]
    }

    private static func application(_ genesis: Genesis, _ application: Genesis.Application) -> JSON {
        [
            "id": .string(application.id.description), "naam": .string(application.name),
            "lead": party(genesis, application.lead), "gevoelig": .boolean(application.isSensitive),
            "deelnemers": .array(application.participants.map { participant in
                [
                    "oin": .string(participant.member.digits),
                    "naam": .string(genesis.founder(participant.member)?.name ?? participant.member.digits),
                    "sindsDatum": .string(participant.since.description),
                ]
            }),
        ]
    }

    private static func tariff(_ tariff: Genesis.Tariff, _ position: Int) -> JSON {
        [
            "besluit": .string("genesis:8.\(position)"), "applicatie": .string(tariff.application.description),
            "klasse": .string(tariff.tariffClass.description), "vanafMaand": .string(tariff.firstMonth.description),
            "totEnMetMaand": .optional(tariff.lastMonth?.description),
            "treden": .array(tariff.tiers.map { tier in
                ["totEnMet": .optional(tier.upTo), "prijsMicroEuro": .integer(tier.priceMicroEuro)]
            }),
            "btwCategorie": .string(tariff.vatCategory), "btwBasispunten": .count(tariff.vatRateBasisPoints),
            "betaler": .optional(tariff.funder?.digits),
        ]
    }

    private static func contribution(_ contribution: Genesis.Contribution, _ position: Int) -> JSON {
        [
            "besluit": .string("genesis:9.\(position)"), "vanafJaar": .count(contribution.firstYear),
            "perInwonerMicroEuro": .integer(contribution.perInhabitantMicroEuro),
            "btwCategorie": .string(contribution.vatCategory),
            "btwBasispunten": .count(contribution.vatRateBasisPoints),
        ]
    }

    private static func sharing(_ genesis: Genesis, _ sharing: Genesis.CostSharing, _ position: Int) -> JSON {
        [
            "besluit": .string("genesis:10.\(position)"), "applicatie": .string(sharing.application.description),
            "totaalCent": .integer(sharing.totalCents), "sleuteljaar": .count(sharing.keyYear),
            "deelnemers": .array(sharing.participants.map { participant in
                [
                    "oin": .string(participant.member.digits),
                    "naam": .string(genesis.founder(participant.member)?.name ?? participant.member.digits),
                    "sindsMaand": .string(participant.since.description),
                ]
            }),
        ]
    }

    private static func terms(_ terms: Genesis.Terms) -> JSON {
        [
            "kleinAantal": .count(terms.smallCount), "tolerantieCent": .count(terms.toleranceCents),
            "tolerantieBasispunten": .count(terms.toleranceBasisPoints),
            "grensBasispunten": .count(terms.capBasisPoints), "jaargrensCent": .count(terms.yearlyCapCents),
            "reactietermijnWerkdagen": .count(terms.disputeWorkingDays),
            "vaststellenWerkdag": .count(terms.statementWorkingDay), "betaaltermijnDagen": .count(terms.paymentDays),
        ]
    }
}
