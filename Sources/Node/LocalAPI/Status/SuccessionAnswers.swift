// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation

/// Where the own log ends, and opening a successor of it. The key that authorises stays with the person who calls.
/// Spec: Protocol/local-api.md §3, Protocol/membership.md §4.
enum SuccessionAnswers {
    static func end(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let known = await api.engine.read { $0.ownLogEnd }
        let answers = await api.node.headQuestion?.sizes(of: known.log) ?? [:]
        return .json(await api.engine.read { engine in
            let others = engine.state.members().filter { engine.isPartner($0) }
            let own = engine.ownLogEnd
            let card = engine.state.member(engine.member.oin)?.card ?? engine.member
            return [
                "netwerk": .string(engine.genesis.network.description), "lid": api.party(engine.member.oin),
                "logId": .string(own.log.log.description),
                "volgendeSleutelHash": .string(own.log.nextKeyHash.description),
                "herstelsleutel": .string(card.recoveryKey.description),
                "modus": .string(engine.mode == .writes ? "schrijft" : "alleen lezen"),
                "omvang": .count(own.held.count), "wortel": .optional(own.end?.root.description),
                "omvangElders": .optional(answers.values.map(\.count).max()),
                "leden": .array(others.map { member in
                    [
                        "oin": .string(member.oin.digits), "naam": .string(member.card.name),
                        "omvang": .optional(answers[member.oin]?.count),
                    ]
                }),
            ]
        })
    }

    static func succeed(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["regel", "sleutel"])
        guard let bytes = body["regel"]?.text.flatMap({ Base64.decode($0) }),
              let zero = try? EntryZero.parse(bytes), let succession = zero.succession
        else {
            throw .badRequest(
                "regel has to be the entry 0 of a successor.", [.init(path: "regel", message: "expected base64")])
        }
        guard let path = body["sleutel"]?.text, path.hasPrefix("/") else {
            throw .badRequest("sleutel has to be a path.", [.init(path: "sleutel", message: "expected a path")])
        }
        let signer: SigningKey
        do throws(KeyError) { signer = try SigningKey(file: path) } catch { throw .conflict("\(path): \(error)") }
        do throws(SuccessionRefusal) {
            let log = try await api.engine.succeed(by: zero, signer: signer)
            return .created([
                "logId": .string(log.description), "voorganger": .string(succession.end.log.description),
            ])
        } catch { throw .conflict(error.description) }
    }
}
