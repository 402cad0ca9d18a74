// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Glibc
import Journal
import Notation
import Replication
import Storage
import Transport

/// Everything that `korf status` shows. Spec: Protocol/local-api.md §4.
enum StatusAnswer {
    static func health(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let failure = await api.engine.read { $0.failure }
        if let failure = failure ?? api.store.stopped { throw .unavailable(failure.description) }
        return .json(["status": "goed"])
    }

    static func status(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let inbox = try await InboxSummary(api)
        let disk = DiskSpace(api.configuration.dataDirectory)
        let backup = BackupMark.read(api.configuration.dataDirectory)
        let now = api.clock.milliseconds()
        let certificate = CertificateTerm(endSeconds: api.node.certificate.current.notAfterSeconds, now: now)
        await api.engine.settleTexts()
        return .json(await api.engine.read { engine in
            var actions = StatusActions(engine)
            let names = Dictionary(uniqueKeysWithValues: engine.state.members().map { ($0.oin, $0.card.name) })
            actions.look(at: engine.consensusStanding()) { names[$0] ?? $0.digits }
            actions.look(at: engine.endedVoter) { names[$0] ?? $0.digits }
            actions.look(at: certificate)
            actions.look(at: disk)
            actions.look(at: backup, today: api.clock.today())
            return document(engine, api, inbox, disk, backup, certificate, actions.sorted)
        })
    }

    private static func document(
        _ engine: isolated NodeEngine, _ api: LocalAPI, _ inbox: InboxSummary, _ disk: DiskSpace, _ backup: String?,
        _ certificate: CertificateTerm, _ actions: [StatusAction]
    ) -> JSON {
        let genesis = engine.genesis
        let standing = engine.consensusStanding()
        let names = Dictionary(uniqueKeysWithValues: standing.voters.map { ($0, engine.name(of: $0)) })
        return [
            "lid": ["oin": .string(engine.member.oin.digits), "naam": .string(engine.member.name)],
            "netwerk": ["id": .string(genesis.network.description), "naam": .string(genesis.name)],
            "versie": .string(KorfVersion.text), "tijdstip": .string(api.clock.instantText()),
            "volledigheid": Completeness(engine).json,
            "acties": .array(actions.map(\.json)),
            "tijdperk": EpochDocument(standing: standing, name: { names[$0] ?? $0.digits }).json,
            "besluitenOpen": .count(engine.state.decisions().count { $0.standing == .open }),
            "knopen": .array(nodes(engine)),
            "toestandsdigest": .string(engine.stateDigest().description),
            "logtabeldigest": .string(engine.headTableDigest().description),
            "vorken": .array(forks(engine)),
            "inbox": ["ontvangen": .integer(inbox.received), "nietVerzonden": .integer(inbox.unsent)],
            "schijf": ["bytesVrij": .optional(disk.freeBytes), "bytesTotaal": .optional(disk.totalBytes)],
            "backup": ["laatsteTijdstip": .optional(backup)],
            "certificaat": certificate.json,
            "ontbrekendeTeksten": .count(engine.texts.missing.count),
            "wachtendeRegels": .count(engine.state.waitingEntries().count),
            "nietigeRegels": .array(engine.state.voidCounts().map { reason, count in
                ["reden": .string("\(reason)"), "aantal": .count(count)]
            }),
            "eigenLog": ownLog(engine),
        ]
    }

    private static func ownLog(_ engine: isolated NodeEngine) -> JSON {
        switch engine.mode {
        case .writes: ["modus": "schrijft", "reden": nil]
        case .asking: ["modus": "alleen lezen", "reden": "vraagt andere knopen eerst naar de eigen log"]
        case .joins: ["modus": "alleen lezen", "reden": "wacht op toelating: korf network join"]
        case .readsOnly(let reason): ["modus": "alleen lezen", "reden": .string(reason)]
        }
    }

    private static func nodes(_ engine: isolated NodeEngine) -> [JSON] {
        let members = engine.state.members().filter { $0.standing < .ended } + engine.state.candidates()
        let others = members.map(\.card).filter { $0.oin != engine.member.oin }
        return ([engine.member] + others).map { card in node(engine, card) }
    }

