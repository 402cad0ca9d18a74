// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// Voting for this member: one ballot a decision, and another only in the place of one that may be replaced.
/// Spec: Protocol/voting.md §3, Protocol/local-api.md §9.
enum DecisionVoting {
    static func vote(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["keuze"], optional: ["definitief", "vervangt"])
        return .created(try await api.governing.alone { () async throws(APIProblem) in
            try await vote(body, request, api)
        })
    }

    private static func vote(_ body: JSON, _ request: APIRequest, _ api: LocalAPI) async throws(APIProblem) -> JSON {
        let language = request.language
        let word = body["keuze"]?.text ?? ""
        guard let choice = DecisionWords.choices.first(where: { $0.word == word })?.choice else {
            throw .refused(
                400, language, nl: "Een stem is voor, tegen of blanco.", en: "A vote is voor, tegen or blanco.",
                [.init(path: "keuze", message: BothLanguages(
                    nl: "moet zijn: voor, tegen of blanco", en: "has to be voor, tegen or blanco")[language])])
        }
        let isFinal = try truth(body, "definitief", orElse: true, language)
        let replaces = try truth(body, "vervangt", orElse: false, language)
        let finder = await api.engine.read { DecisionFinder($0.state) }
        let (view, name) = try finder.find(request.inPath("id"), language)
        let voter = Voter(own: api.engine.member.oin, log: await api.engine.read { $0.ownLogID }, language: language)
        let known = try await voter.check(view, name, replaces: replaces, api)
        let entry: [UInt8]
        do throws(VoidReason) {
            entry = try Ballot.entry(
                choice, on: view.reference, in: voter.log, isFinal: isFinal, replaced: known.own,
                otherLogs: known.others)
        } catch {
            throw .refused(
                409, language, nl: "Deze stem zou meer stemmen van eerdere logs vervangen dan in een regel passen.",
                en: "This vote would replace more votes of earlier logs than fit an entry.")
        }
        do throws(EngineFailure) { _ = try await api.engine.append([entry]) } catch { throw APIProblem(error) }
        return try await DecisionAnswers.document(view.id.text(digits: 64), api, language)
    }

    private static func truth(
        _ body: JSON, _ name: String, orElse usual: Bool, _ language: APILanguage
    ) throws(APIProblem) -> Bool {
        guard let value = body[name], value != .null else { return usual }
        guard let truth = value.truth else {
            throw .refused(
                400, language, nl: "\(name) is true of false.", en: "\(name) is true or false.",
                [.init(path: name, message: BothLanguages(
                    nl: "moet true of false zijn", en: "has to be true or false")[language])])
        }
        return truth
    }

    /// Who votes here, and whether this ballot would count.
    private struct Voter {
        let own: OIN
        let log: LogID
        let language: APILanguage

        /// The own ballot that is replaced, and those of the member's earlier logs.
        func check(
            _ view: DecisionView, _ name: String, replaces: Bool, _ api: LocalAPI
        ) async throws(APIProblem) -> (own: EntryIndex?, others: [EntryReference]) {
            guard view.standing == .open else {
                let epoch = view.closing ?? 0
                throw .refused(
                    409, language,
                    nl: "Besluit \(name) is gesloten door tijdperk \(epoch); er kan niet meer worden gestemd.",
                    en: "Decision \(name) was closed by epoch \(epoch); nobody votes on it any more.")
            }
            guard view.electorate.contains(own) else { throw await notEntitled(view, name, api) }
            let standing = view.ballots.filter { $0.voter == own && $0.standing == .counts }
            guard let first = standing.first else {
                guard !replaces else {
                    throw .refused(
                        409, language,
                        nl: "Er is nog geen eigen stem over \(name) om te vervangen; stem zonder --replace.",
                        en: "There is no own vote on \(name) to replace yet; vote without --replace.")
                }
                return (nil, [])
            }
            let word = DecisionWords.word(first.choice)
            if let final = standing.first(where: { $0.isFinal != false }) {
                let word = DecisionWords.word(final.choice)
                throw .refused(
                    409, language, nl: "Over \(name) is al definitief \(word) gestemd; die stem blijft staan.",
                    en: "The vote on \(name) is \(word) and final; it stands.")
            }
            guard replaces else {
                throw .refused(
                    409, language, nl: "Over \(name) is al \(word) gestemd; met --replace wordt die stem vervangen.",
                    en: "The vote on \(name) is \(word) already; --replace replaces it.")
            }
            return await replaced(standing, api)
        }

        private func replaced(
            _ standing: [BallotView], _ api: LocalAPI
        ) async -> (own: EntryIndex?, others: [EntryReference]) {
            let others = await api.engine.read { engine in
                let held = StoreEntries(engine.store, engine.suite)
                return standing.filter { $0.log != log }.compactMap { ballot in
                    held.leafHash(log: ballot.log, index: ballot.index)
                        .map { EntryReference(log: ballot.log, index: ballot.index, leaf: $0) }
                }
            }
            return (standing.first { $0.log == log }?.index, others)
        }

        private func notEntitled(_ view: DecisionView, _ name: String, _ api: LocalAPI) async -> APIProblem {
            let names = await api.engine.read { engine in
                view.electorate.map { engine.name(of: $0) }.joined(separator: ", ")
            }
            return .refused(
                403, language, nl: "Dit lid mag over \(name) niet stemmen; dat mogen: \(names).",
                en: "This member may not vote on \(name); these may: \(names).")
        }
    }
}
