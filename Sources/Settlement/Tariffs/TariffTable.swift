// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// All tariffs, at most one for each application, class and month. Spec: Protocol/settlement.md §7.
public struct TariffTable: Hashable, Sendable {
    private struct Subject: Hashable, Sendable {
        let application: ApplicationID
        let tariffClass: ClassID
    }

    /// In the order of application, class and first month.
    public let tariffs: [Tariff]
    private let bySubject: [Subject: [Tariff]]

    /// Refuses (`tariffsOverlap`) two tariffs that hold in one month: the same first month, or a stated end
    /// that reaches the next first month. A tariff without an end ends where the next begins.
    public init(_ tariffs: [Tariff]) throws(SettlementRefusal) {
        let ordered = tariffs.sorted {
            ($0.application, $0.tariffClass, $0.firstMonth, $0.decision)
                < ($1.application, $1.tariffClass, $1.firstMonth, $1.decision)
        }
        var bySubject: [Subject: [Tariff]] = [:]
        for tariff in ordered {
            let subject = Subject(application: tariff.application, tariffClass: tariff.tariffClass)
            if let previous = bySubject[subject]?.last { try Self.checkOrder(previous, tariff) }
            bySubject[subject, default: []].append(tariff)
        }
        self.tariffs = ordered
        self.bySubject = bySubject
    }

    /// The tariff of the month of use; nil where none holds.
    public func tariff(of application: ApplicationID, class tariffClass: ClassID, in month: CivilMonth) -> Tariff? {
        let candidates = bySubject[Subject(application: application, tariffClass: tariffClass)]
        guard let latest = candidates?.last(where: { $0.firstMonth <= month }) else { return nil }
        return latest.lastMonth.map { month <= $0 } ?? true ? latest : nil
    }

    /// The tariff of the day of use, which is the day of the event and never of its receipt.
    public func tariff(of application: ApplicationID, class tariffClass: ClassID, on day: CivilDate) -> Tariff? {
        tariff(of: application, class: tariffClass, in: day.month)
    }

    /// Refuses (`tariffStartsTooEarly`) a tariff that starts inside a period that is stated or closed: `settled` is the
    /// last month of which anybody stated a cell of the application; nil where there is none.
    public static func checkStart(of tariff: Tariff, settled: CivilMonth?) throws(SettlementRefusal) {
        guard let settled, tariff.firstMonth <= settled else { return }
        throw .tariffStartsTooEarly(tariff.decision, settled: settled)
    }

    private static func checkOrder(_ first: Tariff, _ second: Tariff) throws(SettlementRefusal) {
        let reaches = first.lastMonth.map { $0 >= second.firstMonth } ?? false
        guard first.firstMonth < second.firstMonth, !reaches else {
            throw .tariffsOverlap(
                first: first.decision, second: second.decision, application: first.application,
                class: first.tariffClass, month: second.firstMonth)
        }
    }
}
