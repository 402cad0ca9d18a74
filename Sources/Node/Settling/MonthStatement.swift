// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
public import Journal
import Storage

/// `korf settle state`: says of a closed month what this member counted towards every counterparty, zeros included.
/// Spec: Protocol/kinds.md §3; the cooperative's rules on stating a month.
public struct MonthStatement: Sendable {
    private let engine: NodeEngine
    private let inbox: InboxStore
    private let agreement: KeyAgreement

    /// States months of an engine's member.
    init(_ engine: NodeEngine, inbox: InboxStore, agreement: KeyAgreement) {
        self.engine = engine
        self.inbox = inbox
        self.agreement = agreement
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
            case .reason: "A reason has 1 to 1,000 bytes."
            case .agreement(let oin): "The agreement key of \(oin) cannot be used."
            case .engine(let failure): failure.description
            }
        }
    }

    /// States the month. All entries become durable together or none.
    public func state(_ month: CivilMonth, reason: String?) async throws(Refusal) -> [Stated] {
        guard engine.genesis.date > month.lastDay else { throw .notOver(month, epoch: engine.genesis.date) }
        let cells: [CellCounters]
        let events: [StoredEvent]
        do throws(StorageFailure) {
            cells = try await inbox.cells(months: month...month)
            events = try inbox.events(days: month.firstDay...month.lastDay)
        } catch { throw .engine(.storage(error)) }
        let before = await engine.read { engine in
            engine.state.statementViews().filter { $0.source.log == engine.ownLogID && $0.month == month }
                .map(\.counterparty)
        }
        guard before.isEmpty || reason != nil else { throw .statedBefore(month, before) }
        var statements: [Statement] = []
        for card in engine.genesis.founders where card.oin != engine.member.oin {
            let stated = StatedCells(
                engine.genesis, of: engine.member.oin, towards: card.oin, month: month, counted: cells)
            guard !stated.cells.isEmpty else { continue }
            let records = try records(events, month, with: card)
            guard let statement = Statement(
                month: month, counterparty: card.oin, root: records.root, records: records.count, reason: reason,
                cells: stated.cells)
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

    private func records(
        _ events: [StoredEvent], _ month: CivilMonth, with card: Card
    ) throws(Refusal) -> PairRecords {
        let pair = events.filter { !$0.isRetracted }.map(\.event)
            .filter { $0.provider == card.oin || $0.consumer == card.oin }
        let secret: Secret
        do throws(KeyError) { secret = try agreement.secret(with: card.agreementKey) } catch {
            throw .agreement(card.oin)
        }
        return PairRecords(
            pair, month: month, network: engine.genesis.network, between: engine.member.oin, and: card.oin,
            secret: secret, engine.suite)
    }
}

/// The cells that a member states towards another: those that the applications' communities give them, zeros included,
/// and whatever else was counted.
struct StatedCells {
    private(set) var cells: [Statement.Cell] = []

    init(
        _ genesis: Genesis, of member: OIN, towards other: OIN, month: CivilMonth, counted: [CellCounters]
    ) {
        var counters: [Key: UsageCounters] = [:]
        for application in genesis.applications {
            for side in UsageSide.allCases {
                let (provider, consumer) = side == .provider ? (member, other) : (other, member)
                guard application.providers.contains(provider), application.isUser(consumer, in: month)
                else { continue }
                for tariffClass in application.classes {
                    counters[Key(application.id.description, tariffClass.description, side)] = UsageCounters()
                }
            }
        }
        for row in counted {
            let cell = UsageCell(row.cell)
            let counterparty = cell.side == .provider ? cell.consumer : cell.provider
            guard counterparty == other, other != member else { continue }
            counters[Key(cell.application, cell.tariffClass, cell.side)] = UsageCounters(row.current)
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
    /// Whether a member may use the application in a month: its lead, or a participant since then.
    func isUser(_ member: OIN, in month: CivilMonth) -> Bool {
        lead == member || participants.contains { $0.member == member && $0.since <= month.lastDay }
    }
}
