// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// Rows of rules, as `GET /v1/netwerk` shows them.
extension PayloadReader {
    mutating func tariff(_ fields: JSON) -> GenesisDraft.Tariff {
        var tariff = GenesisDraft.Tariff()
        tariff.application = text(fields, "applicatie")
        tariff.tariffClass = optionalText(fields, "klasse") ?? "standaard"
        tariff.firstMonth = text(fields, "vanafMaand")
        tariff.lastMonth = optionalText(fields, "totEnMetMaand")
        for (value, path) in list(fields, "treden") {
            let tier = object(value, path, ["prijsMicroEuro"], ["totEnMet"])
            let isOpen = tier["totEnMet"] == nil || tier["totEnMet"] == .null
            let upTo = number(tier, "totEnMet", at: path)
            tariff.tiers.append((isOpen ? nil : upTo, number(tier, "prijsMicroEuro", at: path)))
        }
        (tariff.vatCategory, tariff.vatRate) = vat(fields)
        tariff.funder = optionalText(fields, "betaler")
        return tariff
    }

    private mutating func vat(_ fields: JSON) -> (String, Int) {
        (text(fields, "btwCategorie"), Int(clamping: number(fields, "btwBasispunten")))
    }

    mutating func contribution(_ fields: JSON) -> GenesisDraft.Contribution {
        var contribution = GenesisDraft.Contribution()
        contribution.firstYear = Int(clamping: number(fields, "vanafJaar"))
        contribution.perInhabitant = number(fields, "perInwonerMicroEuro")
        (contribution.vatCategory, contribution.vatRate) = vat(fields)
        return contribution
    }

    mutating func costSharing(_ fields: JSON) -> GenesisDraft.CostSharing {
        var sharing = GenesisDraft.CostSharing()
        sharing.application = text(fields, "applicatie")
        sharing.total = number(fields, "totaalCent")
        sharing.keyYear = Int(clamping: number(fields, "sleuteljaar"))
        sharing.participants = participants(fields, since: "sindsMaand")
        (sharing.vatCategory, sharing.vatRate) = vat(fields)
        sharing.terms = list(fields, "voorwaarden").map { value, path in
            sharingTerms(object(value, path, ["vanafMaand"], Array(Self.termsFields.dropFirst())), at: path)
        }
        sharing.charged = list(fields, "eerderGefactureerd").map { value, path in
            let row = object(value, path, ["lid", "cent"])
            return (text(row, "lid", at: path), number(row, "cent", at: path))
        }
        return sharing
    }

    private mutating func participants(_ fields: JSON, since name: String) -> [GenesisDraft.Since] {
        list(fields, "deelnemers").map { value, path in
            let row = object(value, path, ["lid", name])
            return GenesisDraft.Since(member: text(row, "lid", at: path), since: text(row, name, at: path))
        }
    }

    mutating func inhabitants(_ value: JSON, _ path: String) -> GenesisDraft.Inhabitants {
        let fields = object(value, path, ["lid", "jaar", "aantal"], ["code", "definitief"])
        var row = GenesisDraft.Inhabitants()
        row.member = text(fields, "lid", at: path)
        row.code = optionalText(fields, "code", at: path) ?? ""
        row.year = Int(clamping: number(fields, "jaar", at: path))
        row.count = number(fields, "aantal", at: path)
        row.isFinal = truth(fields, "definitief", at: path)
        return row
    }

    mutating func application(_ fields: JSON) -> GenesisDraft.Application {
        var application = GenesisDraft.Application()
        application.id = text(fields, "id")
        application.name = text(fields, "naam")
        application.lead = text(fields, "lead")
        application.isSensitive = truth(fields, "gevoelig")
        application.participants = participants(fields, since: "sindsDatum")
        let classes = texts(fields, "klassen")
        application.classes = classes.isEmpty ? ["standaard"] : classes
        let providers = texts(fields, "aanbieders")
        application.providers = providers.isEmpty ? [application.lead] : providers
        for (value, path) in list(fields, "wijzen") {
            let row = object(value, path, ["afnemer", "wijze"])
            let word = text(row, "wijze", at: path)
            let mode = ["maandtotaal": 1, "bevestigd": 2][word]
            if mode == nil {
                refuse("\(path).wijze", nl: "moet zijn: maandtotaal of bevestigd",
                       en: "has to be maandtotaal or bevestigd")
            }
            application.modes.append((text(row, "afnemer", at: path), mode ?? 1))
        }
        for (value, path) in list(fields, "klanten") {
            let row = object(value, path, ["id", "naam"])
            application.customers.append((text(row, "id", at: path), text(row, "naam", at: path)))
        }
        return application
    }

    mutating func replacement(_ fields: JSON) -> DecisionPayloadDraft {
        let (log, root) = (text(fields, "logId"), text(fields, "eindWortel"))
        let size = Int(clamping: number(fields, "eindOmvang"))
        guard let card = card(fields, at: "inhoud") else { return .freeText }
        return .keyReplacement(card, log: log, endSize: size, endRoot: root)
    }

    /// Terms and timings; what is left out stays as it is in force.
    mutating func terms(_ fields: JSON) -> DecisionPayloadDraft {
        let terms = changed(fields, "termijnen", rules.terms, ProposalFieldWords.terms.map { ($0.api, $0.place) })
        let timings = changed(fields, "tijden", rules.timings, ProposalFieldWords.timings.map { ($0.api, $0.place) })
        return .networkTerms(terms, timings)
    }

    /// What holds with the members that are given; `nil` where none is.
    private mutating func changed<Group>(
        _ fields: JSON, _ name: String, _ standing: Group, _ rows: [(api: String, place: WritableKeyPath<Group, Int>)]
    ) -> Group? {
        guard let value = fields[name], value != .null else { return nil }
        let path = "inhoud.\(name)"
        let given = object(value, path, [], rows.map(\.api))
        var changed = standing
        for row in rows where given[row.api] != nil {
            changed[keyPath: row.place] = Int(clamping: number(given, row.api, at: path))
        }
        return changed
    }
}
