// SPDX-License-Identifier: EUPL-1.2
import Notation

/// Writes `publiccode.yml` 0.7. Spec: Protocol/publiccode.md §4.
extension PublicCodeRecord {
    /// The file's text: the same record gives the same bytes. What the record does not hold is left out, so a
    /// record that came from a file with gaps gives a file with gaps; contacts are never in it.
    public var publiccodeYML: String { YAMLText.render(.mapping(members)) }

    private var members: [YAMLValue.Member] {
        var fields = Fields()
        fields.text("publiccodeYmlVersion", "0.7")
        fields.text("name", name)
        fields.text("url", url)
        fields.text("landingURL", landingURL)
        fields.text("softwareVersion", softwareVersion)
        fields.text("releaseDate", releaseDate)
        fields.text("logo", logo)
        fields.texts("platforms", platforms)
        fields.texts("categories", categories)
        fields.mapping("organisation") {
            guard organisationURI != nil else { return }
            $0.text("name", organisationName)
            $0.text("uri", organisationURI)
        }
        fields.text("developmentStatus", developmentStatus)
        fields.text("softwareType", softwareType)
        fields.list("supports", supports.map { [YAMLValue.Member("id", .text($0))] })
        fields.mapping("description") { sections in
            for description in descriptions.sorted(by: { $0.language < $1.language }) {
                sections.mapping(description.language) { $0.add(description) }
            }
        }
        fields.mapping("legal") {
            $0.text("license", license)
            $0.text("mainCopyrightOwner", mainCopyrightOwner)
        }
        fields.mapping("maintenance") {
            $0.text("type", maintenanceType)
            if maintenanceType == "contract" { $0.list("contractors", contractors.map(Fields.contractor)) }
        }
        fields.mapping("localisation") {
            if let localisationReady { $0.add("localisationReady", .boolean(localisationReady)) }
            $0.texts("availableLanguages", availableLanguages)
        }
        return fields.members
    }
}

/// Members in the order of writing; what is absent or empty is left out.
private struct Fields {
    var members: [YAMLValue.Member] = []

    mutating func add(_ name: String, _ value: YAMLValue) { members.append(.init(name, value)) }

    mutating func text(_ name: String, _ text: String?) {
        if let text { add(name, .text(text)) }
    }

    mutating func texts(_ name: String, _ texts: [String]) {
        if !texts.isEmpty { add(name, .list(texts.map { .text($0) })) }
    }

    mutating func list(_ name: String, _ elements: [[YAMLValue.Member]]) {
        if !elements.isEmpty { add(name, .list(elements.map { .mapping($0) })) }
    }

    mutating func mapping(_ name: String, _ fill: (inout Fields) -> Void) {
        var inside = Fields()
        fill(&inside)
        if !inside.members.isEmpty { add(name, .mapping(inside.members)) }
    }

    mutating func add(_ description: PublicCodeRecord.Description) {
        text("localisedName", description.localisedName)
        text("shortDescription", description.shortDescription)
        text("longDescription", description.longDescription)
        text("documentation", description.documentation)
        text("apiDocumentation", description.apiDocumentation)
        texts("features", description.features)
    }

    static func contractor(_ contractor: PublicCodeRecord.Contractor) -> [YAMLValue.Member] {
        var fields = Fields()
        fields.text("name", contractor.name)
        fields.text("until", contractor.until)
        fields.text("website", contractor.website)
        return fields.members
    }
}
