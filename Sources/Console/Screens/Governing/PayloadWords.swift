// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// The payload of a decision in plain words: what changes when it is carried. Spec: Protocol/local-api.md §9.
struct PayloadWords {
    let decision: JSON
    let texts: Texts

    private var payload: JSON { decision["inhoud"] ?? .null }
    private var figures: Figures { Figures(texts: texts) }
    private func word(_ name: String) -> String { payload.words(name) }
    private func name(_ name: String) -> String { Self.party(payload[name]) }

    /// A member by its name, else by its OIN.
    static func party(_ value: JSON?) -> String {
        if let text = value?.text { return text }
        return value?["naam"]?.text ?? value?["oin"]?.text ?? "?"
    }

    var lines: [String] {
        switch decision.words("soort") {
        case "toelating": return [texts(.payloadAdmission, name("lid"), payload["lid"]?.words("oin") ?? "")] + endpoints
        case "uittreding": return [texts(.payloadExit, name("lid"), figures.day(word("laatsteDatum")))]
        case "ontzetting": return [texts(.payloadExpulsion, name("lid"))]
        case "tarief": return tariff
        case "contributie":
            return [
                texts(.payloadContribution, String(payload.number("vanafJaar") ?? 0),
                      figures.price(payload.number("perInwonerMicroEuro"))), vat,
            ]
        case "kostenverdeling": return costSharing
        case "inwoners": return payload.list("aantallen").map(inhabitants)
        case "applicatie": return application
        case "deelname":
            return [texts(.payloadJoining, name("lid"), word("applicatie"), figures.day(word("sindsDatum")))]
        case "einde deelname":
            return [texts(.payloadLeaving, name("lid"), word("applicatie"), figures.day(word("totDatum")))]
        case "stemvlag":
            return [texts(payload["stemt"]?.truth == true ? .payloadVotes : .payloadVotesNot, name("lid"))]
        case "sleutelvervanging":
            return [texts(
                .payloadKeys, name("lid"), String(word("logId").prefix(12)), String(payload.number("eindOmvang") ?? 0))]
        case "telling":
            return [texts(
                .payloadCount, figures.month(word("maand")), word("applicatie"), word("klasse"), name("aanbieder"),
                name("afnemer"), figures.count(payload.number("aantal")))]
        case "netwerktermijnen": return TermWords.lines(payload, texts)
        case "besluitregel": return LineByDecisionWords(row: payload, texts: texts).lines + [vat]
        case "voorschot verrekenen":
            return [texts(.payloadAdvance, word("besluit"), figures.month(word("inMaand")))]
        case "voorwaarden kostenverdeling":
            return [texts(.payloadTerms, word("applicatie"))] + SharingTermWords.lines(payload, texts)
        default: return [texts(.payloadNone)]
        }
    }

    private var endpoints: [String] {
        let addresses = payload.list("eindpunten").compactMap(\.text)
        return addresses.isEmpty ? [] : [texts(.payloadEndpoints, addresses.joined(separator: ", "))]
    }

    private var vat: String {
        texts(.payloadVAT, word("btwCategorie"), figures.percent(payload.number("btwBasispunten")))
    }

    private var tariff: [String] {
        let first = texts(.payloadTariff, word("applicatie"), word("klasse"), figures.month(word("vanafMaand")))
        let last = payload["totEnMetMaand"]?.text.map { texts(.payloadUntil, figures.month($0)) }
        var above: Int64 = 0
        let tiers = payload.list("treden").map { tier -> String in
            let price = figures.price(tier.number("prijsMicroEuro"))
            defer { above = tier.number("totEnMet") ?? above }
            if let upTo = tier.number("totEnMet") {
                return texts(.payloadTier, figures.count(above), figures.count(upTo), price)
            }
            return above == 0 ? texts(.payloadPrice, price) : texts(.payloadLastTier, figures.count(above), price)
        }
        let funder = payload["betaler"].flatMap { $0 == .null ? nil : texts(.payloadFunder, Self.party($0)) }
        return [first] + [last].compactMap { $0 } + tiers + [vat] + [funder].compactMap { $0 } + consequence
    }

    /// Which tariff ends when, and which months the new one bills; nothing where it has no effect.
    var consequence: [String] {
        guard let effect = decision["gevolg"], effect != .null else { return [] }
        let first = figures.month(effect.words("rekentVanafMaand"))
        var lines: [String] = []
        if let ended = effect["beeindigt"], ended != .null {
            lines.append(texts(
                .payloadEnds, figures.month(ended.words("vanafMaand")), figures.month(ended.words("totEnMetMaand"))))
        } else {
            lines.append(texts(.payloadEndsNone))
        }
        if let last = effect["rekentTotEnMetMaand"]?.text {
            lines.append(texts(.payloadBillsUntil, first, figures.month(last)))
            let next = effect.words("volgendeVanafMaand")
            let isFollowed = CivilMonth(last)?.adding(months: 1).map { $0 == CivilMonth(next) } ?? false
            lines.append(isFollowed ? texts(.payloadNext, figures.month(next)) : texts(.payloadGap))
        } else {
            lines.append(texts(.payloadBillsOn, first))
        }
        if effect["reiktTerug"]?.truth == true { lines.append(texts(.payloadBack)) }
        return lines
    }

    private var costSharing: [String] {
        let title = texts(
            .payloadSharing, figures.cents(payload.number("totaalCent")), word("applicatie"),
            String(payload.number("sleuteljaar") ?? 0))
        let rows = payload.list("deelnemers").map { participant in
            texts(.payloadSharer, Self.party(participant["lid"]), figures.month(participant.words("sindsMaand")))
        }
        let terms = payload.list("voorwaarden").flatMap { SharingTermWords.lines($0, texts) }
        let charged = payload.list("eerderGefactureerd").map { row in
            texts(.payloadCharged, Self.party(row["lid"]), figures.cents(row.number("cent")))
        }
        return [title] + rows + [vat] + terms + charged
    }

    private func inhabitants(_ row: JSON) -> String {
        let code = row.words("code")
        let place = Self.party(row["lid"]) + (code.isEmpty ? "" : " (\(code))")
        let mark = texts(row["definitief"]?.truth == true ? .figureFinal : .figureProvisional)
        return texts(
            .payloadInhabitants, place, String(row.number("jaar") ?? 0), figures.count(row.number("aantal")), mark)
    }

    private var application: [String] {
        let people = payload.list("deelnemers").map { Self.party($0["lid"]) }.joined(separator: ", ")
        var lines = [
            texts(.payloadApplication, word("naam"), word("id"), name("lead")), texts(.participants, people),
            texts(.payloadClasses, payload.list("klassen").compactMap(\.text).joined(separator: ", ")),
        ]
        if payload["gevoelig"]?.truth == true { lines.append(texts(.payloadSensitive)) }
        return lines
    }
}
