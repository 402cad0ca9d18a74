// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import YAML

/// Changes to the catalogue by this node's member. Spec: Protocol/local-api.md §5.
enum CatalogueWriting {
    /// Takes a `publiccode.yml` over, with its grade and findings.
    static func importFile(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let view = try await editable(request.inPath("id"), api)
        let source = request.query["bron"] ?? "publiccode.yml"
        guard (1...1_000).contains(source.utf8.count) else {
            throw .badRequest("bron has 1 to 1,000 bytes.", [.init(path: "bron", message: "has 1 to 1,000 bytes")])
        }
        let review = review(request.body)
        guard review.grade != .d else {
            throw .badRequest(
                "Grade D: this file cannot be used as publiccode.yml, and nothing was taken over.",
                review.findings.map { APIProblem.Violation($0) })
        }
        var draft = EditDraft(view, author: api.engine.ownLogID)
        draft.take(
            PublicCodeImport(
                record: review.record, source: source, grade: review.grade.rawValue,
                errorCount: review.count(.error), warningCount: review.count(.warning)),
            over: view)
        let written = try await append(draft, view, api)
        return .json([
            "applicatie": .string(view.id), "beoordeling": .string(review.grade.rawValue),
            "fouten": .count(review.count(.error)), "waarschuwingen": .count(review.count(.warning)),
            "bevindingen": .array(review.findings.map { finding in
                [
                    "ernst": .string(finding.severity.rawValue), "path": .string(finding.path),
                    "line": .count(finding.line), "column": .count(finding.column), "code": .string(finding.code),
                    "message": .string(finding.message),
                ]
            }),
            "gewijzigd": .array(written.changed.map { .string($0) }),
            "regels": .array(written.entries.map { .string($0.name) }),
        ])
    }

    private static func review(_ body: [UInt8]) -> PublicCodeReview {
        do throws(YAMLError) { return PublicCodeReview(try YAML.parse(body)) } catch {
            return PublicCodeReview(
                unreadableAtLine: error.line, column: error.column, sentence: error.reason.sentence)
        }
    }

    /// Writes fields, adds to sets and takes away from them.
    static func edit(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let view = try await editable(request.inPath("id"), api)
        let body = try request.object(mandatory: [], optional: ["velden", "toevoegen", "verwijderen"])
        var reader = EditReader(view, author: api.engine.ownLogID)
        reader.read(body)
        guard reader.violations.isEmpty else { throw .badRequest("The change breaks rules.", reader.violations) }
        let written = try await append(reader.draft, view, api)
        return .json([
            "applicatie": .string(view.id), "gewijzigd": .array(written.changed.map { .string($0) }),
            "regels": .array(written.entries.map { .string($0.name) }),
        ])
    }

    /// Founds an application of which this member is the lead.
    static func found(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["slug", "naam"])
        guard let slug = body["slug"]?.text.flatMap({ Slug($0) }) else {
            throw .badRequest("slug is not of its form.", [
                .init(path: "slug", message: "expected small letters, digits and hyphens, such as zaaksysteem"),
            ])
        }
        guard let founded = ApplicationFounded(slug: slug, name: body["naam"]?.text ?? "") else {
            throw .badRequest("naam is not of its form.", [
                .init(path: "naam", message: "expected 1 to 100 bytes without control characters"),
            ])
        }
        do throws(EngineFailure) {
            let entries = try await api.engine.append([founded.entry()])
            return .created([
                "id": .string(founded.id(leaf: entries[0].leaf)), "naam": .string(founded.applicationName),
                "regels": .array(entries.map { .string($0.name) }),
            ])
        } catch { throw APIProblem(error) }
    }

    /// The application, if this member may change it: what others would find void is not written.
    private static func editable(_ id: String, _ api: LocalAPI) async throws(APIProblem) -> ApplicationView {
        guard let view = await api.engine.read({ $0.state.application(id) }) else {
            throw CatalogueAnswers.unknown(id)
        }
        guard view.participants.contains(api.engine.member.oin) else {
            let names = view.participants.map { api.name(of: $0) }.joined(separator: ", ")
            throw APIProblem(
                status: 403, title: "Forbidden",
                detail: "\(api.engine.member.name) takes no part in \(id); who does may change it: \(names).")
        }
        return view
    }

    private static func append(
        _ draft: EditDraft, _ view: ApplicationView, _ api: LocalAPI
    ) async throws(APIProblem) -> (changed: [String], entries: [AppendedEntry]) {
        let entries: [[UInt8]]
        do throws(EditRefusal) { entries = try draft.entries() } catch {
            let name = switch error {
            case .valueOversize(let field): CatalogueWords.word(field)
            case .elementOversize(let set): CatalogueWords.word(set)
            }
            throw .badRequest(
                "A value is too long.",
                [.init(path: name, message: "has more than \(CooperativeLimits.valueBytes) bytes")])
        }
        do throws(EngineFailure) {
            let appended = try await api.engine.append(entries)
            return (changed(entries), appended)
        } catch { throw APIProblem(error) }
    }

    /// Names of the fields and sets that entries change.
    private static func changed(_ entries: [[UInt8]]) -> [String] {
        var names: [String] = []
        for bytes in entries {
            guard let entry = try? Entry.parse(bytes),
                  let edit = try? ApplicationEdit.parse(Array(entry.body), referenceCount: entry.references.count)
            else { continue }
            names += edit.writes.map { CatalogueWords.word($0.field) }
            names += (edit.additions + edit.removals).map { CatalogueWords.word($0.set) }
        }
        return Array(Set(names)).sorted()
    }
}
