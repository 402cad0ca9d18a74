// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
public import Journal
import Settlement
import Storage

/// `korf settle state`: says of a closed month what this member counted towards every counterparty, zeros included.
/// Spec: Protocol/kinds.md §3; the cooperative's rules on stating a month.
public struct MonthStatement: Sendable {
    let engine: NodeEngine
    let inbox: InboxStore
    private let agreement: KeyAgreement
    private let turn: OneAtATime
    /// Feeds that the operator named: how many hours without an event are normal.
    let feeds: [String: Int]
    /// How often a month is read again because it was metered meanwhile.
    private static let attempts = 5

    /// States months of an engine's member.
    init(
        _ engine: NodeEngine, inbox: InboxStore, agreement: KeyAgreement, turn: OneAtATime, feeds: [String: Int] = [:]
    ) {
        self.engine = engine
        self.inbox = inbox
        self.agreement = agreement
        self.turn = turn
        self.feeds = feeds
    }

    /// What was stated towards one counterparty.
    public struct Stated: Sendable {
        /// With whom.
        public let counterparty: OIN
        /// How many cells, zeros included.
        public let cells: Int
        /// How many events stand behind them.
        public let records: Int
        /// The entry.
        public let entry: AppendedEntry
    }

    /// Why a month is not stated.
    public enum Refusal: Error, Sendable, CustomStringConvertible {
        /// The newest epoch is not dated after the month.
        case notOver(CivilMonth, epoch: CivilDate)
        /// It was stated before; stating it again needs a reason.
        case statedBefore(CivilMonth, [OIN])
        /// Nobody uses anything with anybody in that month.
        case nothingToState(CivilMonth)
        /// A reason is 1 to 1,000 bytes.
        case reason
        /// The raw events of the month are gone with the dispute window, so no root can be made of them.
        case expired(CivilMonth)
        /// What was counted is not the whole month, or may not be; a person has to say why it is stated all the same.
        case incomplete(CivilMonth, StatingObstacles)
        /// Events of the month keep coming in.
        case beingMetered(CivilMonth)
        /// Keys cannot be used together.
        case agreement(OIN)
        /// The log or the inbox did not take it.
        case engine(EngineFailure)

        public var description: String {
            switch self {
            case .notOver(let month, let epoch):
                "\(month) cannot be stated yet: it has to end before the date of the newest epoch, \(epoch)."
            case .statedBefore(let month, let oins):
                "\(month) was stated before towards \(oins.map(\.digits).joined(separator: ", ")); "
                    + "give a reason to state it again."
            case .nothingToState(let month): "No application is shared with anybody in \(month)."
            case .expired(let month):
                "The dispute window of \(month) has closed and its events have expired; it cannot be stated any more."
            case .incomplete(let month, let found):
                "\(month) is not complete: \(found.obstacles.map(\.both.en).joined(separator: " ")) "
                    + "Give a reason to state it all the same."
            case .beingMetered(let month): "Events of \(month) are coming in right now; try again."
            case .reason: "A reason has 1 to 1,000 bytes."
            case .agreement(let oin): "The agreement key of \(oin) cannot be used."
            case .engine(let failure): failure.description
            }
        }
    }

    /// States the month. All entries become durable together or none.
    public func state(_ month: CivilMonth, reason: String?) async throws(Refusal) -> [Stated] {
        try await turn.alone { () async throws(Refusal) in try await stateInTurn(month, reason: reason) }
    }

    private func stateInTurn(_ month: CivilMonth, reason: String?) async throws(Refusal) -> [Stated] {
        let (date, rules, cards, ended) = await engine.read { engine in
            let ended = engine.state.members().filter { $0.standing == .ended }.map(\.oin)
            return (engine.state.epoch.date, engine.state.rules, Self.counterparties(engine), Set(ended))
        }
        guard date > month.lastDay else { throw .notOver(month, epoch: date) }
        let before = await engine.read { engine in
            engine.state.statementViews(of: month).filter { $0.source.log == engine.ownLogID }
                .map(\.counterparty)
        }
        guard before.isEmpty || reason != nil else { throw .statedBefore(month, before) }
        if reason == nil { try await demandComplete(month, rules) }
        let (cells, records) = try await counted(month, cards)
        var statements: [Statement] = []
        for card in cards {
            let stated = StatedCells(
                rules, of: engine.member.oin, towards: card.oin, month: month, counted: cells)
            guard !stated.cells.isEmpty, let pair = records[card.oin] else { continue }
            let covered = RecordRoot(pair.sealed(), engine.suite)
            // Towards a member that ended only what was counted is stated: it answers no zeros any more.
            if ended.contains(card.oin), stated.cells.allSatisfy({ $0.counters == UsageCounters() }) { continue }
            guard let statement = Statement(
                month: month, counterparty: card.oin, root: covered.root, records: covered.records,
                reason: reason, cells: stated.cells)
            else { throw .reason }
            statements.append(statement)
        }
        guard !statements.isEmpty else { throw .nothingToState(month) }
        do throws(EngineFailure) {
            let entries = try await engine.append(statements.map { $0.entry() })
            return zip(statements, entries).map { statement, entry in
                Stated(
                    counterparty: statement.counterparty, cells: statement.cells.count, records: statement.records,
                    entry: entry)
            }
        } catch { throw .engine(error) }
    }

