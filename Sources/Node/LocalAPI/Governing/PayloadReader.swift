// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation

/// Reads the payload of a proposal from JSON into a draft and collects everything that is not of its type; what the
/// values have to be is for the draft. Spec: Protocol/local-api.md §9.
struct PayloadReader {
    let language: APILanguage
    /// What holds now, from which network terms take what they leave out.
    let rules: RulesInForce
    private(set) var violations: [APIProblem.Violation] = []

    init(_ language: APILanguage, rules: RulesInForce) {
        (self.language, self.rules) = (language, rules)
    }

    /// The draft; of no use once there are violations.
    mutating func draft(_ kind: DecisionPayload.Kind, _ value: JSON?) -> DecisionPayloadDraft {
        guard kind != .freeText else {
            if let value, value != .null { refuse("inhoud", nl: "hoort hier niet", en: "does not belong here") }
            return .freeText
        }
        let (names, optional) = Self.members(of: kind)
        let fields = object(value ?? .null, "inhoud", names, optional)
        switch kind {
        case .admission: return card(fields, at: "inhoud").map { .admission($0) } ?? .freeText
        case .exit: return .exit(member: text(fields, "lid"), lastDate: text(fields, "laatsteDatum"))
        case .expulsion: return .expulsion(member: text(fields, "lid"))
        case .tariff: return .tariff(tariff(fields))
        case .contribution: return .contribution(contribution(fields))
        case .costSharing: return .costSharing(costSharing(fields))
        case .inhabitants: return .inhabitants(list(fields, "aantallen").map { inhabitants($0, $1) })
        case .application: return .application(application(fields))
        case .communityJoining:
            return .communityJoining(
                application: text(fields, "applicatie"), member: text(fields, "lid"), since: text(fields, "sindsDatum"))
        case .communityLeaving:
            return .communityLeaving(
                application: text(fields, "applicatie"), member: text(fields, "lid"), until: text(fields, "totDatum"))
        case .votingFlag: return .votingFlag(member: text(fields, "lid"), votes: truth(fields, "stemt"))
        case .keyReplacement: return replacement(fields)
        case .networkTerms: return terms(fields)
        case .line: return .line(line(fields))
        case .advanceSettlement: return advance(fields)
        case .sharingTerms:
            return .sharingTerms(application: text(fields, "applicatie"), sharingTerms(fields))
        case .freeText: return .freeText
        case .cellCount:
            return .cellCount(
                month: text(fields, "maand"), application: text(fields, "applicatie"),
                provider: text(fields, "aanbieder"), consumer: text(fields, "afnemer"),
                tariffClass: text(fields, "klasse"), quantity: number(fields, "aantal"))
        }
    }

    private static func members(of kind: DecisionPayload.Kind) -> (mandatory: [String], optional: [String]) {
        let vat = ["btwCategorie", "btwBasispunten"]
        return switch kind {
        case .admission: (["kaart"], [])
        case .exit: (["lid", "laatsteDatum"], [])
        case .expulsion: (["lid"], [])
        case .tariff: (["applicatie", "vanafMaand", "treden"] + vat, ["klasse", "totEnMetMaand", "betaler"])
        case .contribution: (["vanafJaar", "perInwonerMicroEuro"] + vat, [])
        case .costSharing:
            (["applicatie", "totaalCent", "sleuteljaar", "deelnemers"] + vat, ["voorwaarden", "eerderGefactureerd"])
        case .inhabitants: (["aantallen"], [])
        case .application:
            (["id", "naam", "lead", "deelnemers"], ["gevoelig", "klassen", "aanbieders", "wijzen", "klanten"])
        case .communityJoining: (["applicatie", "lid", "sindsDatum"], [])
        case .communityLeaving: (["applicatie", "lid", "totDatum"], [])
        case .votingFlag: (["lid", "stemt"], [])
        case .keyReplacement: (["kaart", "logId", "eindOmvang", "eindWortel"], [])
        case .networkTerms: ([], ["termijnen", "tijden"])
        case .line:
            (["regelsoort", "maand", "totaalCent", "sleutel"] + vat,
             ["betaler", "applicatie", "omschrijving", "verrekendInMaand"])
        case .advanceSettlement: (["besluit", "inMaand"], [])
        case .sharingTerms: (["applicatie", "vanafMaand"], Array(termsFields.dropFirst()))
        case .freeText: ([], [])
        case .cellCount: (["maand", "applicatie", "aanbieder", "afnemer", "klasse", "aantal"], [])
        }
    }
}

