// SPDX-License-Identifier: EUPL-1.2
import Notation

/// The fields at the top of the file. Spec: Protocol/publiccode.md §3.
extension PublicCodeReading {
    private static let names = [
        "publiccodeYmlVersion", "name", "applicationSuite", "url", "landingURL", "isBasedOn", "softwareVersion",
        "releaseDate", "logo", "monochromeLogo", "inputTypes", "outputTypes", "platforms", "categories",
        "usedBy", "fundedBy", "organisation", "roadmap", "developmentStatus", "softwareType", "supports",
        "intendedAudience", "description", "legal", "maintenance", "localisation", "dependsOn", "IT", "it",
    ]

    mutating func record(from document: PositionedNode) -> PublicCodeRecord {
        var record = PublicCodeRecord()
        let root = PublicCodeField(document: document)
        guard let mapping = document.mapping else {
            error(root, "wrong-type", "the file has no named fields, so it is no publiccode.yml")
            return record
        }
        refuseDuplicates(root, mapping)
        unknownFields(root)
        record.publiccodeVersion = version(root["publiccodeYmlVersion"])
        identity(root, &record)
        kind(root, &record)
        _ = text(root["applicationSuite"])
        _ = texts(root["usedBy"])
        _ = httpURL(root["roadmap"])
        basis(root["isBasedOn"])
        mediaTypes(root["inputTypes"])
        mediaTypes(root["outputTypes"])
        organisation(root, &record)
        record.supports = supports(root["supports"])
        audience(root["intendedAudience"])
        record.descriptions = descriptions(root["description"])
        legal(root["legal"], &record)
        maintenance(root["maintenance"], &record)
        localisation(root["localisation"], &record)
        dependencies(root["dependsOn"])
        italy(root)
        return record
    }

    private mutating func unknownFields(_ root: PublicCodeField) {
        for (name, field) in root.members where !Self.names.contains(name) {
            let isCountry = PublicCodeVocabulary.countries.contains(Substring(name.uppercased()))
            error(field, "unknown-field", isCountry
                ? "there is no section for this country; what the software supports goes under supports"
                : "is not a field of publiccode.yml")
        }
    }

    private mutating func version(_ field: PublicCodeField) -> String? {
        guard let version = text(field, isMandatory: true) else { return nil }
        if !PublicCodeVocabulary.versions.contains(version) {
            error(field, "unknown-version", "expected \"0\" or a version from 0.2 to 0.7")
        } else if !PublicCodeVocabulary.currentVersions.contains(version) {
            warning(field, "old-version", "is not the newest version; write \"0\" or \"0.7\"")
        }
        return version
    }

    private mutating func identity(_ root: PublicCodeField, _ record: inout PublicCodeRecord) {
        record.name = text(root["name"], isMandatory: true)
        record.url = text(
            root["url"], isMandatory: true, code: "not-a-url", message: "expected the address of the repository",
            check: TextShapes.isURL)
        record.landingURL = httpURL(root["landingURL"])
        record.softwareVersion = text(root["softwareVersion"])
        record.releaseDate = date(root["releaseDate"])
        record.logo = image(root["logo"])
        _ = image(root["monochromeLogo"])
        deprecated(root["monochromeLogo"], "use logo")
    }

    private mutating func kind(_ root: PublicCodeField, _ record: inout PublicCodeRecord) {
        record.platforms = texts(root["platforms"], isMandatory: true)
        record.categories = texts(
            root["categories"], code: "unknown-value", message: "is not in the standard's list of categories"
        ) { PublicCodeVocabulary.categories.contains(Substring($0)) }
        record.developmentStatus = choice(
            root["developmentStatus"], among: PublicCodeVocabulary.developmentStatuses, isMandatory: true)
        record.softwareType = choice(
            root["softwareType"], among: PublicCodeVocabulary.softwareTypes, isMandatory: true)
    }

    /// An address, or a path inside the repository to an svg or png file.
    private mutating func image(_ field: PublicCodeField) -> String? {
        guard let text = text(field) else { return nil }
        let path = text.lowercased().prefix { $0 != "?" && $0 != "#" }
        let hasExtension = [".svg", ".svgz", ".png"].contains { path.hasSuffix($0) }
        if TextShapes.isHTTPURL(text) {
            if !hasExtension { warning(field, "image-type", "expected the address of an svg or png file") }
        } else if text.hasPrefix("/") || text.contains(":") {
            error(field, "not-a-path", "expected a path inside the repository or an https address")
        } else if !hasExtension {
            error(field, "image-type", "expected an svg or png file")
        }
        return text
    }

    private mutating func basis(_ field: PublicCodeField) {
        let message = "expected the address of a repository"
        if field.node?.scalar != nil {
            _ = text(field, code: "not-a-url", message: message, check: TextShapes.isURL)
        } else {
            _ = texts(field, code: "not-a-url", message: message, check: TextShapes.isURL)
        }
    }

    private mutating func mediaTypes(_ field: PublicCodeField) {
        deprecated(field, "it can go")
        _ = texts(field, code: "not-a-media-type", message: "expected a media type such as text/plain",
                  check: TextShapes.isMediaType)
    }

    private mutating func organisation(_ root: PublicCodeField, _ record: inout PublicCodeRecord) {
        (record.organisationName, record.organisationURI) = body(root["organisation"])
        for element in list(root["fundedBy"]) { _ = body(element) }
    }

    private mutating func body(_ field: PublicCodeField) -> (name: String?, uri: String?) {
        guard object(field, known: ["name", "uri"]) else { return (nil, nil) }
        let uri = text(
            field["uri"], isMandatory: true, code: "not-a-uri", message: "expected a URI such as https:// or urn:",
            check: TextShapes.isURI)
        return (text(field["name"]), uri)
    }

    private mutating func supports(_ field: PublicCodeField) -> [String] {
        var identifiers: [String] = []
        for element in list(field) where object(element, known: ["id"], isMandatory: true) {
            let prefix = "alias:"
            let aliases = PublicCodeVocabulary.supportAliases.joined(separator: ", ")
            let identifier = text(
                element["id"], isMandatory: true, code: "unknown-alias",
                message: "expected a URI, or alias: and one of \(aliases)"
            ) {
                $0.hasPrefix(prefix)
                    ? PublicCodeVocabulary.supportAliases.contains(String($0.dropFirst(prefix.count)))
                    : TextShapes.isURI($0)
            }
            if let identifier { identifiers.append(identifier) }
        }
        return identifiers
    }
}
