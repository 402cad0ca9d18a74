// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A side whose count is lower time and again. Spec: Protocol/settlement.md §8.7.
public struct RepeatedlyLow: Hashable, Sendable {
    /// The application.
    public let application: ApplicationID
    /// Who hosts it.
    public let provider: PartyID
    /// Who uses it.
    public let consumer: PartyID
    /// Whose count was lower.
    public let side: Side
    /// The months in which it was, in order.
    public let months: [CivilMonth]

    /// Months that are looked at, the last one included.
    public static let window = 12
    /// So many of them make it repeated.
    public static let threshold = 3

    /// The sides that were lower in 3 of the 12 months up to `month`, in the order of application, provider, consumer,
    /// provider's side first. Only cells that differ count, and a month counts once for a side.
    public static func sides(in outcomes: [CellOutcome], through month: CivilMonth) -> [RepeatedlyLow] {
        guard let first = month.adding(months: 1 - window) else { return [] }
        let low = outcomes.filter {
            $0.state == .differs && (first...month).contains($0.cell.key.month) && $0.lowerSide != nil
        }.sorted { $0.cell.key < $1.cell.key }
        var found: [RepeatedlyLow] = []
        var start = low.startIndex
        while start < low.endIndex {
            let key = low[start].cell.key
            let end = low[start...].firstIndex { !$0.cell.key.isSamePair(as: key) } ?? low.endIndex
            for side in Side.allCases {
                let months = Set(low[start..<end].filter { $0.lowerSide == side }.map(\.cell.key.month)).sorted()
                guard months.count >= threshold else { continue }
                found.append(RepeatedlyLow(
                    application: key.application, provider: key.provider, consumer: key.consumer, side: side,
                    months: months))
            }
            start = end
        }
        return found
    }
}
