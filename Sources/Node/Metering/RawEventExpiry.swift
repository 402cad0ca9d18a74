// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement
import Storage

/// Lets raw metering events go when nobody can dispute their month any more. Ids, contents and counters stay for
/// ever, so what is sent again is still known. Spec: Protocol/metering-events.md §9.
///
/// Known limit: the window is counted from the last day on which the month could be stated in time, for no entry says
/// when it was stated; who states late leaves less time.
struct RawEventExpiry: Sendable {
    /// Months looked back at for one whose window has closed; a longer window expires nothing.
    private static let monthsLookedBack = 240
    private let engine: NodeEngine
    private let inbox: InboxStore

    init(_ engine: NodeEngine, inbox: InboxStore) {
        self.engine = engine
        self.inbox = inbox
    }

    /// Expires what is due on a day; answers how many events went.
    func expire(on today: CivilDate) async throws(StorageFailure) -> Int {
        let terms = await engine.read { $0.settled.rules.terms }
        guard let last = Self.lastMonth(closedBefore: today, terms), let next = last.adding(months: 1)
        else { return 0 }
        let cells = try await inbox.cells().map(\.cell).filter { $0.month <= last }
        let unstated = await engine.read { engine in Self.firstUnstated(cells, in: engine) }
        return try await inbox.expire(before: min(next, unstated ?? next).firstDay)
    }

    /// The newest month whose dispute window closed before a day: its statement is due on a working day of the next
    /// month, and from there the window counts working days too.
    static func lastMonth(closedBefore today: CivilDate, _ terms: Genesis.Terms) -> CivilMonth? {
        let days = WorkingDays()
        let window = max(1, min(terms.statementWorkingDay, CooperativeLimits.windowWorkingDays)) + terms.disputeWindow
        var month = CivilMonth(containing: today).adding(months: -1)
        for _ in 0..<monthsLookedBack {
            guard let candidate = month else { return nil }
            do throws(SettlementRefusal) {
                if try days.day(window, after: candidate.lastDay) < today { return candidate }
            } catch { return nil }
            month = candidate.adding(months: -1)
        }
        return nil
    }

    /// The first month of which something towards a member has not been stated: its events are still needed.
    private static func firstUnstated(_ cells: [InboxCell], in engine: isolated NodeEngine) -> CivilMonth? {
        let stated = OwnStatements(engine)
        let members = Set(engine.settled.members().map(\.oin))
        return cells.filter { cell in
            let counterparty = cell.side == .provider ? cell.consumer : cell.provider
            return counterparty != engine.member.oin && members.contains(counterparty)
                && !stated.contains(cell.month, counterparty)
        }.map(\.month).min()
    }
}

/// The months that the own log has stated, by counterparty.
struct OwnStatements {
    private struct Key: Hashable {
        let month: CivilMonth
        let counterparty: OIN
    }

    private let stated: Set<Key>

    init(_ engine: isolated NodeEngine) {
        let own = engine.ownLogID
        stated = Set(engine.state.statementViews().filter { $0.source.log == own }
            .map { Key(month: $0.month, counterparty: $0.counterparty) })
    }

    func contains(_ month: CivilMonth, _ counterparty: OIN) -> Bool {
        stated.contains(Key(month: month, counterparty: counterparty))
    }
}
