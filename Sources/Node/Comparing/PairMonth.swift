// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Settlement
import Storage

/// The own side of a comparison with one member: which events of a month count, coded, and found again by place.
/// Spec: Protocol/comparison.md §4.
struct PairMonth: Sendable {
    let engine: NodeEngine
    let inbox: InboxStore
    let agreement: KeyAgreement

    /// Events that count on one basis, coded.
    struct Prepared: Sendable {
        let scope: ComparisonScope
        let counterparty: OIN
        let key: PairKey
        let records: CodedRecords
        let cut: EventCut
    }

    /// What both sides stated of a month; `nil` for a side that stated nothing.
    struct Stated: Sendable {
        let own: RecordRoot?
        let other: RecordRoot?
    }

    /// The newest statements of both on a month.
    func stated(_ month: CivilMonth, with counterparty: OIN) async -> Stated {
        await engine.read { engine in
            let views = engine.state.statementViews(of: month)
            let (own, newest) = (engine.ownLogID, engine.state.member(counterparty)?.logs.first?.log)
            return Stated(
                own: views.last { $0.source.log == own && $0.counterparty == counterparty }?.covered,
                other: views.last { $0.source.log == newest && $0.counterparty == engine.member.oin }?.covered)
        }
    }

    /// Codes what counts. On the basis of statements the own root has to come out.
    func prepare(
        _ scope: ComparisonScope, with counterparty: OIN
    ) async throws(ComparisonProblem) -> Prepared {
        let key = try await key(scope.month, with: counterparty)
        let quarantines: [Quarantine]
        do throws(StorageFailure) { quarantines = try inbox.quarantines() } catch { throw .storage(error) }
        guard scope.basis == .stated else {
            return try code(scope, counterparty, key, .held)
        }
        guard let (statement, root) = await ownStatement(scope.month, with: counterparty) else {
            throw .refusal(.notStated)
        }
        // What is in quarantine now was so when the month was stated; what was released since was so then, maybe.
        for isReleased in [true, false] {
            let cut = EventCut(statement, quarantines, isReleased: isReleased)
            let prepared = try code(scope, counterparty, key, cut)
            if RecordRoot(prepared.records, engine.suite) == root { return prepared }
        }
        throw .refusal(.notReproducible)
    }

    /// The own events of a month towards a member, each visited that counts, and on the days beside the month.
    func forEach(
        _ prepared: Prepared, besideToo: Bool, _ visit: (StoredEvent) -> Void
    ) throws(ComparisonProblem) {
        let month = prepared.scope.month
        let days = besideToo
            ? (month.firstDay.adding(days: -1) ?? month.firstDay)...(month.lastDay.adding(days: 1) ?? month.lastDay)
            : month.firstDay...month.lastDay
        do throws(StorageFailure) {
            try inbox.forEachEvent(days: days) { stored in
                guard stored.event.counterparty == prepared.counterparty else { return }
                let isBeside = stored.event.day.month != month
                if isBeside ? !stored.isRetracted : prepared.cut.counts(stored) { visit(stored) }
            }
        } catch { throw .storage(error) }
    }

    /// The records at places, with how many sources their match keys have; and of some keys the day beside the month.
    func lookUp(
        _ prepared: Prepared, places: [UInt64], beside keys: [MatchKey]
    ) throws(ComparisonProblem) -> (held: [HeldRecord], neighbours: [MatchKey: CivilDate]) {
        let (places, wanted) = (Set(places), Set(keys))
        var found: [(place: UInt64, record: TransactionRecord)] = []
        var neighbours: [MatchKey: CivilDate] = [:]
        try forEach(prepared, besideToo: !wanted.isEmpty) { stored in
            if places.contains(stored.position) {
                found.append((stored.position, TransactionRecord(stored.event)))
            } else if stored.event.day.month != prepared.scope.month {
                let key = TransactionRecord(stored.event).key
                if wanted.contains(key) { neighbours[key] = stored.event.day }
            }
        }
        let foundKeys = Set(found.map(\.record.key))
        var sources: [MatchKey: Set<String>] = [:]
        if !foundKeys.isEmpty {
            try forEach(prepared, besideToo: false) { stored in
                let key = TransactionRecord(stored.event).key
                if foundKeys.contains(key) { sources[key, default: []].insert(stored.event.source) }
            }
        }
        let held = found.map { place, record in
            HeldRecord(place: place, record: record, sources: max(1, sources[record.key]?.count ?? 1))
        }
        return (held, neighbours)
    }

