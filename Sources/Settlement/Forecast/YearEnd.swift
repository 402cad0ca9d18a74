// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A year between the cooperative and one counterparty in one leg, without VAT.
/// Spec: Protocol/settlement-reports.md §6.
public struct YearEnd: Hashable, Sendable {
    /// Lines for service months of the year, on documents that are issued.
    public let invoiced: Cents
    /// Lines of statements of the year that stand on no document yet.
    public let stillToInvoice: Cents
    /// Differences that are disputed, not invoiced.
    public let disputed: Cents
    /// Lines for service months of earlier years, on documents dated in the year.
    public let correctionsOfEarlierYears: Cents

    /// What documents and statements of the months make of the year. A statement's line stands on a document when that
    /// has a line of its id.
    public init(
        _ year: Int, leg: Leg, counterparty: PartyID, documents: [BillingDocument],
        statements: [StatementOfAccount]
    ) throws(SettlementRefusal) {
        let own = documents.filter { document in
            let other = leg == .memberPays ? document.facts.receiver : document.facts.issuer
            return document.leg == leg && other.id == counterparty
        }
        let lines = own.flatMap(\.lines).filter { $0.serviceMonth.year == year }
        let held = Set(lines.map(\.id))
        let stated = statements.filter { $0.party == counterparty && $0.month.year == year }
        invoiced = try Cents.sum(lines.map(\.amount))
        stillToInvoice = try Cents.sum(
            stated.flatMap(\.lines).filter { $0.leg == leg && !held.contains($0.id) }.map(\.amount))
        disputed = try Cents.sum(stated.map { leg == .memberPays ? $0.disputedPayable : $0.disputedReceivable })
        correctionsOfEarlierYears = try Cents.sum(
            own.filter { $0.facts.issueDate.year == year }.flatMap(\.lines)
                .filter { $0.serviceMonth.year < year }.map(\.amount))
    }
}
