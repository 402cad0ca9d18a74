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