    private static func node(_ engine: isolated NodeEngine, _ card: Card) -> JSON {
        let isOwn = card.oin == engine.member.oin
        let standing = engine.partners[card.oin] ?? PartnerStanding()
        let size = engine.state.log(of: card.oin).flatMap { engine.tips[$0]?.held.count } ?? 0
        let stand = switch standing.digests {
        case .equal: "gelijk"
        case .unequal: "ongelijk"
        case .unknown: "onbekend"
        }
        var refusals = standing.refusals
        for fault in standing.health.faults { refusals[fault.reason, default: 0] += fault.times }
        let refused = refusals.sorted { $0.key < $1.key }.map { reason, count -> JSON in
            ["reden": .string(reason), "aantal": .count(count)]
        }
        return [
            "oin": .string(card.oin.digits), "naam": .string(card.name), "eigen": .boolean(isOwn),
            "bereikbaar": standing.isReachable.map { .boolean($0) } ?? .null,
            "reden": .optional(standing.reason),
            "uitgewisseldTijdstip": .optional(
                standing.lastExchangeMilliseconds.map { Instant(milliseconds: $0).description }),
            "achter": isOwn ? 0 : .optional(standing.entriesBehind),
            "stand": .string(isOwn ? "gelijk" : stand), "logOmvang": .count(size), "weigeringen": .array(refused),
        ]
    }

    private static func forks(_ engine: isolated NodeEngine) -> [JSON] {
        engine.forks.values.sorted { $0.log < $1.log }.map { fork in
            let oin = engine.state.author(of: fork.log)
            let (first, second) = (fork.evidence.first, fork.evidence.second)
            return [
                "logId": .string(fork.log.description), "oin": .optional(oin?.digits),
                "naam": .optional(oin.map { engine.name(of: $0) }),
                "omvangEersteLog": .count(first.size.count), "wortelEersteLog": .string(first.root.description),
                "omvangTweedeLog": .count(second.size.count), "wortelTweedeLog": .string(second.root.description),
                "bewijs": .string(Base64.encode(fork.evidence.encode())),
            ]
        }
    }
}

/// What the inbox holds in all.
struct InboxSummary: Sendable {
    /// Events that were accepted, each once.
    let received: Int64
    /// Events that the log does not say yet.
    let unsent: Int64

    init(_ api: LocalAPI) async throws(APIProblem) {
        let cells: [CellCounters]
        do throws(StorageFailure) {
            received = try await api.store.inbox.cells().reduce(0) { $0 + Int64($1.current.eventsCounted) }
            cells = try await CountableCells(engine: api.engine, inbox: api.store.inbox).cells()
        } catch { throw APIProblem(error) }
        let own = api.engine.ownLogID
        unsent = await api.engine.read { engine in
            cells.reduce(0) { sum, row in
                let flushed = engine.state.counters(of: UsageCell(row.cell), log: own)
                return sum + max(0, Int64(row.current.eventsCounted) - flushed.eventsCounted)
                    + max(0, Int64(row.current.eventsRetracted) - flushed.eventsRetracted)
            }
        }
    }
}

/// Space on the disk of the data directory; `nil` where the system does not say.
struct DiskSpace: Sendable {
    let freeBytes: Int64?
    let totalBytes: Int64?

    init(_ path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else {
            (freeBytes, totalBytes) = (nil, nil)
            return
        }
        freeBytes = Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
        totalBytes = Int64(clamping: UInt64(status.f_blocks) * UInt64(status.f_frsize))
    }
}

/// How long the own certificate holds: whole days, negative once it has expired.
struct CertificateTerm: Sendable {
    let endMilliseconds: Int64
    let days: Int64

    init(endSeconds: Int64, now: Int64) {
        endMilliseconds = endSeconds * 1_000
        days = Int64((Double(endMilliseconds - now) / 86_400_000).rounded(.down))
    }

    var json: JSON {
        ["geldigTotTijdstip": .string(Instant(milliseconds: endMilliseconds).description), "dagen": .integer(days)]
    }
}
