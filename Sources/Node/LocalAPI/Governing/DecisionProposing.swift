// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage

/// Proposing: nothing is appended that would be void, or whose effect could not follow now.
/// Spec: Protocol/local-api.md §9.
enum DecisionProposing {
    /// Days to vote where the proposal does not say.
    static let usualDays = 14

    static func propose(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(
            mandatory: ["soort", "titel"],
            optional: ["inhoud", "orgaan", "termijnDatum", "kostenCent", "dekking", "applicatie", "tekst"])
        return .created(try await api.governing.alone { () async throws(APIProblem) in
            try await propose(body, api, request.language)
        })
    }

    private static func propose(
        _ body: JSON, _ api: LocalAPI, _ language: APILanguage
    ) async throws(APIProblem) -> JSON {
        let checked = try await Checked(body, api, language)
        let text = try SaltedDecisionText(checked.text, api, language)
        let entry = checked.proposal.entry(commitment: text?.held.commitment)
        try await text?.keep(api)
        let appended: [AppendedEntry]
        do throws(EngineFailure) { appended = try await api.engine.append([entry]) } catch {
            try await text?.forget(api)
            throw APIProblem(error)
        }
        let id = Decision.ID(log: appended[0].log, index: appended[0].index)
        return try await DecisionAnswers.document(id.text(digits: 64), api, language)
    }

    /// A proposal that would count and whose effect could follow.
    private struct Checked {
        let proposal: DecisionProposal
        let text: String?

        init(_ body: JSON, _ api: LocalAPI, _ language: APILanguage) async throws(APIProblem) {
            let (state, author, log, today) = await api.engine.read { engine in
                (engine.state, engine.member.oin, engine.ownLogID, engine.clock.today())
            }
            let draft = try DecisionProposing.draft(body, state.rules, today, language)
            text = body["tekst"]?.text
            do throws(DecisionFindings) { proposal = try draft.checked() } catch {
                let kind = DecisionProposing.kind(body) ?? .freeText
                throw DecisionProposing.refused(400, language, error.all.map {
                    ProposalFieldWords.violation($0, of: kind, language)
                })
            }
            let refusals = DecisionRefusals(
                language: language, rules: state.rules, date: state.epoch.date,
                name: { oin in state.member(oin)?.card.name ?? oin.digits },
                isEnded: { oin in state.member(oin)?.standing == .ended })
            let isMember = { (oin: OIN) in state.member(oin)?.standing == .member }
            var violations = proposal.faults(
                author: author, isMember: isMember, under: state.rules, date: state.epoch.date
            ).map { refusals.violation($0, proposal) }
            if violations.isEmpty, proposal.deadline < today {
                violations.append(.init(path: "termijnDatum", message: BothLanguages(
                    nl: "ligt in het verleden; vandaag is \(today)",
                    en: "is in the past; today is \(today)")[language]))
            }
            violations += refusals.backdated(proposal.payload) + refusals.past(proposal.payload, today: today)
                + refusals.incomplete(proposal.payload)
            guard violations.isEmpty else { throw DecisionProposing.refused(400, language, violations) }
            guard state.decisionsLeft(of: log) > 0 else {
                let most = CooperativeLimits.openDecisions
                throw APIProblem.refused(
                    409, language,
                    nl: "Dit lid heeft al \(most) besluiten openstaan, en meer kan niet; er is niets ingediend. "
                        + "Het kan weer zodra een tijdperk er een sluit: korf decision list.",
                    en: "This member has \(most) decisions open, and there cannot be more; nothing was proposed. "
                        + "It can again once an epoch closes one: korf decision list.")
            }
            if let refusal = state.effectRefusal(of: proposal.payload) {
                throw DecisionProposing.refused(409, language, [refusals.violation(refusal, proposal.payload)])
            }
        }
    }

    private static func refused(
        _ status: Int, _ language: APILanguage, _ violations: [APIProblem.Violation]
    ) -> APIProblem {
        .refused(
            status, language, nl: "Dit voorstel kan zo niet; er is niets ingediend.",
            en: "This proposal cannot be made so; nothing was proposed.", violations)
    }

    private static func kind(_ body: JSON) -> DecisionPayload.Kind? {
        DecisionWords.kinds.first { $0.word == body["soort"]?.text }?.kind
    }

    private static func draft(
        _ body: JSON, _ rules: RulesInForce, _ today: CivilDate, _ language: APILanguage
    ) throws(APIProblem) -> DecisionDraft {
        var reader = PayloadReader(language, rules: rules)
        guard let kind = kind(body) else {
            let known = DecisionWords.kinds.map(\.word).joined(separator: ", ")
            reader.refuse("soort", nl: "moet zijn: \(known)", en: "has to be one of \(known)")
            throw refused(400, language, reader.violations)
        }
        var draft = DecisionDraft(reader.draft(kind, body["inhoud"]))
        draft.title = reader.text(body, "titel", at: "")
        draft.deadline = reader.optionalText(body, "termijnDatum", at: "")
            ?? today.adding(days: usualDays)?.description ?? ""
        draft.costCents = body["kostenCent"].flatMap { $0 == .null ? nil : reader.number(body, "kostenCent", at: "") }
        draft.cover = reader.optionalText(body, "dekking", at: "")
        draft.organ = reader.optionalText(body, "orgaan", at: "") ?? onlyOrgan(rules, &reader)
        draft.application = reader.optionalText(body, "applicatie", at: "")
        // Participants of the application that it is about decide, where no other is named.
        let organ = rules.organs.first { $0.id.description == draft.organ }
        if draft.application == nil, organ?.electorate == .participants {
            draft.application = body["inhoud"]?["applicatie"]?.text
        }
        guard reader.violations.isEmpty else { throw refused(400, language, reader.violations) }
        return draft
    }

    private static func onlyOrgan(_ rules: RulesInForce, _ reader: inout PayloadReader) -> String {
        if rules.organs.count == 1 { return rules.organs[0].id.description }
        let known = rules.organs.map(\.id.description).joined(separator: ", ")
        reader.refuse("orgaan", nl: "ontbreekt; kies uit: \(known)", en: "is missing; choose from: \(known)")
        return ""
    }
}
