// SPDX-License-Identifier: EUPL-1.2
import Cooperative

/// The fields of a proposal: what a finding of the core calls them, what the API calls them, and what has to stand
/// there, for those who read Dutch. Spec: Protocol/local-api.md §9.
enum ProposalFieldWords {
    private static let rows: [(core: String, api: String, expected: String)] = [
        ("organ", "orgaan", "de naam van een orgaan, zoals alv"),
        ("title", "titel", "1 tot 200 bytes op één regel"),
        ("deadline", "termijnDatum", "een dag zoals 2026-12-15"),
        ("cost", "kostenCent", "een bedrag boven nul; laat het weg waar er geen kosten zijn"),
        ("cover", "dekking", "waar het geld vandaan komt, bij kosten en alleen dan; 1 tot 200 bytes"),
        ("application", "applicatie", "de naam van een applicatie, zoals zaaksysteem"),
        ("class", "klasse", "een klasse: a-z, 0-9 en -, hoogstens 32 tekens"),
        ("from", "vanafMaand", "een maand zoals 2027-01"),
        ("until", "totEnMetMaand", "een maand zoals 2027-12, niet vóór de eerste"),
        ("tiers", "treden", "ten minste één trede; grenzen lopen op, alleen de laatste heeft er geen"),
        ("upTo", "totEnMet", "een grens boven de vorige; alleen de laatste trede heeft er geen"),
        ("price", "prijsMicroEuro", "een prijs van nul of meer"),
        ("vat", "btwCategorie", "een btw-categorie zoals S"),
        ("rate", "btwBasispunten", "een btw-tarief van 0 tot 100 procent"),
        ("funder", "betaler", "een OIN: twintig cijfers"),
        ("perInhabitant", "perInwonerMicroEuro", "een bedrag van nul of meer"),
        ("total", "totaalCent", "een bedrag van nul of meer"),
        ("keyYear", "sleuteljaar", "een jaar van 1970 tot 2199"),
        ("participants", "deelnemers", "elke deelnemer één keer"),
        ("member", "lid", "een OIN: twintig cijfers"),
        ("since", "sinds", "een datum zoals 2027-01-01, of bij een kostenverdeling een maand zoals 2027-01"),
        ("code", "code", "GM en vier cijfers, of leeg"),
        ("year", "jaar", "een jaar van 1970 tot 2199"),
        ("count", "aantal", "een aantal van nul of meer"),
        ("id", "id", "kleine letters, cijfers en streepjes, zoals zaaksysteem"),
        ("name", "naam", "1 tot 100 bytes zonder stuurtekens"),
        ("lead", "lead", "een OIN: twintig cijfers"),
        ("classes", "klassen", "ten minste één klasse, elk één keer"),
        ("providers", "aanbieders", "ten minste één OIN, elk één keer"),
        ("modes", "wijzen", "elke afnemer één keer"),
        ("consumer", "afnemer", "een OIN: twintig cijfers"),
        ("mode", "wijze", "maandtotaal of bevestigd"),
        ("customers", "klanten", "elke klant één keer"),
        ("lastDate", "laatsteDatum", "een dag zoals 2027-12-31"),
        ("log", "logId", "64 hexadecimale cijfers"),
        ("endSize", "eindOmvang", "een aantal van 1 of meer"),
        ("endRoot", "eindWortel", "64 hexadecimale cijfers"),
        ("kind", "regelsoort", "entreegeld, uittreedsom, vaste verdeling, besluit of voorschot"),
        ("month", "maand", "een maand zoals 2027-01"),
        ("key", "sleutel", "elk lid één keer, met een gewicht boven nul; entreegeld en uittreedsom van één lid"),
        ("weight", "gewicht", "een gewicht van nul of meer"),
        ("text", "omschrijving", "1 tot 200 bytes op één regel"),
        ("settledIn", "verrekendInMaand", "bij een voorschot, een latere maand"),
        ("advance", "besluit", "het besluit van een voorschot"),
        ("charged", "eerderGefactureerd", "elk lid één keer"), ("cents", "cent", "een bedrag van nul of meer"),
        ("now", "indexNu", "een indexcijfer boven nul"),
        ("original", "indexOorspronkelijk", "een indexcijfer boven nul"),
        ("life", "levensduurMaanden", "een aantal maanden boven nul"),
        ("terms", "termijnen", "getallen binnen hun grenzen"),
        ("timings", "tijden", "milliseconden van 1 of meer"),
    ] + terms.map { ($0.core, $0.api, "een geheel getal van nul of meer") }
        + timings.map { ($0.core, $0.api, "milliseconden van 1 of meer") }

