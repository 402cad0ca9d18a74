// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A `publiccode.yml` as it goes into the catalogue. Spec: Protocol/kinds.md §1, Protocol/publiccode.md §2.
public struct PublicCodeImport: Hashable, Sendable {
    /// What the file says.
    public let record: PublicCodeRecord
    /// Its address or name.
    public let source: String
    /// The grade, A to D.
    public let grade: String
    /// Rules that the file breaks.
    public let errorCount: Int
    /// Advice that it does not follow.
    public let warningCount: Int

    /// Joins what an import needs.
    public init(record: PublicCodeRecord, source: String, grade: String, errorCount: Int, warningCount: Int) {
        self.record = record
        self.source = source
        self.grade = grade
        self.errorCount = errorCount
        self.warningCount = warningCount
    }

    /// The fields that a file fills, each with its value or `nil` where the file says nothing.
    var fields: [(field: CatalogueField, value: CBOR?)] {
        func text(_ value: String?) -> CBOR? { value.map { .text($0) } }
        var fields: [(CatalogueField, CBOR?)] = [
            (.name, text(record.name)),
            (.repository, text(record.url)),
            (.landingPage, text(record.landingURL)),
            (.licence, text(record.license)),
            (.developmentStatus, text(record.developmentStatus)),
            (.softwareType, text(record.softwareType)),
            (.softwareVersion, text(record.softwareVersion)),
            (.releaseDate, text(record.releaseDate)),
            (.organisationURI, text(record.organisationURI)),
            (.maintenanceType, text(record.maintenanceType)),
            (.importedFrom, .text(source)),
            (.grade, .text(grade)),
            (.publiccodeVersion, text(record.publiccodeVersion)),
            (.localisationReady, record.localisationReady.map { .bool($0) }),
            (.findings, .array([.integer(Int64(errorCount)), .integer(Int64(warningCount))])),
        ]
        for description in record.descriptions {
            fields.append((.shortDescription(description.language), text(description.shortDescription)))
            fields.append((.longDescription(description.language), text(description.longDescription)))
        }
        return fields
    }

    /// The sets that a file fills, each with all of its elements.
    var sets: [(set: CatalogueSet, elements: [CBOR])] {
        let features = record.descriptions.flatMap { description in
            description.features.map { CBOR.array([.text(description.language), .text($0)]) }
        }
        return [
            (.platforms, record.platforms.map { .text($0) }),
            (.categories, record.categories.map { .text($0) }),
            (.languages, record.availableLanguages.map { .text($0) }),
            (.supports, record.supports.map { .text($0) }),
            (.features, features),
        ]
    }
}

extension EditDraft {
    /// Takes over what a file says: only fields that differ are written, fields that the file no longer fills are
    /// emptied, descriptions in languages that it no longer has too. Suppliers are added, never removed, since
    /// members name others than the file does.
    public mutating func take(_ file: PublicCodeImport, over application: ApplicationView) {
        var named: Set<CatalogueField> = []
        for (field, value) in file.fields {
            named.insert(field)
            if let value { set(field, value) } else { clear(field) }
        }
        for view in application.fields where [20, 21].contains(view.field.number) && !named.contains(view.field) {
            clear(view.field)
        }
        for (set, elements) in file.sets { replace(set, with: elements) }
        for contractor in file.record.contractors { add(.suppliers, .text(contractor.name)) }
    }
}
