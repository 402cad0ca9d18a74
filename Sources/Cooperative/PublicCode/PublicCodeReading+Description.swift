// SPDX-License-Identifier: EUPL-1.2
import Notation

/// Texts by language. Spec: Protocol/publiccode.md §3.
extension PublicCodeReading {
    private static let names = [
        "localisedName", "genericName", "shortDescription", "longDescription", "documentation",
        "apiDocumentation", "features", "screenshots", "videos", "awards",
    ]

    mutating func descriptions(_ field: PublicCodeField) -> [PublicCodeRecord.Description] {
        guard let node = field.node else {
            missing(field)
            return []
        }
        guard let mapping = node.mapping else {
            error(field, "wrong-type", "expected a language with its texts")
            return []
        }
        refuseDuplicates(field, mapping)
        if mapping.members.isEmpty { error(field, "empty", "a description in at least one language is needed") }
        var descriptions: [PublicCodeRecord.Description] = []
        for (language, texts) in field.members {
            if !TextShapes.isLanguageTag(language) {
                error(texts, "not-a-language", "expected a language tag of BCP 47, such as nl or en-GB")
            }
            if let description = description(texts, language: language) { descriptions.append(description) }
        }
        completeness(field, descriptions)
        return descriptions
    }

    private mutating func description(
        _ field: PublicCodeField, language: String
    ) -> PublicCodeRecord.Description? {
        guard object(field, known: Self.names, isMandatory: true) else { return nil }
        var description = PublicCodeRecord.Description(language: language)
        description.localisedName = text(field["localisedName"])
        description.shortDescription = text(
            field["shortDescription"], atMost: PublicCodeLimits.shortDescription, isMandatory: true)
        description.longDescription = longDescription(field["longDescription"])
        description.features = texts(field["features"])
        description.documentation = httpURL(field["documentation"])
        description.apiDocumentation = httpURL(field["apiDocumentation"])
        _ = text(field["genericName"], atMost: PublicCodeLimits.genericName)
        deprecated(field["genericName"], "it can go")
        _ = texts(field["screenshots"])
        _ = texts(field["awards"])
        _ = texts(field["videos"], code: "not-a-url", message: "expected the address of a video") {
            TextShapes.isHTTPURL($0)
        }
        return description
    }

    private mutating func longDescription(_ field: PublicCodeField) -> String? {
        guard let text = text(field, atMost: PublicCodeLimits.longDescription.upperBound) else { return nil }
        let least = PublicCodeLimits.longDescription.lowerBound
        if text.count < least {
            error(field, "too-short", "has \(text.count) characters; at least \(least) are needed")
        }
        return text
    }

    /// One language has to have a long description and features; in the others a gap is worth a look.
    private mutating func completeness(
        _ field: PublicCodeField, _ descriptions: [PublicCodeRecord.Description]
    ) {
        let hasLong = descriptions.contains { $0.longDescription != nil }
        let hasFeatures = descriptions.contains { !$0.features.isEmpty }
        for description in descriptions {
            let texts = field[description.language]
            if description.longDescription == nil { gap(texts["longDescription"], isError: !hasLong) }
            if description.features.isEmpty { gap(texts["features"], isError: !hasFeatures) }
        }
    }

    private mutating func gap(_ field: PublicCodeField, isError: Bool) {
        if isError { missing(field) } else { warning(field, "missing", "is missing in this language") }
    }
}
