// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// What the API calls kinds of lines by decision. Spec: Protocol/local-api.md §9.
enum LineWords {
    static let kinds: [(kind: DecidedLine.Kind, word: String)] = [
        (.entranceFee, "entreegeld"), (.exitCharge, "uittreedsom"), (.fixedSplit, "vaste verdeling"),
        (.decided, "besluit"), (.advance, "voorschot"),
    ]

    static func word(_ kind: DecidedLine.Kind) -> String { kinds.first { $0.kind == kind }?.word ?? "" }
}

extension PayloadReader {
    mutating func line(_ fields: JSON) -> DecidedLineDraft {
        var line = DecidedLineDraft()
        let word = text(fields, "regelsoort")
        let known = LineWords.kinds.map(\.word).joined(separator: ", ")
        if let kind = LineWords.kinds.first(where: { $0.word == word })?.kind { line.kind = kind.rawValue } else {
            refuse("inhoud.regelsoort", nl: "moet zijn: \(known)", en: "has to be one of \(known)")
        }
        switch optionalText(fields, "betaler") ?? "lid" {
        case "lid": line.isPaidOut = false
        case "coöperatie": line.isPaidOut = true
        default: refuse("inhoud.betaler", nl: "moet zijn: lid of coöperatie", en: "has to be lid or coöperatie")
        }
        line.month = text(fields, "maand")
        line.total = number(fields, "totaalCent")
        line.key = list(fields, "sleutel").map { value, path in
            let row = object(value, path, ["lid", "gewicht"])
            return (text(row, "lid", at: path), number(row, "gewicht", at: path))
        }
        line.vatCategory = text(fields, "btwCategorie")
        line.vatRate = Int(clamping: number(fields, "btwBasispunten"))
        line.application = optionalText(fields, "applicatie")
        line.text = optionalText(fields, "omschrijving")
        line.settledIn = optionalText(fields, "verrekendInMaand")
        return line
    }

    /// An advance that stands, by the name of its decision, short or whole.
    mutating func advance(_ fields: JSON) -> DecisionPayloadDraft {
        let name = text(fields, "besluit")
        let open = rules.lines.filter { $0.line.kind == .advance && $0.settledIn == nil }.map(\.decision)
        let end = name.lastIndex(of: "-") ?? name.endIndex
        let (log, index) = (name[..<end], name[end...].dropFirst())
        let found = rules.lines.filter { $0.line.kind == .advance }.map(\.decision).filter {
            log.count >= 8 && $0.log.description.hasPrefix(log) && "\($0.index)" == index
        }
        guard found.count == 1 else {
            let known = Decision.ID.names(of: open).joined(separator: ", ")
            refuse("inhoud.besluit", nl: "noemt geen voorschot; nog te verrekenen: \(known.isEmpty ? "geen" : known)",
                   en: "names no advance; still to carry back: \(known.isEmpty ? "none" : known)")
            return .freeText
        }
        return .advanceSettlement(
            log: found[0].log.description, index: found[0].index.position, month: text(fields, "inMaand"))
    }

    /// The fields of terms of joins, in a decision of their own or in a cost sharing.
    mutating func sharingTerms(_ fields: JSON, at path: String = "inhoud") -> GenesisDraft.SharingTerms {
        var terms = GenesisDraft.SharingTerms()
        terms.firstMonth = text(fields, "vanafMaand", at: path)
        terms.total = optionalNumber(fields, "totaalCent", at: path)
        switch optionalText(fields, "sleuteldatum", at: path) ?? "oorspronkelijk" {
        case "oorspronkelijk": terms.isKeyOfJoining = false
        case "toetreding": terms.isKeyOfJoining = true
        default: refuse("\(path).sleuteldatum", nl: "moet zijn: oorspronkelijk of toetreding",
                        en: "has to be oorspronkelijk or toetreding")
        }
        let now = optionalNumber(fields, "indexNu", at: path)
        let original = optionalNumber(fields, "indexOorspronkelijk", at: path)
        if let now, let original { terms.index = (now, original) } else if now != nil || original != nil {
            refuse("\(path).indexNu", nl: "hoort bij indexOorspronkelijk; geef beide of geen",
                   en: "goes with indexOorspronkelijk; give both or none")
        }
        terms.lifeMonths = optionalNumber(fields, "levensduurMaanden", at: path)
        return terms
    }

    static let termsFields = [
        "vanafMaand", "totaalCent", "sleuteldatum", "indexNu", "indexOorspronkelijk", "levensduurMaanden",
    ]

    private mutating func optionalNumber(_ fields: JSON, _ name: String, at path: String) -> Int64? {
        guard let value = fields[name], value != .null else { return nil }
        return number(fields, name, at: path)
    }
}
