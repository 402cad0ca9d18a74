// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage

/// Decisions as they stand. Spec: Protocol/local-api.md §9.
enum DecisionAnswers {
    static func list(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let all = request.query["alle"] ?? "false"
        guard let wantsAll = Bool(all) else {
            throw .badRequest("alle is true or false.", [.init(path: "alle", message: "expected true or false")])
        }
        return .json(await api.engine.read { engine in
            let found = DecisionFinder(engine.state).decisions.filter { wantsAll || $0.view.standing == .open }
            let sorted = found.sorted { left, right in
                Self.precedes(left.view, right.view, newestFirst: wantsAll)
            }
            return [
                "besluiten": .array(sorted.map { found in
                    DecisionDocument(view: found.view, name: found.name).json(engine, text: Self.unread(found.view))
                }),
                "volledigheid": Completeness(engine).json,
            ]
        })
    }

    /// Open ones by deadline; among all the open ones first, then by the epoch that closed them, newest first.
    private static func precedes(_ left: DecisionView, _ right: DecisionView, newestFirst: Bool) -> Bool {
        if newestFirst, left.closing != right.closing { return left.closing ?? .max > right.closing ?? .max }
        if left.proposal.deadline != right.proposal.deadline {
            return (left.proposal.deadline < right.proposal.deadline) != newestFirst
        }
        return left.id < right.id
    }

    /// A list does not read texts.
    private static func unread(_ view: DecisionView) -> DecisionText {
        view.commitment == nil ? .none : DecisionText(stand: "niet gelezen")
    }

    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(try await document(request.inPath("id"), api, request.language))
    }

    /// The decision that `id` names, whole.
    static func document(
        _ id: String, _ api: LocalAPI, _ language: APILanguage
    ) async throws(APIProblem) -> JSON {
        let finder = await api.engine.read { DecisionFinder($0.state) }
        let (view, name) = try finder.find(id, language)
        let isDestroyed = await api.engine.read { engine in
            view.commitment.map { engine.state.destroyedTexts().contains($0) } ?? false
        }
        let text = try DecisionText(of: view, in: api.store.journal, isDestroyed: isDestroyed)
        return await api.engine.read { engine in
            guard case .object(var document) = DecisionDocument(view: view, name: name).json(engine, text: text) else {
                preconditionFailure("an object")
            }
            document.set("volledigheid", Completeness(engine).json)
            return .object(document)
        }
    }
}
