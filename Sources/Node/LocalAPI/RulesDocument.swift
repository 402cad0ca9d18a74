// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// Rules in force as the API shows them, each with the place of the genesis or the decision that it comes from.
/// Spec: Protocol/local-api.md §3, Protocol/voting.md §1.
struct RulesDocument {
    private let rules: RulesInForce
    private let genesis: Genesis
    private let decisions: [(view: DecisionView, name: String)]
    private let known: [OIN: MemberView]

    init(
        rules: RulesInForce, genesis: Genesis, decisions: [(view: DecisionView, name: String)],
        members known: [OIN: MemberView]
    ) {
        self.rules = rules
        self.genesis = genesis
        self.decisions = decisions.filter { $0.view.standing == .carried }
        self.known = known
    }

    /// By name of the member of the document.
    var members: [JSONObject.Member] {
        [
            .init("organen", .array(rules.organs.map(DecisionDocument.organ))),
            .init("applicaties", .array(rules.applications.map(application))),
            .init("tarieven", .array(rules.tariffs.map(tariff))),
            .init("contributies", .array(rules.contributions.map(contribution))),
            .init("kostenverdelingen", .array(rules.costSharings.map(sharing))),
            .init("besluitregels", .array(rules.lines.map(line))),
            .init("inwoners", .array(rules.inhabitants.map(inhabitants))),
            .init("termijnen", Self.terms(ProposalFieldWords.terms.map { ($0.api, rules.terms[keyPath: $0.place]) })),
            .init("tijden", Self.terms(
                ProposalFieldWords.timings.map { ($0.api, rules.timings[keyPath: $0.place]) })),
        ]
    }

    func party(_ oin: OIN) -> JSON { ["oin": .string(oin.digits), "naam": .string(name(oin))] }

    private func name(_ oin: OIN) -> String { known[oin]?.card.name ?? genesis.founder(oin)?.name ?? oin.digits }

    private func origin(_ key: Int, _ position: Int?, _ payload: DecisionPayload) -> JSON {
        if let position { return .string("genesis:\(key).\(position)") }
        return .optional(decisions.first { $0.view.proposal.payload == payload }?.name)
    }

    private func application(_ application: Genesis.Application) -> JSON {
        [
            "id": .string(application.id.description), "naam": .string(application.name),
            "lead": party(application.lead), "gevoelig": .boolean(application.isSensitive),
            "deelnemers": .array(application.participants.map { participant in
                [
                    "oin": .string(participant.member.digits), "naam": .string(name(participant.member)),
                    "sindsDatum": .string(participant.since.description),
                    "totDatum": .optional(participant.until?.description),
                    "oudLid": .boolean(known[participant.member]?.standing == .ended),
                ]
            }),
        ]
    }

    private func tariff(_ tariff: Genesis.Tariff) -> JSON {
        [
            "besluit": origin(8, genesis.tariffs.firstIndex(of: tariff), .tariff(tariff)),
            "applicatie": .string(tariff.application.description),
            "klasse": .string(tariff.tariffClass.description), "vanafMaand": .string(tariff.firstMonth.description),
            "totEnMetMaand": .optional(tariff.lastMonth?.description),
            "rekentTotEnMetMaand": .optional(rules.succession(of: tariff).lastMonth?.description),
            "treden": .array(tariff.tiers.map(PayloadDocument.tier)),
            "btwCategorie": .string(tariff.vatCategory), "btwBasispunten": .count(tariff.vatRateBasisPoints),
            "betaler": .optional(tariff.funder?.digits),
        ]
    }

    private func contribution(_ contribution: Genesis.Contribution) -> JSON {
        [
            "besluit": origin(9, genesis.contributions.firstIndex(of: contribution), .contribution(contribution)),
            "vanafJaar": .count(contribution.firstYear),
            "perInwonerMicroEuro": .integer(contribution.perInhabitantMicroEuro),
            "btwCategorie": .string(contribution.vatCategory),
            "btwBasispunten": .count(contribution.vatRateBasisPoints),
        ]
    }

    private func sharing(_ sharing: Genesis.CostSharing) -> JSON {
        [
            "besluit": sharingOrigin(sharing),
            "applicatie": .string(sharing.application.description), "totaalCent": .integer(sharing.totalCents),
            "sleuteljaar": .count(sharing.keyYear),
            "deelnemers": .array(sharing.participants.map { participant in
                [
                    "oin": .string(participant.member.digits), "naam": .string(name(participant.member)),
                    "sindsMaand": .string(participant.since.description),
                ]
            }),
            "voorwaarden": PayloadDocument.terms(of: sharing),
            "eerderGefactureerd": PayloadDocument(party: party).charged(of: sharing),
        ]
    }

    /// Who joins later and terms change the row; there is one for each application.
    private func sharingOrigin(_ sharing: Genesis.CostSharing) -> JSON {
        if let position = genesis.costSharings.firstIndex(where: { $0.application == sharing.application }) {
            return .string("genesis:10.\(position)")
        }
        return .optional(decisions.first { decision in
            guard case .costSharing(let decided) = decision.view.proposal.payload else { return false }
            return decided.application == sharing.application
        }?.name)
    }

    private func line(_ row: RuleLine) -> JSON {
        var document = JSONObject([.init("besluit", .optional(decisions.first { $0.view.id == row.decision }?.name))])
        for member in PayloadDocument(party: party).line(row.line).members ?? [] {
            switch member.name {
            case "maand": document.set("maand", .string(row.month.description))
            case "verrekendInMaand": document.set("verrekendInMaand", .optional(row.settledIn?.description))
            default: document.set(member.name, member.value)
            }
        }
        return .object(document)
    }

    private func inhabitants(_ row: Genesis.Inhabitants) -> JSON {
        [
            "lid": party(row.member), "code": .string(row.code), "jaar": .count(row.year),
            "aantal": .integer(row.count), "definitief": .boolean(row.isFinal),
            "bekendVanafMaand": .optional(row.knownFrom?.description),
        ]
    }

    private static func terms(_ values: [(String, Int)]) -> JSON {
        .object(JSONObject(values.map { .init($0.0, .count($0.1)) }))
    }
}
