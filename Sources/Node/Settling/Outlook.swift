// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

/// The settled state as it goes on: what has not happened yet is expected to be like the last twelve months.
/// Nothing here is decided, and nothing is appended. Spec: Protocol/settlement-reports.md §2.
struct Outlook {
    /// Months that can be looked ahead over, from the last one that is over.
    static let reachMonths = 36

    /// The newest month that is over.
    let last: CivilMonth
    /// What is looked at.
    let months: ClosedRange<CivilMonth>
    /// The months from the first that is kept of use, and what is expected of those to come.
    let input: SettlementInput

    /// The months that may be looked at: from the first one of whose use something is taken into account.
    static func reach(_ settled: CooperativeState) -> ClosedRange<CivilMonth>? {
        guard let last = settled.epoch.date.month.adding(months: -1), let first = first(before: last),
              let end = last.adding(months: reachMonths)
        else { return nil }
        return first...end
    }

    /// Of a settled state; `months` is within its reach.
    init(_ settled: CooperativeState, _ months: ClosedRange<CivilMonth>) throws(SettlementRefusal) {
        guard let last = settled.epoch.date.month.adding(months: -1), let first = Self.first(before: last) else {
            throw .dateOutOfRange
        }
        self.last = last
        self.months = months
        input = try SettlementInput(settled, cellsOf: first...last).expecting(through: months.upperBound, after: last)
    }

    /// January, or a year earlier than the last month: what tolerance and pace add up over.
    private static func first(before last: CivilMonth) -> CivilMonth? {
        guard let year = last.adding(months: -11), let january = last.adding(months: 1 - last.monthOfYear) else {
            return nil
        }
        return min(year, january)
    }

    /// The weight that a party has in the key of an application: its inhabitants in the year of the key, else the
    /// newest figures; nil where nobody knows any.
    func weight(of party: PartyID, in application: ApplicationID, _ settled: CooperativeState) -> Int64? {
        let key = settled.rules.costSharings.first { $0.application.description == application.text }?.keyYear
        let own = input.inhabitants.filter { $0.party == party }
        for year in [key, own.map(\.year).max()] {
            let figures = own.filter { $0.year == year }
            if !figures.isEmpty { return figures.reduce(0) { $0 + $1.count.value } }
        }
        return nil
    }
}
