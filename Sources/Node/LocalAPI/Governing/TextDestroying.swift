// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// Destroying the text of an own proposal on every node; what was decided stays provable.
/// Spec: Protocol/local-api.md §9.
enum TextDestroying {
    static func destroy(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(try await api.governing.alone { () async throws(APIProblem) in
            try await destroy(request.inPath("id"), api, request.language)
        })
    }

    private static func destroy(
        _ id: String, _ api: LocalAPI, _ language: APILanguage
    ) async throws(APIProblem) -> JSON {
        let (finder, ownLog, destroyed) = await api.engine.read { engine in
            (DecisionFinder(engine.state), engine.ownLogID, Set(engine.state.destroyedTexts()))
        }
        let (view, name) = try finder.find(id, language)
        guard view.proposer == api.engine.member.oin else {
            let owner = api.name(of: view.proposer)
            throw .refused(
                403, language, nl: "Alleen \(owner), die \(name) indiende, vernietigt deze toelichting.",
                en: "Only \(owner), who proposed \(name), destroys its text.")
        }
        guard let commitment = view.commitment else {
            throw .refused(
                409, language, nl: "\(name) heeft geen toelichting.", en: "\(name) has no text.")
        }
        guard !destroyed.contains(commitment) else {
            throw .refused(
                409, language, nl: "De toelichting van \(name) is al vernietigd.",
                en: "The text of \(name) is destroyed already.")
        }
        guard view.id.log == ownLog else {
            throw .refused(
                409, language, nl: "\(name) staat op een eerdere log van dit lid; alleen die log kon dit.",
                en: "\(name) stands in an earlier log of this member; only that log could do this.")
        }
        let entries: [AppendedEntry]
        do throws(EngineFailure) {
            entries = try await api.engine.append([Destroyed(index: view.id.index).entry()])
        } catch { throw APIProblem(error) }
        await api.engine.settleTexts()
        return ["id": .string(name), "regel": .string(entries[0].name)]
    }
}
