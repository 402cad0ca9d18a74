// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
import Journal
public import Notation

/// A network in words: what was founded, and the rules in force. Spec: Protocol/local-api.md §3.
public enum NetworkDocument {
    /// The document of a genesis: its rules are those of the founding.
    public static func json(_ genesis: Genesis) -> JSON {
        json(genesis, RulesDocument(
            rules: RulesInForce(genesis), genesis: genesis, decisions: [], members: [:]), number: 0, genesis.date)
    }

    /// The document of a network as it stands after its last epoch.
    static func json(_ settled: CooperativeState) -> JSON {
        let members = Dictionary(uniqueKeysWithValues: settled.members().map { ($0.oin, $0) })
        let rules = RulesDocument(
            rules: settled.rules, genesis: settled.genesis, decisions: DecisionFinder(settled).decisions,
            members: members)
        return json(settled.genesis, rules, number: settled.epoch.number, settled.epoch.date)
    }

    private static func json(_ genesis: Genesis, _ rules: RulesDocument, number: Int, _ date: CivilDate) -> JSON {
        var document = JSONObject([
            .init("id", .string(genesis.network.description)), .init("naam", .string(genesis.name)),
            .init("datum", .string(genesis.date.description)),
            .init("tijdperk", ["nummer": .count(number), "datum": .string(date.description)]),
            .init("regelversie", .count(genesis.ruleVersion)),
            .init("cooperatie", [
                "naam": .string(genesis.cooperative.name), "boekhouder": rules.party(genesis.cooperative.books),
            ]),
            .init("stichters", .array(genesis.founders.map { rules.party($0.oin) })),
        ])
        for member in rules.members { document.set(member.name, member.value) }
        return .object(document)
    }
}
