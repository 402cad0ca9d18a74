// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// The catalogue as it stands. Spec: Protocol/local-api.md §5.
enum CatalogueAnswers {
    static func list(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(await api.engine.read { engine in
            [
                "applicaties": .array(engine.state.applicationViews().map { summary($0, api) }),
                "volledigheid": Completeness(engine).json,
            ]
        })
    }

    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let id = request.inPath("id")
        let found = await api.engine.read { engine in
            engine.state.application(id).map { ($0, Completeness(engine).json) }
        }
        guard let (view, completeness) = found else { throw unknown(id) }
        if request.accepted == MediaType.yaml {
            return .file(mediaType: MediaType.yaml, Array(PublicCodeExport(view).record.publiccodeYML.utf8))
        }
        return .json(detail(view, api, completeness))
    }

    static func conflicts(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(await api.engine.read { engine in
            let conflicts = engine.state.applicationViews().flatMap { view in
                view.conflicts.map { field -> JSON in
                    [
                        "applicatie": .string(view.id), "naam": .string(name(view)),
                        "veld": .string(CatalogueWords.word(field.field)), "waarden": values(field, api),
                    ]
                }
            }
            return ["conflicten": .array(conflicts), "volledigheid": Completeness(engine).json]
        })
    }

    static func unknown(_ id: String) -> APIProblem {
        .notFound("The catalogue has no application \(id); korf catalogue list, or GET /v1/applicaties, lists them.")
    }

    /// The name that stands, or that of its founding.
    static func name(_ view: ApplicationView) -> String {
        text(view, .name) ?? view.foundingName
    }

    /// A text field in which one value stands.
    static func text(_ view: ApplicationView, _ field: CatalogueField) -> String? {
        let values = view.values(field)
        guard let value = values.first, case .text(let text)? = try? CBOR.decode(value.value) else { return nil }
        return text
    }

    private static func summary(_ view: ApplicationView, _ api: LocalAPI) -> JSON {
        func field(_ field: CatalogueField) -> JSON {
            view.values(field).first.map { CatalogueWords.json($0.value, field) } ?? .null
        }
        return [
            "id": .string(view.id), "naam": .string(name(view)), "lead": api.party(view.lead),
            "deelnemers": .count(view.participants.count), "gevoelig": .boolean(view.isSensitive),
            "fase": field(.phase), "ontwikkelstatus": field(.developmentStatus), "licentie": field(.licence),
            "softwareversie": field(.softwareVersion), "beoordeling": field(.grade),
            "bevindingen": field(.findings), "conflicten": .count(view.conflicts.count),
        ]
    }

    private static func detail(_ view: ApplicationView, _ api: LocalAPI, _ completeness: JSON) -> JSON {
        let opening = api.engine.genesis.application(view.id)
        let participants = view.participants.map { oin -> JSON in
            let since = opening?.participants.first { $0.member == oin }?.since
            return [
                "oin": .string(oin.digits), "naam": .string(api.name(of: oin)),
                "sindsDatum": .optional(since?.description),
            ]
        }
        let sets = Array(Set(view.elements.map(\.set))).sorted().map { set -> JSON in
            [
                "naam": .string(CatalogueWords.word(set)),
                "elementen": .array(view.elements(set).map { element in
                    [
                        "waarde": (try? CBOR.decode(element.element)).map(CatalogueWords.plain) ?? .null,
                        "schrijvers": .array(element.sources.map { source($0, api) }),
                    ]
                }),
            ]
        }
        return [
            "id": .string(view.id), "naam": .string(name(view)), "lead": api.party(view.lead),
            "gevoelig": .boolean(view.isSensitive), "deelnemers": .array(participants),
            "gesticht": view.founding.map { source($0, api) } ?? .null,
            "velden": .array(view.fields.map { field in
                [
                    "veld": .string(CatalogueWords.word(field.field)), "conflict": .boolean(field.isConflict),
                    "waarden": values(field, api),
                ]
            }),
            "verzamelingen": .array(sets),
            "volledigheid": completeness,
        ]
    }

    private static func values(_ field: FieldView, _ api: LocalAPI) -> JSON {
        .array(field.values.map { value in
            [
                "waarde": CatalogueWords.json(value.value, field.field), "schrijver": api.party(value.source.author),
                "regel": .string(EntryName.text(value.source)),
            ]
        })
    }

    private static func source(_ source: WriteSource, _ api: LocalAPI) -> JSON {
        ["schrijver": api.party(source.author), "regel": .string(EntryName.text(source))]
    }
}

/// How people name an entry.
enum EntryName {
    static func text(_ source: WriteSource) -> String {
        AppendedEntry(log: source.log, index: source.index, leaf: source.leaf).name
    }
}

/// An application as a `publiccode.yml`: only what the format can say and nobody disputes.
/// Spec: Protocol/publiccode.md §4.
struct PublicCodeExport {
    let record: PublicCodeRecord

    init(_ view: ApplicationView) {
        var record = PublicCodeRecord()
        func text(_ field: CatalogueField) -> String? { CatalogueAnswers.text(view, field) }
        func texts(_ set: CatalogueSet) -> [String] {
            view.elements(set).compactMap { element in
                guard case .text(let text)? = try? CBOR.decode(element.element) else { return nil }
                return text
            }
        }
        record.name = text(.name) ?? view.foundingName
        record.url = text(.repository)
        record.landingURL = text(.landingPage)
        record.license = text(.licence)
        record.developmentStatus = text(.developmentStatus)
        record.softwareType = text(.softwareType)
        record.softwareVersion = text(.softwareVersion)
        record.releaseDate = text(.releaseDate)
        record.organisationURI = text(.organisationURI)
        record.maintenanceType = text(.maintenanceType)
        if let value = view.values(.localisationReady).first, case .bool(let truth)? = try? CBOR.decode(value.value) {
            record.localisationReady = truth
        }
        record.platforms = texts(.platforms)
        record.categories = texts(.categories)
        record.availableLanguages = texts(.languages)
        record.supports = texts(.supports)
        record.descriptions = Self.descriptions(view)
        self.record = record
    }

    private static func descriptions(_ view: ApplicationView) -> [PublicCodeRecord.Description] {
        let features = view.elements(.features).compactMap { element -> (language: String, text: String)? in
            guard case .array(let parts)? = try? CBOR.decode(element.element), parts.count == 2,
                  case .text(let language) = parts[0], case .text(let text) = parts[1]
            else { return nil }
            return (language, text)
        }
        let written = view.fields.compactMap { [20, 21].contains($0.field.number) ? $0.field.qualifier : nil }
        return Set(written + features.map(\.language)).sorted().map { language in
            PublicCodeRecord.Description(
                language: language, shortDescription: CatalogueAnswers.text(view, .shortDescription(language)),
                longDescription: CatalogueAnswers.text(view, .longDescription(language)),
                features: features.filter { $0.language == language }.map(\.text))
        }
    }
}