    /// Terms with their places; the API calls them as `GET /v1/netwerk` does.
    static var terms: [(core: String, api: String, place: WritableKeyPath<Genesis.Terms, Int>)] {
        [
            ("smallCount", "kleinAantal", \.smallCount), ("toleranceCents", "tolerantieCent", \.toleranceCents),
            ("toleranceBasisPoints", "tolerantieBasispunten", \.toleranceBasisPoints),
            ("capBasisPoints", "grensBasispunten", \.capBasisPoints),
            ("yearlyCapCents", "jaargrensCent", \.yearlyCapCents),
            ("disputeWorkingDays", "reactietermijnWerkdagen", \.disputeWorkingDays),
            ("statementWorkingDay", "vaststellenWerkdag", \.statementWorkingDay),
            ("paymentDays", "betaaltermijnDagen", \.paymentDays), ("offset", "verrekening", \.offset),
            ("correctionCents", "correctieDrempelCent", \.correctionCents),
            ("correctionMonths", "correctieTermijnMaanden", \.correctionMonths),
            ("capFromCents", "grensVanafCent", \.capFromCents), ("billingDay", "factureringsdag", \.billingDay),
        ]
    }

    /// Timings of consensus with their places.
    static var timings: [(core: String, api: String, place: WritableKeyPath<Genesis.Timings, Int>)] {
        [
            ("propose", "voorstelMilliseconden", \.proposeMilliseconds),
            ("prevote", "voorstemMilliseconden", \.prevoteMilliseconds),
            ("precommit", "eindstemMilliseconden", \.precommitMilliseconds),
            ("growth", "groeiMilliseconden", \.growthMilliseconds),
            ("hold", "wachtMilliseconden", \.holdMilliseconds),
        ]
    }

    /// A finding of the core on a proposal of this kind, as the API names the field.
    static func violation(
        _ finding: DecisionFindings.Finding, of kind: DecisionPayload.Kind, _ language: APILanguage
    ) -> APIProblem.Violation {
        var parts = finding.field.split(separator: ".").map(String.init)
        var words: [String] = []
        if let first = parts.first, payloads.contains(String(first.prefix { $0 != "[" })), isPayload(parts) {
            let index = parts[0].drop { $0 != "[" }
            words.append(index.isEmpty ? "inhoud" : "inhoud.aantallen\(index)")
            parts.removeFirst()
        }
        words += parts.map { word($0, of: kind) }
        let core = String(finding.field.split(separator: ".").last?.prefix { $0 != "[" } ?? "")
        let expected = rows.first { $0.core == core }?.expected
        let sentence = expected.map { BothLanguages(nl: "moet zijn: \($0)", en: finding.sentence) }
        return .init(path: words.joined(separator: "."), message: sentence?[language] ?? finding.sentence)
    }

    /// Words with which the path of a payload begins.
    private static let payloads: Set<String> = [
        "admission", "exit", "expulsion", "tariff", "contribution", "costSharing", "inhabitants", "newApplication",
        "joining", "leaving", "votingFlag", "keyReplacement", "network", "text", "line", "advance", "sharingTerms",
        "cell",
    ]

    private static func isPayload(_ parts: [String]) -> Bool {
        parts.count > 1 || !rows.contains { $0.core == parts[0] }
    }

    private static func word(_ part: String, of kind: DecisionPayload.Kind) -> String {
        let core = String(part.prefix { $0 != "[" })
        let api = switch (core, kind) {
        case ("from", .contribution): "vanafJaar"
        case ("until", .communityLeaving): "totDatum"
        case ("since", .costSharing): "sindsMaand"
        case ("since", _): "sindsDatum"
        case ("month", .advanceSettlement): "inMaand"
        case ("terms", .costSharing): "voorwaarden"
        default: rows.first { $0.core == core }?.api ?? core
        }
        return api + part.dropFirst(core.count)
    }
}
