// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// The payload of a decision in the words of the API. Spec: Protocol/local-api.md §9.
struct PayloadDocument {
    /// How a member is named.
    let party: (OIN) -> JSON

    func json(_ payload: DecisionPayload) -> JSON {
        switch payload {
        case .admission(let card):
            return [
                "lid": ["oin": .string(card.oin.digits), "naam": .string(card.name)],
                "logsleutel": .string(card.logKey.description),
                "eindpunten": .array(card.endpoints.map { .string($0.description) }),
            ]
        case .exit(let member, let date): return ["lid": party(member), "laatsteDatum": .string(date.description)]
        case .expulsion(let member): return ["lid": party(member)]
        case .tariff(let tariff): return self.tariff(tariff)
        case .contribution(let row):
            return [
                "vanafJaar": .count(row.firstYear), "perInwonerMicroEuro": .integer(row.perInhabitantMicroEuro),
                "btwCategorie": .string(row.vatCategory), "btwBasispunten": .count(row.vatRateBasisPoints),
            ]
        case .costSharing(let sharing): return self.sharing(sharing)
        case .inhabitants(let counts): return ["aantallen": .array(counts.rows.map(inhabitants))]
        case .application(let application): return self.application(application)
        case .communityJoining(let application, let member, let since):
            return [
                "applicatie": .string(application.description), "lid": party(member),
                "sindsDatum": .string(since.description),
            ]
        case .communityLeaving(let application, let member, let until):
            return [
                "applicatie": .string(application.description), "lid": party(member),
                "totDatum": .string(until.description),
            ]
        case .votingFlag(let member, let votes): return ["lid": party(member), "stemt": .boolean(votes)]
        case .keyReplacement(let keys):
            return [
                "lid": party(keys.card.oin), "logsleutel": .string(keys.card.logKey.description),
                "logId": .string(keys.log.description), "eindOmvang": .count(keys.end.size.count),
                "eindWortel": .string(keys.end.root.description),
            ]
        case .networkTerms(let terms): return self.terms(terms)
        case .freeText: return .null
        case .cellCount(let count):
            return [
                "maand": .string(count.month.description), "applicatie": .string(count.application),
                "aanbieder": party(count.provider), "afnemer": party(count.consumer),
                "klasse": .string(count.tariffClass), "aantal": .integer(count.quantity),
            ]
        case .line(let line): return self.line(line)
        case .advanceSettlement(let advance, let month):
            return ["besluit": .string(advance.description), "inMaand": .string(month.description)]
        case .sharingTerms(let application, let terms):
            return .object(JSONObject(
                [.init("applicatie", .string(application.description))] + Self.terms(terms)))
        }
    }

    private func tariff(_ tariff: Genesis.Tariff) -> JSON {
        [
            "applicatie": .string(tariff.application.description),
            "klasse": .string(tariff.tariffClass.description), "vanafMaand": .string(tariff.firstMonth.description),
            "totEnMetMaand": .optional(tariff.lastMonth?.description),
            "treden": .array(tariff.tiers.map(Self.tier)),
            "btwCategorie": .string(tariff.vatCategory), "btwBasispunten": .count(tariff.vatRateBasisPoints),
            "betaler": tariff.funder.map(party) ?? .null,
        ]
    }

    static func tier(_ tier: Genesis.Tariff.Tier) -> JSON {
        ["totEnMet": .optional(tier.upTo), "prijsMicroEuro": .integer(tier.priceMicroEuro)]
    }

    private func sharing(_ sharing: Genesis.CostSharing) -> JSON {
        [
            "applicatie": .string(sharing.application.description), "totaalCent": .integer(sharing.totalCents),
            "sleuteljaar": .count(sharing.keyYear),
            "deelnemers": .array(sharing.participants.map { participant in
                ["lid": party(participant.member), "sindsMaand": .string(participant.since.description)]
            }),
            "btwCategorie": .string(sharing.vatCategory), "btwBasispunten": .count(sharing.vatRateBasisPoints),
            "voorwaarden": Self.terms(of: sharing), "eerderGefactureerd": charged(of: sharing),
        ]
    }

    private func inhabitants(_ row: Genesis.Inhabitants) -> JSON {
        [
            "lid": party(row.member), "code": .string(row.code), "jaar": .count(row.year),
            "aantal": .integer(row.count), "definitief": .boolean(row.isFinal),
        ]
    }

    private func application(_ application: Genesis.Application) -> JSON {
        [
            "id": .string(application.id.description), "naam": .string(application.name),
            "lead": party(application.lead), "gevoelig": .boolean(application.isSensitive),
            "deelnemers": .array(application.participants.map { participant in
                ["lid": party(participant.member), "sindsDatum": .string(participant.since.description)]
            }),
            "klassen": .array(application.classes.map { .string($0.description) }),
            "aanbieders": .array(application.providers.map(party)),
            "wijzen": .array(application.modes.map { mode in
                [
                    "afnemer": party(mode.consumer),
                    "wijze": .string(mode.mode == .monthlyTotal ? "maandtotaal" : "bevestigd"),
                ]
            }),
            "klanten": .array(application.customers.map { ["id": .string($0.id), "naam": .string($0.name)] }),
        ]
    }

    private func terms(_ change: NetworkTerms) -> JSON {
        var document = JSONObject()
        if let terms = change.terms {
            document.set("termijnen", .object(JSONObject(ProposalFieldWords.terms.map { row in
                .init(row.api, .count(terms[keyPath: row.place]))
            })))
        }
        if let timings = change.timings {
            document.set("tijden", .object(JSONObject(ProposalFieldWords.timings.map { row in
                .init(row.api, .count(timings[keyPath: row.place]))
            })))
        }
        return .object(document)
    }
}
