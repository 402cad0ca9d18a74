// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// Taking part in the network: the file by which others join. Spec: Protocol/local-api.md §3.
enum JoiningAnswers {
    static func joinFile(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let (file, names) = await api.engine.read { engine in
            let addresses = addresses(engine)
            let names = Dictionary(uniqueKeysWithValues: engine.state.members().map { ($0.oin, $0.card.name) })
            return (JoinFile(genesis: engine.genesis, addresses: addresses), names)
        }
        guard let file else {
            throw .conflict("No member names an address at which a newcomer could reach it; a contact or card has to.")
        }
        return .json([
            "netwerk": .string(file.genesis.network.description), "naam": .string(file.genesis.name),
            "bestand": .string(file.text),
            "adressen": .array(file.addresses.map { address in
                [
                    "oin": .string(address.oin.digits), "naam": .string(names[address.oin] ?? address.oin.digits),
                    "eindpunten": .array(address.endpoints.map { .string($0.description) }),
                ]
            }),
        ])
    }

    /// What the admission of this node's member waits for.
    static func progress(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(await api.engine.read { engine in
            let step = engine.joiningStep
            var decision: JSON = .null
            var absent: [OIN] = []
            if case .decision(let id, let missing) = step { (decision, absent) = (.string(id.description), missing) }
            return [
                "lid": ["oin": .string(engine.member.oin.digits), "naam": .string(engine.member.name)],
                "netwerk": .string(engine.genesis.name), "stap": .string(word(step)), "besluit": decision,
                "nietGestemd": .array(absent.map { api.party($0) }),
                "tijdperk": .count(engine.chain.number),
                // Until its admission is carried, others tell a newcomer in a sentence why they show nothing.
                "antwoorden": .array(engine.partners.sorted { $0.key < $1.key }.compactMap { oin, standing in
                    standing.reason.map { reason in
                        ["oin": .string(oin.digits), "naam": .string(api.name(of: oin)), "reden": .string(reason)]
                    }
                }),
            ]
        })
    }

    private static func word(_ step: NodeEngine.JoiningStep) -> String {
        switch step {
        case .invitation: "uitnodiging"
        case .otherCard: "andere kaart"
        case .decision: "besluit"
        case .catchingUp: "bijlezen"
        case .epoch: "tijdperk"
        case .member: "lid"
        case .ended: "oud-lid"
        }
    }

    /// Up to three members that can be dialled, this node's own first, then those that were heard of last.
    private static func addresses(_ engine: isolated NodeEngine) -> [JoinFile.Address] {
        func heard(_ oin: OIN) -> Int64 {
            oin == engine.member.oin ? .max : engine.partners[oin]?.lastExchangeMilliseconds ?? 0
        }
        let members = engine.state.members().filter { engine.isPartner($0) || $0.oin == engine.member.oin }
            .sorted { (heard($0.oin), $1.oin) > (heard($1.oin), $0.oin) }
        let dialled = members.lazy.compactMap {
            JoinFile.Address(oin: $0.oin, endpoints: $0.endpoints, pins: $0.pins)
        }
        return Array(dialled.prefix(CooperativeLimits.joinAddresses))
    }
}
