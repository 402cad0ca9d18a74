// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Every issued document and opening balance with what was paid of it. Spec: Protocol/settlement-documents.md §8.
public struct OpenItems: Hashable, Sendable {
    /// By the number as it is written, which is the payment reference.
    private var byNumber: [String: OpenItem] = [:]

    /// Nothing issued yet.
    public init() {}

    /// In the order of their numbers, paid ones among them.
    public var all: [OpenItem] { byNumber.values.sorted { $0.number < $1.number } }

    /// What is not fully paid, in the order of due date and number.
    public var unpaid: [OpenItem] {
        all.filter { $0.open != .zero }.sorted { ($0.dueDate, $0.number) < ($1.dueDate, $1.number) }
    }

    /// The item of that number.
    public subscript(number: DocumentNumber) -> OpenItem? { byNumber[number.description] }

    /// Adds a document or balance. Refuses a number that is already used.
    public mutating func add(_ item: OpenItem) throws(BillingRefusal) {
        guard byNumber[item.number.description] == nil else { throw .numberUsed(item.number) }
        byNumber[item.number.description] = item
    }

    /// Records a payment for the document whose number is its reference. Refuses a payment that fits no document.
    public mutating func pay(_ reference: String, _ payment: Payment) throws(BillingRefusal) -> OpenItem {
        guard var item = byNumber[reference] else { throw .paymentFitsNothing(reference) }
        try item.record(payment)
        byNumber[item.number.description] = item
        return item
    }

    /// Marks whether a line of a document is contested.
    public mutating func contest(_ number: DocumentNumber, _ isContested: Bool) throws(BillingRefusal) {
        guard byNumber[number.description] != nil else { throw .paymentFitsNothing(number.description) }
        byNumber[number.description]?.isContested = isContested
    }

    /// The open amounts of a leg by age, every age once and in order.
    public func ageing(of leg: Leg, on date: CivilDate) throws(BillingRefusal) -> [(age: DebtAge, open: Cents)] {
        var rows: [(DebtAge, Cents)] = []
        do throws(SettlementRefusal) {
            for age in DebtAge.allCases {
                let amounts = unpaid.filter { $0.leg == leg && $0.age(on: date) == age }.map(\.open)
                rows.append((age, try Cents.sum(amounts)))
            }
        } catch { throw .calculation(error) }
        return rows
    }
}