    private func code(
        _ scope: ComparisonScope, _ counterparty: OIN, _ key: PairKey, _ cut: EventCut
    ) throws(ComparisonProblem) -> Prepared {
        let empty = Prepared(
            scope: scope, counterparty: counterparty, key: key, records: CodedRecords(), cut: cut)
        var records = PairRecords(key)
        try forEach(empty, besideToo: false) { stored in
            if records.count <= Settlement.Limits.comparedRecords { records.add(stored) }
        }
        guard records.count <= Settlement.Limits.comparedRecords else { throw .refusal(.tooManyRecords) }
        return Prepared(
            scope: scope, counterparty: counterparty, key: key, records: records.sealed(), cut: cut)
    }

    private func key(_ month: CivilMonth, with counterparty: OIN) async throws(ComparisonProblem) -> PairKey {
        let card = await engine.read { $0.state.member(counterparty)?.card.agreementKey }
        guard let card else { throw .noMember(counterparty) }
        do throws(KeyError) {
            return PairKey(
                month: month, network: engine.genesis.network, between: engine.member.oin, and: counterparty,
                secret: try agreement.secret(with: card))
        } catch { throw .noMember(counterparty) }
    }

    private func ownStatement(
        _ month: CivilMonth, with counterparty: OIN
    ) async -> (Statement, RecordRoot)? {
        let view = await engine.read { engine in
            engine.state.statementViews().last {
                $0.source.log == engine.ownLogID && $0.month == month && $0.counterparty == counterparty
            }
        }
        guard let view, let bytes = try? engine.store.entry(of: view.source.log, at: view.source.index),
              let body = try? Entry.parse(bytes).body, let statement = try? Statement.parse(Array(body))
        else { return nil }
        return (statement, view.covered)
    }
}

extension StatementView {
    /// The root and its records.
    var covered: RecordRoot { RecordRoot(root, records: records) }
}

/// Which events of a pair and month count. Spec: Protocol/comparison.md §4.
struct EventCut: Sendable {
    private struct Cell: Hashable {
        let application: String
        let tariffClass: String
        let side: InboxSide
    }

    private let positions: [Cell: UInt64]?
    private let quarantines: [Quarantine]
    private let isReleased: Bool

    /// All that is held and not retracted.
    static let held = EventCut()

    private init() {
        positions = nil
        quarantines = []
        isReleased = true
    }

    /// What a statement covers. With `isReleased` days that were released count.
    init(_ statement: Statement, _ quarantines: [Quarantine], isReleased: Bool) {
        var positions: [Cell: UInt64] = [:]
        for cell in statement.cells {
            let side: InboxSide = cell.side == .provider ? .provider : .consumer
            positions[Cell(application: cell.application, tariffClass: cell.tariffClass, side: side)] =
                UInt64(cell.counters.inboxPosition)
        }
        self.positions = positions
        self.quarantines = quarantines
        self.isReleased = isReleased
    }

    func counts(_ stored: StoredEvent) -> Bool {
        guard let positions else { return !stored.isRetracted }
        let event = stored.event
        let cell = Cell(application: event.application, tariffClass: event.usageClass, side: event.side)
        guard let through = positions[cell], stored.position <= through,
              stored.retractedAt.map({ $0 > through }) ?? true
        else { return false }
        return !quarantines.contains { quarantine in
            guard quarantine.wasHeld(stored.position, event.day) else { return false }
            return !isReleased || quarantine.holds(event.day)
        }
    }
}

/// Why a comparison does not come about.
enum ComparisonProblem: Error {
    case refusal(ComparisonRefusal)
    case noMember(OIN)
    case storage(StorageFailure)
}

extension ComparisonRefusal {
    /// The status of the answer that says it. Spec: Protocol/comparison.md §7.
    var status: Int {
        switch self {
        case .busy: 429
        case .equal, .notStated, .notReproducible, .changed, .tooManyRecords: 409
        default: 400
        }
    }
}
