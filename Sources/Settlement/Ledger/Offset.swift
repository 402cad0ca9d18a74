// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One payment in place of a member's documents in both directions. Spec: Protocol/settlement-documents.md §10.
public struct OffsetPayment: Hashable, Sendable {
    /// The member or customer.
    public let member: PartyID
    /// What it owes the cooperative, credit notes reversed.
    public let toCooperative: Cents
    /// What the cooperative owes it, credit notes reversed.
    public let toMember: Cents
    /// Which way the payment goes; nil where both are equal and nothing is paid.
    public let direction: Leg?
    /// What is paid, 0 or more.
    public let amount: Cents
    /// The documents that it settles, in the order of their numbers.
    public let documents: [DocumentNumber]
}

/// Offset (*verrekening*): off until a decision turns it on. Documents stay gross.
/// Spec: Protocol/settlement-documents.md §10.
public enum Offset {
    /// One payment for each member with due, undisputed documents, in the order of the members: the gross open amounts
    /// of documents due on or before the epoch's date. Refuses where no decision turned offset on, a document that
    /// stands twice, and sums beyond 64 bits.
    public static func payments(
        of items: [OpenItem], on epochDate: CivilDate, isDecided: Bool
    ) throws(BillingRefusal) -> [OffsetPayment] {
        guard isDecided else { throw .offsetNotDecided }
        var seen: Set<DocumentNumber> = []
        for item in items where !seen.insert(item.number).inserted { throw .numberUsed(item.number) }
        let due = items.filter { $0.dueDate <= epochDate && !$0.isContested && $0.open != .zero }
            .sorted { ($0.member, $0.number) < ($1.member, $1.number) }
        var payments: [OffsetPayment] = []
        var start = due.startIndex
        while start < due.endIndex {
            let end = due[start...].firstIndex { $0.member != due[start].member } ?? due.endIndex
            payments.append(try payment(of: due[start..<end]))
            start = end
        }
        return payments
    }

    private static func payment(of items: ArraySlice<OpenItem>) throws(BillingRefusal) -> OffsetPayment {
        guard let member = items.first?.member else { preconditionFailure("a member with a due document") }
        do throws(SettlementRefusal) {
            let owed = try Cents.sum(items.lazy.filter { $0.leg == .memberPays }.map(\.open))
            let owing = try Cents.sum(items.lazy.filter { $0.leg == .cooperativePays }.map(\.open))
            let net = try owed.subtracting(owing)
            let amount = net < .zero ? try Cents.zero.subtracting(net) : net
            return OffsetPayment(
                member: member, toCooperative: owed, toMember: owing,
                direction: net == .zero ? nil : net > .zero ? .memberPays : .cooperativePays,
                amount: amount, documents: items.map(\.number))
        } catch { throw .calculation(error) }
    }
}
