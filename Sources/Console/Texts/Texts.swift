// SPDX-License-Identifier: EUPL-1.2

/// A language of what people read.
enum Language: String, CaseIterable, Sendable {
    case nl, en
}

/// The texts in one language.
struct Texts: Sendable {
    let language: Language

    init(_ language: Language) { self.language = language }

    /// A text with its places `{0}`, `{1}` and so on filled in, from data made plain. `{0|cel|cellen}` is the word that
    /// goes with a number: the first for 1.
    func callAsFunction(_ text: Text, _ values: String...) -> String {
        var result = ""
        var rest = raw(text)[...]
        // One pass: what a value holds is never looked at again.
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            let close = rest.firstIndex(of: "}") ?? rest.startIndex
            let parts = rest[..<close].dropFirst().split(separator: "|", omittingEmptySubsequences: false)
            guard let place = parts.first.flatMap({ Int($0) }), values.indices.contains(place) else {
                result.append("{")
                rest = rest.dropFirst()
                continue
            }
            let isOne = values[place] == "1"
            result += parts.count == 3 ? String(isOne ? parts[1] : parts[2]) : PlainText.line(values[place])
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// A word of the API in this language; one that the table does not have, as it is.
    func word(_ word: String) -> String {
        language == .nl ? word : Words.english[word] ?? word
    }

    private func raw(_ text: Text) -> String {
        guard let row = TextTable.rows[text] else { return text.rawValue }
        return language == .nl ? row.nl : row.en
    }
}

/// Words that the API answers with, all Dutch, and what they are in English.
enum Words {
    static let english: [String: String] = [
        "gelijk": "equal", "ongelijk": "unequal", "onbekend": "unknown", "binnen tolerantie": "within tol.",
        "verschil": "differs", "eigen gebruik": "own use", "geen partij": "not a party", "geen tarief": "no tariff",
        "eenzijdig": "single-sided", "alleen aanbieder": "provider only", "alleen afnemer": "consumer only",
        "nul vastgesteld": "stated zero", "boven tolerantie": "above tolerance",
        "boven aantalgrens": "above quantity limit", "boven jaargrens": "above yearly limit",
        "gemeente": "municipality", "provincie": "province", "waterschap": "water board",
        "gemeenschappelijke regeling": "joint arrangement", "overig": "other", "verbruik": "usage",
        "bekostiging": "funding", "contributie": "contribution", "ontwikkelkosten": "development cost",
        "correctie contributie": "contribution, corrected", "entreegeld": "entrance fee", "uittreedsom": "exit charge",
        "vaste verdeling": "fixed split", "besluit": "decision", "voorschot": "advance",
        "verrekend voorschot": "advance, carried back",
        "uitschrijver": "issuer", "besteller": "orderer", "controller": "controller", "administratie": "clerk",
        "niet vervallen": "not due", "1-30 dagen": "1-30 days", "31-60 dagen": "31-60 days",
        "61-90 dagen": "61-90 days",
        "meer dan 90 dagen": "over 90 days", "verklaard": "confirmed", "deels": "in part", "vervallen": "void",
        "nog niet": "not yet",
        "gemaakt": "made", "goedgekeurd": "approved", "overhandigd": "handed over", "afgewezen": "rejected",
        "factuur": "invoice", "creditnota": "credit note", "idee": "idea", "verkenning": "exploration",
        "bouw": "construction", "operationeel": "operational", "uitgefaseerd": "retired", "aanbieder": "provider",
        "afnemer": "consumer", "ingetrokken": "retracted", "al ingetrokken": "retracted before",
        "schrijft": "writes", "alleen lezen": "reads only", "lid betaalt": "member pays",
        "coöperatie betaalt": "cooperative pays", "toelating": "admission", "uittreding": "exit",
        "ontzetting": "expulsion", "tarief": "tariff", "kostenverdeling": "cost sharing", "inwoners": "inhabitants",
        "applicatie": "application", "deelname": "joining a community", "einde deelname": "leaving a community",
        "stemvlag": "voting flag", "sleutelvervanging": "key replacement", "netwerktermijnen": "network terms",
        "besluitregel": "line by decision", "voorschot verrekenen": "advance settlement",
        "voorwaarden kostenverdeling": "cost-sharing terms", "vrije tekst": "free text",
        "voor": "for", "tegen": "against", "blanco": "blank", "open": "open",
        "aangenomen": "carried", "verworpen": "not carried", "zonder gevolg": "carried without effect",
        "kandidaat": "candidate", "lid": "member", "treedt uit": "leaving", "oud-lid": "former member",
        "middernacht": "midnight", "maandeinde": "month end", "uren niet gemeten": "missing hours",
        "dubbele aanlevering": "double feed", "herhaald": "repeated", "andere klasse": "other class",
        "ander aantal": "other quantity", "ontbreekt": "missing", "dubbel": "doubled", "anders": "different",
        "betwist": "disputes", "akkoord": "accepts", "voorgelegd": "hands over", "bevestigd": "confirms",
        "getekend": "signed", "verlopen": "lapsed", "afgesloten": "closed", "vastgesteld": "stated",
        "wacht op een tijdperk": "waits for an epoch", "ongelijk getekend": "signed unequally",
        "wacht op onze handtekening": "waits for our signature", "wacht op de wederpartij": "waits for the other",
        "exploitatie": "exploitation", "liquiditeit": "liquidity", "portfolio": "portfolio", "kosten": "costs",
        "investeringen": "investments", "risicobeheersing": "risk control", "opbrengst": "income",
        "uitbetaald aan aanbieders": "paid to providers", "saldo": "balance",
        "openstaand te ontvangen": "open, to be received", "openstaand te betalen": "open, to be paid",
        "fase idee": "phase idea", "fase verkenning": "phase exploration", "fase bouw": "phase construction",
        "fase operationeel": "phase operational", "fase uitgefaseerd": "phase retired",
        "fase onbekend": "phase unknown", "hosting": "hosting", "overige kosten": "other costs",
        "ontwikkelkosten verdeeld": "development cost shared", "andere investeringen": "other investments",
        "betwist, niet gefactureerd": "disputed, not invoiced",
        "vastgesteld, niet afgesloten": "stated, not closed", "opgeschorte logs": "suspended logs",
        "overige risico's": "other risks",
        "opgegeven": "given", "verbruik tegen tarief": "use at the tariff",
        "voorstel": "propose", "voorstem": "prevote", "eindstem": "precommit",
    ]
}
