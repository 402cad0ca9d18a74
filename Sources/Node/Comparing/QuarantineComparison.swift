// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement
import Storage

/// Releases days in quarantine that a comparison shows to be the same on both sides.
/// Spec: Protocol/comparison.md §4.
struct QuarantineComparison: Sendable {
    /// What stands as the reason of the release.
    static let reason = "vergeleken met de wederpartijen en gelijk"
    let comparison: PairComparison

    /// Days of a month that were released now; and with whom the month could not be compared, in words.
    func release(
        _ month: CivilMonth, atSeconds seconds: Int
    ) async throws(StorageFailure) -> (days: [CivilDate], hindrances: [PairComparison.Compared]) {
        let inbox = comparison.month.inbox
        var waiting = try inbox.quarantinedDays().filter { !$0.isReleased && $0.day.month == month }.map(\.day)
        guard !waiting.isEmpty else { return ([], []) }
        let (members, sharing) = await counterparties(month)
        let metered = try meteredWith(waiting, month)
        // Usage of customers that are no members has nobody to compare with.
        waiting.removeAll { day in metered[day]?.contains { !members.contains($0) } ?? false }
        let all = Set(sharing).union(waiting.flatMap { metered[$0] ?? [] }).sorted()
        var hindrances: [PairComparison.Compared] = []
        for counterparty in all {
            let compared = try await comparison.compare(month, with: counterparty, basis: .held)
            switch compared.outcome {
            case .equal: break
            case .differs(let sheet): waiting.removeAll { !sheet.isEqual(on: $0) }
            default:
                waiting = []
                hindrances.append(compared)
            }
        }
        guard !waiting.isEmpty else { return ([], hindrances) }
        try await inbox.release(waiting, reason: Self.reason, atSeconds: seconds)
        return (waiting, hindrances)
    }

    /// All other members, and those that share an application in the month.
    private func counterparties(_ month: CivilMonth) async -> (members: Set<OIN>, sharing: [OIN]) {
        await comparison.engine.read { engine in
            let own = engine.member.oin
            let members = engine.state.members().map(\.card.oin).filter { $0 != own }
            let sharing = members.filter { other in
                engine.state.rules.applications.contains { application in
                    [(own, other), (other, own)].contains { provider, consumer in
                        application.providers.contains(provider) && application.isUser(consumer, in: month)
                    }
                }
            }
            return (Set(members), sharing)
        }
    }

    /// With whom something was metered on each of some days, own use apart.
    private func meteredWith(
        _ days: [CivilDate], _ month: CivilMonth
    ) throws(StorageFailure) -> [CivilDate: Set<OIN>] {
        let own = comparison.engine.member.oin
        var found: [CivilDate: Set<OIN>] = [:]
        try comparison.month.inbox.forEachEvent(days: month.firstDay...month.lastDay) { stored in
            let (day, counterparty) = (stored.event.day, stored.event.counterparty)
            if !stored.isRetracted, counterparty != own, days.contains(day) {
                found[day, default: []].insert(counterparty)
            }
        }
        return found
    }
}
