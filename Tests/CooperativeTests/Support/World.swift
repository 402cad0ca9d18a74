// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Journal

/// SplitMix64: the same seed gives the same choices.
struct Choices: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

/// A network of founders whose keys nobody holds, with entries in memory.
struct World {
    let genesis: Genesis
    var held = EntriesInMemory()
    private(set) var logs: [LogID] = []

    static func oin(_ number: Int) -> OIN {
        let digits = String(number)
        guard let oin = OIN("00000099" + String(repeating: "0", count: 12 - digits.count) + digits) else {
            preconditionFailure("twenty digits")
        }
        return oin
    }

    static func card(_ number: Int) throws -> Card {
        func bytes(_ use: UInt8) -> Bytes32 { suite.hash([use, UInt8(number & 255), UInt8(number >> 8)]).value }
        return try Card(
            oin: oin(number), name: "Gemeente \(number)", kind: .municipality, logKey: PublicKey(bytes(1)),
            nextKeyHash: Hash(bytes(2)), recoveryKey: PublicKey(bytes(3)), agreementKey: AgreementKey(bytes(4)),
            pins: [TLSPin(bytes(5))], endpoints: [Endpoint("korf\(number).example:8443")].compactMap(\.self))
    }

    /// A draft with so many founders and one application, of which all but the last are participants.
    static func draft(founders: Int) throws -> GenesisDraft {
        var draft = GenesisDraft()
        draft.name = "Proef"
        draft.date = "2026-01-01"
        draft.founders = try (1...founders).map { try card($0) }
        draft.cooperative.name = "Coöperatie"
        draft.cooperative.books = oin(1).digits
        var application = GenesisDraft.Application()
        application.id = "zaak"
        application.name = "Zaaksysteem"
        application.lead = oin(1).digits
        let participants = founders > 1 ? 1..<founders : 1..<2
        application.participants = participants.map { .init(member: oin($0).digits, since: "2026-01-01") }
        application.classes = ["standaard"]
        application.providers = [oin(1).digits]
        draft.applications = [application]
        return draft
    }

    init(founders: Int) throws {
        genesis = try Self.draft(founders: founders).checked(suite)
        for card in genesis.founders {
            let zero = EntryZero(network: genesis.network, card: card)
            logs.append(zero.log(suite))
            held.append(zero.encode(), to: logs[logs.count - 1], hashing: suite)
        }
    }

    /// Appends to the log of the founder with a number from 0 and answers where it stands.
    @discardableResult
    mutating func append(_ entry: [UInt8], by founder: Int) -> EntryReference {
        let index = held.size(of: logs[founder]).next
        held.append(entry, to: logs[founder], hashing: suite)
        return EntryReference(log: logs[founder], index: index, leaf: suite.leafHash(entry))
    }

    /// The state with everything folded, log after log.
    func state() -> CooperativeState {
        var state = CooperativeState(genesis: genesis, hashing: suite)
        state.replay(held)
        return state
    }

    /// Folds everything in an order that the choices give, each log in its own order, cut in random batches.
    func state(interleavedBy choices: inout Choices) throws -> CooperativeState {
        var state = CooperativeState(genesis: genesis, hashing: suite)
        var open = logs
        while !open.isEmpty {
            let position = choices.below(open.count)
            let log = open[position]
            let size = state.size(of: log) ?? 0
            guard let rest = held.entries(log: log, from: size.next) else {
                open.remove(at: position)
                continue
            }
            let count = 1 + choices.below(rest.count)
            let batch = HeldBatch(
                EntryBatch((0..<count).map { Array(rest.entries[$0]) }),
                leafHashes: Array(rest.leafHashes.prefix(count)))
            try state.apply(log, from: size.next, batch, held: held)
        }
        return state
    }
}

extension World {
    /// An edit that writes a field and names other writes.
    static func edit(
        _ application: String, _ field: CatalogueField, _ value: CBOR, naming references: [EntryReference] = []
    ) -> [UInt8] {
        let sorted = references.sorted()
        let edit = ApplicationEdit(
            application: application,
            writes: [.init(field: field, value: value.encode(), replaces: Array(sorted.indices))], additions: [],
            removals: [])
        return Entry.encode(kind: ApplicationEdit.number, body: edit.encode(), references: sorted)
    }

    /// A flush of one cell between founders with numbers from 0.
    static func flush(
        provider: Int, consumer: Int, side: UsageSide, events: Int64, retracted: Int64 = 0, month: Int = 24_312
    ) -> [UInt8] {
        guard let month = CivilMonth(monthNumber: month) else { preconditionFailure("a month") }
        let cell = UsageCell(
            application: "zaak", provider: oin(provider + 1), consumer: oin(consumer + 1),
            tariffClass: "standaard", month: month, side: side)
        let counters = UsageCounters(
            eventsCounted: events, eventsRetracted: retracted, quantityCounted: events * 2,
            quantityRetracted: retracted * 2, inboxPosition: events)
        return UsageFlush(sorted: [CountedCell(cell, counters)]).entry()
    }
}

extension World {
    /// The name of a decision whose log nobody holds.
    static func decision(_ index: Int) -> Decision.ID {
        guard let log = LogID(hexadecimal: String(repeating: "0", count: 64)) else { preconditionFailure("64 digits") }
        return Decision.ID(log: log, index: EntryIndex(known: index))
    }
}
