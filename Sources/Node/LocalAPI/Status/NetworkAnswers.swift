// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// The network and its members. Spec: Protocol/local-api.md §3.
enum NetworkAnswers {
    static func network(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(await api.engine.read { NetworkDocument.json($0.settled) })
    }

    static func members(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(await api.engine.read { engine in
            [
                "leden": .array((engine.state.members() + engine.state.candidates()).map { member in
                    summary(member, engine)
                }),
                "volledigheid": Completeness(engine).json,
            ]
        })
    }

    static func member(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        guard let oin = try request.oin("oin") else { throw .notFound("A member goes by its OIN.") }
        let document = await api.engine.read { engine -> JSON? in
            guard let member = engine.state.member(oin) else { return nil }
            return detail(member, engine)
        }
        guard let document else { throw .notFound("\(oin) is no member of this network.") }
        return .json(document)
    }

    static func word(_ kind: MemberKind) -> String {
        switch kind {
        case .municipality: "gemeente"
        case .province: "provincie"
        case .waterBoard: "waterschap"
        case .jointArrangement: "gemeenschappelijke regeling"
        case .other: "overig"
        }
    }

    static func word(_ standing: MemberStanding) -> String {
        switch standing {
        case .candidate: "kandidaat"
        case .member: "lid"
        case .leaving: "treedt uit"
        case .ended: "oud-lid"
        }
    }

    private static func summary(_ member: MemberView, _ engine: isolated NodeEngine) -> JSON {
        [
            "oin": .string(member.oin.digits), "naam": .string(member.card.name),
            "soort": .string(word(member.card.kind)), "eigen": .boolean(member.oin == engine.member.oin),
            "stand": .string(word(member.standing)), "sindsTijdperk": .count(member.since),
            "laatsteDatum": .optional(member.lastDate?.description), "stemt": .boolean(member.isVoting),
            "gemeenten": .array(member.card.municipalities.map { town in
                ["code": .string(town.code), "naam": .string(town.name)]
            }),
            "eindpunten": .array(member.endpoints.map { .string($0.description) }),
            "hartslagDatum": .optional(member.heartbeat?.description),
            "logs": .array(member.logs.map { log in
                ["logId": .string(log.log.description), "omvang": .count(engine.tips[log.log]?.held.count ?? 0)]
            }),
        ]
    }

    private static func detail(_ member: MemberView, _ engine: isolated NodeEngine) -> JSON {
        guard case .object(var document) = summary(member, engine) else { preconditionFailure("an object") }
        let card = member.card
        document.set("kaart", [
            "logsleutel": .string(card.logKey.description),
            "volgendeSleutelHash": .string(card.nextKeyHash.description),
            "herstelsleutel": .string(card.recoveryKey.description),
            "overeenkomstsleutel": .string(card.agreementKey.description),
            "tlsPinnen": .array(member.pins.map { .string($0.description) }),
        ])
        document.set("factuurgegevens", card.invoiceFacts.map(invoice) ?? .null)
        document.set("logs", .array(member.logs.map { log in self.log(log, engine) }))
        document.set("volledigheid", Completeness(engine).json)
        return .object(document)
    }

    private static func invoice(_ facts: InvoiceFacts) -> JSON {
        [
            "adres": .array(facts.addressLines.map { .string($0) }), "postcode": .optional(facts.postalCode),
            "plaats": .optional(facts.city), "kvk": .optional(facts.kvk), "btwNummer": .optional(facts.vatID),
            "iban": .optional(facts.iban), "elektronischAdres": .optional(facts.electronicAddress),
        ]
    }

    private static func log(_ log: LogIdentity, _ engine: isolated NodeEngine) -> JSON {
        let tip = engine.tips[log.log]
        let suspended = engine.state.suspended.first { $0.log == log.log }
        return [
            "logId": .string(log.log.description), "oorsprong": .string(log.origin.description),
            "verificatiesleutel": .string(VerifierKey(log, engine.suite).description),
            "map": .string(TilePath.directory(of: log.origin, engine.suite)),
            "omvang": .count(tip?.held.count ?? 0), "bekendeOmvang": .optional(tip?.head?.size.count),
            "wortel": .optional(tip?.head?.root.description),
            "opgeschortVanaf": .optional(suspended?.covered.count),
            "inTijdperk": .boolean(engine.state.epoch.head(of: log.log) != nil),
            "eindOmvang": .optional(engine.state.namedEnd(of: log.log)?.size.count),
            "bewijs": .optional(engine.forks[log.log].map { Base64.encode($0.evidence.encode()) }),
        ]
    }
}