// MARK: Values of JSON
extension PayloadReader {
    mutating func refuse(_ path: String, nl: String, en: String) {
        violations.append(.init(path: path, message: BothLanguages(nl: nl, en: en)[language]))
    }

    /// The members of an object, with what is missing and what means nothing here noted.
    mutating func object(_ value: JSON, _ path: String, _ mandatory: [String], _ optional: [String] = []) -> JSON {
        guard case .object(let object) = value else {
            let names = (mandatory + optional).joined(separator: ", ")
            refuse(path, nl: "moet een object zijn met \(names)", en: "has to be an object with \(names)")
            return .null
        }
        let known = mandatory + optional
        for member in object.members where !known.contains(member.name) {
            let names = known.joined(separator: ", ")
            refuse(Self.join(path, member.name), nl: "is hier geen veld; bekend zijn: \(names)",
                   en: "is not a field here; known are: \(names)")
        }
        for name in mandatory where object[name] == nil || object[name] == .null {
            refuse(Self.join(path, name), nl: "ontbreekt", en: "is missing")
        }
        return value
    }

    private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    mutating func text(_ fields: JSON, _ name: String, at path: String = "inhoud") -> String {
        optionalText(fields, name, at: path) ?? ""
    }

    mutating func optionalText(_ fields: JSON, _ name: String, at path: String = "inhoud") -> String? {
        guard let value = fields[name], value != .null else { return nil }
        guard let text = value.text else {
            refuse(Self.join(path, name), nl: "moet tekst zijn", en: "has to be text")
            return nil
        }
        return text
    }

    mutating func number(_ fields: JSON, _ name: String, at path: String = "inhoud") -> Int64 {
        guard let value = fields[name], value != .null else { return 0 }
        guard let number = value.wholeNumber else {
            refuse(Self.join(path, name), nl: "moet een geheel getal zijn", en: "has to be a whole number")
            return 0
        }
        return number
    }

    mutating func truth(_ fields: JSON, _ name: String, at path: String = "inhoud") -> Bool {
        guard let value = fields[name], value != .null else { return false }
        guard let truth = value.truth else {
            refuse(Self.join(path, name), nl: "moet true of false zijn", en: "has to be true or false")
            return false
        }
        return truth
    }

    /// The elements of a list with their paths.
    mutating func list(_ fields: JSON, _ name: String) -> [(JSON, String)] {
        guard let value = fields[name], value != .null else { return [] }
        guard let elements = value.elements else {
            refuse("inhoud.\(name)", nl: "moet een lijst zijn", en: "has to be a list")
            return []
        }
        return elements.enumerated().map { ($1, "inhoud.\(name)[\($0)]") }
    }

    mutating func texts(_ fields: JSON, _ name: String) -> [String] {
        list(fields, name).map { value, path in
            if value.text == nil { refuse(path, nl: "moet tekst zijn", en: "has to be text") }
            return value.text ?? ""
        }
    }

    /// The card of a card file, its signature checked.
    mutating func card(_ fields: JSON, at path: String) -> Card? {
        guard let file = optionalText(fields, "kaart", at: path) else { return nil }
        do throws(CardRefusal) { return try CheckedCard(file: file, OpenSSLSuite()).card } catch {
            let sentence = switch error {
            case .fileShape:
                BothLanguages(
                    nl: "is niet de tekst van een kaart zoals korf init die schreef; vraag hem opnieuw",
                    en: "is not the text of a card as korf init wrote it; ask for it anew")
            case .signature:
                BothLanguages(
                    nl: "is na ondertekening veranderd; vraag de kaart opnieuw aan haar eigenaar",
                    en: "was changed after it was signed; ask its owner for it anew")
            default:
                BothLanguages(
                    nl: "is geen geldige kaart: \(error.reason)\(error.key.map { ", veld \($0)" } ?? "")",
                    en: "is no valid card: \(error.reason)\(error.key.map { ", key \($0)" } ?? "")")
            }
            refuse("\(path).kaart", nl: sentence.nl, en: sentence.en)
            return nil
        }
    }
}
