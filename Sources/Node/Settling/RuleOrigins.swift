// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Settlement

/// Which place of the genesis or which decision a rule in force comes from.
/// Spec: Protocol/settlement-input.md §1.
struct RuleOrigins {
    private let genesis: Genesis
    private let carried: [DecisionView]

    init(_ state: CooperativeState) {
        genesis = state.genesis
        carried = state.decisions().filter { $0.standing == .carried }
    }

    func origin(of tariff: Genesis.Tariff) throws(SettlementRefusal) -> DecisionID {
        try origin(8, genesis.tariffs.firstIndex(of: tariff), .tariff(tariff))
    }

    func origin(of contribution: Genesis.Contribution) throws(SettlementRefusal) -> DecisionID {
        try origin(9, genesis.contributions.firstIndex(of: contribution), .contribution(contribution))
    }

    func origin(of sharing: Genesis.CostSharing) throws(SettlementRefusal) -> DecisionID {
        // Who joins later and terms change the row; there is one for each application.
        if let position = genesis.costSharings.firstIndex(where: { $0.application == sharing.application }) {
            return .genesis(key: 10, position: position)
        }
        return try origin(where: { payload in
            if case .costSharing(let decided) = payload { decided.application == sharing.application } else { false }
        })
    }

    private func origin(
        _ key: Int, _ position: Int?, _ payload: DecisionPayload
    ) throws(SettlementRefusal) -> DecisionID {
        if let position { return .genesis(key: key, position: position) }
        return try origin(where: { $0 == payload })
    }

    private func origin(where matches: (DecisionPayload) -> Bool) throws(SettlementRefusal) -> DecisionID {
        guard let decision = carried.first(where: { matches($0.proposal.payload) }) else {
            preconditionFailure("a rule that the genesis has not comes of a carried decision")
        }
        return try DecisionID(decision.id.text(digits: 64))
    }
}
