// SPDX-License-Identifier: EUPL-1.2
import Notation

/// The sections of the file except description. Spec: Protocol/publiccode.md §3.
extension PublicCodeReading {
    mutating func legal(_ field: PublicCodeField, _ record: inout PublicCodeRecord) {
        let known = ["license", "mainCopyrightOwner", "repoOwner", "authorsFile"]
        guard object(field, known: known, isMandatory: true) else { return }
        record.license = text(
            field["license"], isMandatory: true, code: "unknown-licence",
            message: "expected a licence from spdx.org/licenses, such as EUPL-1.2", check: SPDXExpression.isValid)
        record.mainCopyrightOwner = text(field["mainCopyrightOwner"])
        _ = text(field["repoOwner"])
        _ = text(field["authorsFile"])
        deprecated(field["repoOwner"], "use organisation.name")
        deprecated(field["authorsFile"], "it can go")
    }

    mutating func maintenance(_ field: PublicCodeField, _ record: inout PublicCodeRecord) {
        guard object(field, known: ["type", "contractors", "contacts"], isMandatory: true) else { return }
        let type = choice(field["type"], among: PublicCodeVocabulary.maintenanceTypes, isMandatory: true)
        record.maintenanceType = type
        record.contractors = contractors(field["contractors"], type: type)
        contacts(field["contacts"], isMandatory: type == "internal" || type == "community")
    }

    private mutating func contractors(
        _ field: PublicCodeField, type: String?
    ) -> [PublicCodeRecord.Contractor] {
        var contractors: [PublicCodeRecord.Contractor] = []
        for element in list(field, isMandatory: type == "contract")
        where object(element, known: ["name", "until", "email", "website"], isMandatory: true) {
            let name = text(element["name"], isMandatory: true)
            let until = date(element["until"], isMandatory: true)
            email(element["email"])
            let website = httpURL(element["website"])
            if let name { contractors.append(.init(name: name, until: until, website: website)) }
        }
        if type != nil, type != "contract", field.node != nil {
            error(field, "not-allowed", "contractors are only allowed where the type is contract")
        }
        return contractors
    }

    /// Natural persons: their fields are checked and nothing of them is kept.
    private mutating func contacts(_ field: PublicCodeField, isMandatory: Bool) {
        for element in list(field, isMandatory: isMandatory)
        where object(element, known: ["name", "email", "phone", "affiliation"], isMandatory: true) {
            _ = text(element["name"], isMandatory: true)
            email(element["email"])
            _ = text(element["phone"])
            _ = text(element["affiliation"])
        }
    }

    private mutating func email(_ field: PublicCodeField) {
        _ = text(field, code: "not-an-email", message: "expected an e-mail address", check: TextShapes.isEmail)
    }

    mutating func localisation(_ field: PublicCodeField, _ record: inout PublicCodeRecord) {
        let known = ["localisationReady", "availableLanguages"]
        guard object(field, known: known, isMandatory: true) else { return }
        record.localisationReady = truth(field["localisationReady"], isMandatory: true)
        record.availableLanguages = texts(
            field["availableLanguages"], isMandatory: true, code: "not-a-language",
            message: "expected a language tag of BCP 47, such as nl or en-GB", check: TextShapes.isLanguageTag)
    }

    mutating func audience(_ field: PublicCodeField) {
        guard object(field, known: ["countries", "unsupportedCountries", "scope"]) else { return }
        countries(field["countries"])
        countries(field["unsupportedCountries"])
        _ = texts(
            field["scope"], code: "unknown-value", message: "is not in the standard's list of scopes"
        ) { PublicCodeVocabulary.scopes.contains(Substring($0)) }
    }

    private mutating func countries(_ field: PublicCodeField) {
        for element in list(field) {
            guard let code = text(element, isMandatory: true) else { continue }
            if PublicCodeVocabulary.countries.contains(Substring(code)) { continue }
            let isKnown = PublicCodeVocabulary.countries.contains(Substring(code.uppercased()))
            if isKnown, code == code.lowercased() {
                warning(element, "lower-case", "is deprecated in small letters; write capitals")
            } else {
                error(element, "not-a-country", "expected a country code of two capitals (ISO 3166-1)")
            }
        }
    }

    mutating func dependencies(_ field: PublicCodeField) {
        guard object(field, known: ["open", "proprietary", "hardware"]) else { return }
        let known = ["name", "versionMin", "versionMax", "version", "optional"]
        for kind in ["open", "proprietary", "hardware"] {
            for element in list(field[kind]) where object(element, known: known, isMandatory: true) {
                _ = text(element["name"], isMandatory: true)
                for version in ["versionMin", "versionMax", "version"] { _ = text(element[version]) }
                _ = truth(element["optional"])
            }
        }
    }

    /// The only country section that the standard has; it goes away in version 1.
    mutating func italy(_ root: PublicCodeField) {
        deprecated(root["it"], "write the country code in capitals")
        for section in [root["IT"], root["it"]]
        where object(section, known: ["countryExtensionVersion", "conforme", "piattaforme", "riuso"]) {
            note(.info, section, "country-section", "country sections end with version 1; use supports")
            _ = choice(section["countryExtensionVersion"], among: ["0.2", "1.0"], isMandatory: false)
            truths(section["conforme"], [
                "lineeGuidaDesign", "modelloInteroperabilita", "misureMinimeSicurezza", "gdpr",
            ])
            truths(section["piattaforme"], ["spid", "cie", "anpr", "pagopa", "io"])
            deprecated(section["conforme"], "it can go")
            if object(section["riuso"], known: ["codiceIPA"]) {
                _ = text(section["riuso"]["codiceIPA"])
                deprecated(section["riuso"]["codiceIPA"], "use organisation.uri with urn:x-italian-pa:")
            }
        }
    }

    private mutating func truths(_ field: PublicCodeField, _ names: [String]) {
        guard object(field, known: names) else { return }
        for name in names { _ = truth(field[name]) }
    }
}
