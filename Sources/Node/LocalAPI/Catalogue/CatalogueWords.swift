// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// The Dutch names of fields and sets, and how their values look in JSON. Spec: Protocol/local-api.md §5.
enum CatalogueWords {
    /// What a field holds.
    enum Shape { case text, phase, date, truth, money, count }

    struct Field {
        let word: String
        let number: Int
        let shape: Shape
        /// Written by people; other fields come from a file alone.
        let isEditable: Bool

        init(_ word: String, _ field: CatalogueField, _ shape: Shape = .text, isEditable: Bool = true) {
            self.word = word
            number = field.number
            self.shape = shape
            self.isEditable = isEditable
        }
    }

    static let fields = [
        Field("naam", .name), Field("broncode", .repository), Field("webpagina", .landingPage),
        Field("licentie", .licence), Field("fase", .phase, .phase), Field("ontwikkelstatus", .developmentStatus),
        Field("softwaretype", .softwareType), Field("softwareversie", .softwareVersion),
        Field("uitgifte", .releaseDate), Field("organisatie", .organisationURI), Field("onderhoud", .maintenanceType),
        Field("herkomst", .importedFrom, isEditable: false), Field("beoordeling", .grade, isEditable: false),
        Field("hosting", .hosting), Field("eindeLevensduur", .endOfLife, .date),
        Field("businesscase", .businessCase, .money), Field("functie", .function),
        Field("publiccodeVersie", .publiccodeVersion, isEditable: false),
        Field("vertaalbaar", .localisationReady, .truth),
        Field("bevindingen", .findings, .count, isEditable: false),
        Field("korteBeschrijving", .shortDescription("nl")), Field("langeBeschrijving", .longDescription("nl")),
    ]

    static let sets: [(word: String, set: CatalogueSet)] = [
        ("belangstellenden", .interested), ("alternatieven", .alternatives), ("standaarden", .standards),
        ("platforms", .platforms), ("categorieen", .categories), ("leveranciers", .suppliers), ("talen", .languages),
        ("ondersteunt", .supports), ("kenmerken", .features), ("referentiecomponenten", .components),
    ]

    static let phases = ["idee", "verkenning", "bouw", "operationeel", "uitgefaseerd"]
    static let costs = ["ontwikkeling", "eigenPersoneel", "exploitatie", "onderhoud", "transitie"]

    /// The name of a field, with its language where it has one: `korteBeschrijving.nl`.
    static func word(_ field: CatalogueField) -> String {
        let word = fields.first { $0.number == field.number }?.word ?? "veld\(field.number)"
        return field.qualifier.map { "\(word).\($0)" } ?? word
    }

    static func word(_ set: CatalogueSet) -> String {
        sets.first { $0.set == set }?.word ?? "verzameling\(set.rawValue)"
    }

    /// The field of a name; `nil` for a name that is none.
    static func field(_ word: String) -> (field: CatalogueField, meaning: Field)? {
        let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let meaning = fields.first(where: { $0.word == parts[0] }) else { return nil }
        let hasLanguage = [CatalogueField.shortDescription("nl").number, CatalogueField.longDescription("nl").number]
            .contains(meaning.number)
        guard hasLanguage || parts.count == 1 else { return nil }
        let language = hasLanguage ? (parts.count == 2 ? parts[1] : "nl") : nil
        guard language.map({ (1...35).contains($0.utf8.count) }) ?? true else { return nil }
        return (CatalogueField(meaning.number, qualifier: language), meaning)
    }

    /// A stored value as JSON; what has another shape than its field asks for is shown as it is.
    static func json(_ bytes: [UInt8], _ field: CatalogueField) -> JSON {
        guard let value = try? CBOR.decode(bytes) else { return .null }
        let shape = fields.first { $0.number == field.number }?.shape ?? .text
        switch (shape, value) {
        case (.phase, .integer(let number)) where phases.indices.contains(Int(clamping: number)):
            return .string(phases[Int(number)])
        case (.date, .integer(let number)):
            return .optional(CivilDate(dayNumber: Int(clamping: number))?.description)
        case (.money, .map(let pairs)):
            return money(pairs)
        default:
            return plain(value)
        }
    }

    /// Any item as JSON.
    static func plain(_ value: CBOR) -> JSON {
        switch value {
        case .integer(let number): .integer(number)
        case .bytes(let bytes): .string(Hexadecimal.encode(bytes))
        case .text(let text): .string(text)
        case .bool(let truth): .boolean(truth)
        case .null: .null
        case .array(let items): .array(items.map(plain))
        case .map(let pairs): .array(pairs.map { .array([key($0.key), plain($0.value)]) })
        }
    }

    private static func key(_ key: CBORKey) -> JSON {
        switch key { case .integer(let number): .integer(number); case .text(let text): .string(text) }
    }

    private static func money(_ pairs: [CBOR.Pair]) -> JSON {
        var document = JSONObject()
        for pair in pairs {
            guard case .integer(let key) = pair.key, costs.indices.contains(Int(clamping: key) - 1) else { continue }
            document.set(costs[Int(key) - 1] + "Cent", plain(pair.value))
        }
        return .object(document)
    }
}