    /// The cards of everybody else that is or was a member, by OIN.
    private static func counterparties(_ engine: isolated NodeEngine) -> [Card] {
        engine.state.members().map(\.card).filter { $0.oin != engine.member.oin }
    }

    /// Counters and records of one moment: events that came in between make the month be read again.
    private func counted(
        _ month: CivilMonth, _ cards: [Card]
    ) async throws(Refusal) -> (cells: [UsageCell: UsageCounters], records: [OIN: PairRecords]) {
        let pairs = try emptyRecords(month, cards)
        let countable = CountableCells(engine: engine, inbox: inbox)
        var isExpired = false
        do throws(StorageFailure) {
            for _ in 0..<Self.attempts {
                let cells = try await countable.cells(months: month...month)
                let totals = TotalCells(totals: try inbox.totals(months: month...month))
                let quarantines = try inbox.quarantines()
                var records = pairs
                try inbox.forEachEvent(days: month.firstDay...month.lastDay) { stored in
                    let waits = quarantines.contains { $0.position < stored.position && $0.holds(stored.event.day) }
                    guard !stored.isRetracted, !waits, totals.totals[InboxCell(stored.event)] == nil else { return }
                    records[stored.event.counterparty]?.add(stored)
                }
                // A month that was expired since has fewer records than its counters say.
                if let gone = try inbox.expiredBefore(), gone > month.firstDay {
                    isExpired = true
                    break
                }
                if try await countable.cells(months: month...month) == cells {
                    return (await engine.read { totals.stated(cells, $0) }, records)
                }
            }
        } catch { throw .engine(.storage(error)) }
        throw isExpired ? .expired(month) : .beingMetered(month)
    }

    private func emptyRecords(_ month: CivilMonth, _ cards: [Card]) throws(Refusal) -> [OIN: PairRecords] {
        var records: [OIN: PairRecords] = [:]
        for card in cards {
            let secret: Secret
            do throws(KeyError) {
                secret = try agreement.secret(with: card.agreementKey)
            } catch { throw .agreement(card.oin) }
            records[card.oin] = PairRecords(PairKey(
                month: month, network: engine.genesis.network, between: engine.member.oin, and: card.oin,
                secret: secret))
        }
        return records
    }
}

/// The cells that a member states towards another: those that the applications' communities give them, zeros included,
/// and whatever else was counted.
struct StatedCells {
    private(set) var cells: [Statement.Cell] = []

    init(
        _ rules: RulesInForce, of member: OIN, towards other: OIN, month: CivilMonth,
        counted: [UsageCell: UsageCounters]
    ) {
        var counters: [Key: UsageCounters] = [:]
        for application in rules.applications {
            for side in UsageSide.allCases {
                let (provider, consumer) = side == .provider ? (member, other) : (other, member)
                guard application.providers.contains(provider), application.isUser(consumer, in: month)
                else { continue }
                for tariffClass in application.classes {
                    counters[Key(application.id.description, tariffClass.description, side)] = UsageCounters()
                }
            }
        }
        // Any order: each cell has a place of its own.
        for (cell, current) in counted {
            let counterparty = cell.side == .provider ? cell.consumer : cell.provider
            guard counterparty == other, other != member else { continue }
            counters[Key(cell.application, cell.tariffClass, cell.side)] = current
        }
        cells = counters.map { key, counters in
            Statement.Cell(
                application: key.application, tariffClass: key.tariffClass, side: key.side, counters: counters)
        }
    }

    private struct Key: Hashable {
        let application: String
        let tariffClass: String
        let side: UsageSide

        init(_ application: String, _ tariffClass: String, _ side: UsageSide) {
            self.application = application
            self.tariffClass = tariffClass
            self.side = side
        }
    }
}

extension Genesis.Application {
    /// Whether a member may use the application in a month: its lead, or a participant in it.
    func isUser(_ member: OIN, in month: CivilMonth) -> Bool {
        lead == member || participants.contains { participant in
            participant.member == member && participant.since <= month.lastDay
                && (participant.until.map { $0 >= month.firstDay } ?? true)
        }
    }
}
