// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension SettlementInput {
    /// The outcomes of the cells of `month` that `concerns` picks, in the order of their keys, with the
    /// tolerance of earlier months and classes of the calendar year taken into account.
    /// `concerns` must pick all or nothing of an application and pair. Spec: Protocol/settlement.md §8.5.
    public func outcomes(
        in month: CivilMonth, where concerns: (CellKey) -> Bool = { _ in true }
    ) throws(SettlementRefusal) -> [CellOutcome] {
        let year = try comparedYear(through: month, where: concerns)
        if let first = year.refusals.first { throw first.refusal }
        return year.outcomes[month] ?? []
    }

    /// The same of every month of the calendar year up to one, with what each cell that cannot be compared is refused
    /// for: it stands in the way of those alone whom it concerns.
    func comparedYear(
        through month: CivilMonth, where concerns: (CellKey) -> Bool = { _ in true }
    ) throws(SettlementRefusal) -> ComparedYear {
        let catalogue = try applicationsByID()
        let comparison = Comparison(terms: terms)
        let ordered = cells
            .filter { $0.key.month.year == month.year && $0.key.month <= month && concerns($0.key) }
            .sorted { $0.key < $1.key }
        for (cell, next) in zip(ordered, ordered.dropFirst()) where cell.key == next.key {
            throw .duplicateCell(cell.key)
        }
        var compared = ComparedYear()
        var tolerated = Cents.zero
        var previous: CellKey?
        for cell in ordered {
            if previous.map({ !$0.isSamePair(as: cell.key) }) ?? true { tolerated = .zero }
            previous = cell.key
            do throws(SettlementRefusal) {
                guard let application = catalogue[cell.key.application] else {
                    throw .unknownApplication(cell.key.application)
                }
                let outcome = try comparison.outcome(
                    of: cell, standing: application.standing(of: cell.key),
                    tariff: tariffs.tariff(
                        of: cell.key.application, class: cell.key.tariffClass, in: cell.key.month),
                    tolerated: tolerated)
                if outcome.state == .withinTolerance, let apart = outcome.differenceAmount {
                    tolerated = try tolerated.adding(apart)
                }
                compared.outcomes[cell.key.month, default: []].append(outcome)
            } catch { compared.refusals.append((cell.key, error)) }
        }
        return compared
    }

    private func applicationsByID() throws(SettlementRefusal) -> [ApplicationID: BilledApplication] {
        var catalogue: [ApplicationID: BilledApplication] = [:]
        for application in applications {
            guard catalogue.updateValue(application, forKey: application.id) == nil else {
                throw .duplicateApplication(application.id)
            }
        }
        return catalogue
    }
}

/// The cells of a calendar year, compared once for all its months.
struct ComparedYear: Sendable {
    /// By month, in the order of their keys.
    var outcomes: [CivilMonth: [CellOutcome]] = [:]
    /// In the order of their keys.
    var refusals: [(key: CellKey, refusal: SettlementRefusal)] = []
}

extension CellKey {
    func isSamePair(as other: CellKey) -> Bool {
        (application, provider, consumer) == (other.application, other.provider, other.consumer)
    }
}
