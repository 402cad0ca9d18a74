// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a tariff does among the others of its application and class: which one it ends, and how long it bills
/// itself. Spec: Protocol/voting.md §5.
public struct TariffSuccession: Hashable, Sendable {
    /// The tariff without a last month that would hold on where this one begins: it bills until the month before.
    public let ended: Genesis.Tariff?
    /// The last month in which the tariff bills: its own, or the month before the next one begins.
    public let lastMonth: CivilMonth?
    /// The first month of the next tariff; `nil` where none follows.
    public let nextMonth: CivilMonth?
}

extension RulesInForce {
    /// What a tariff does where these rules hold, whether or not it is among them already.
    public func succession(of tariff: Genesis.Tariff) -> TariffSuccession {
        let others = tariffs.filter {
            $0.application == tariff.application && $0.tariffClass == tariff.tariffClass
                && $0.firstMonth != tariff.firstMonth
        }
        let previous = others.last { $0.firstMonth < tariff.firstMonth }
        let next = others.first { $0.firstMonth > tariff.firstMonth }?.firstMonth
        return TariffSuccession(
            ended: previous.flatMap { $0.lastMonth == nil ? $0 : nil },
            lastMonth: tariff.lastMonth ?? next?.adding(months: -1), nextMonth: next)
    }
}
