// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A purchase order of a buyer for an application and calendar year. Spec: Protocol/settlement-documents.md §9.
public struct PurchaseOrder: Hashable, Sendable {
    /// Who ordered.
    public let buyer: PartyID
    /// What for; nil for lines without an application.
    public let application: ApplicationID?
    /// The year of the service months that it covers.
    public let year: Int
    /// The buyer's own number.
    public let number: String
    /// The most that it covers, without VAT.
    public let amount: Cents

    /// Refuses a number that is no reference and an amount that is not above zero.
    public init(
        buyer: PartyID, application: ApplicationID?, year: Int, number: String, amount: Cents
    ) throws(BillingRefusal) {
        guard (1...Limits.orderReferenceByteCount).contains(number.utf8.count),
              number.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { throw .malformedReference(number) }
        guard amount > .zero else { throw .orderWithoutAmount(number) }
        self.buyer = buyer
        self.application = application
        self.year = year
        self.number = number
        self.amount = amount
    }

    /// What the lines of the buyer's documents used of it, without VAT: those of its application and year.
    public func balance(of documents: [BillingDocument]) throws(BillingRefusal) -> OrderBalance {
        let lines = documents.lazy.filter { $0.facts.receiver.id == buyer }.flatMap(\.lines)
            .filter { $0.application == application && $0.serviceMonth.year == year }
        do throws(SettlementRefusal) {
            return OrderBalance(amount: amount, used: try Cents.sum(lines.map(\.amount)))
        } catch { throw .calculation(error) }
    }
}

/// What is left of a purchase order. Spec: Protocol/settlement-documents.md §9.
public struct OrderBalance: Hashable, Sendable {
    /// The most that it covers.
    public let amount: Cents
    /// What documents used of it.
    public let used: Cents

    /// An order's amount and what was used of it.
    public init(amount: Cents, used: Cents) {
        self.amount = amount
        self.used = used
    }

    /// What is left; negative where it is exceeded. Refuses a difference beyond 64 bits.
    public func left() throws(SettlementRefusal) -> Cents { try amount.subtracting(used) }

    /// 80 % or more is used.
    public var warns: Bool { Int128(used.value) * 10_000 >= Int128(amount.value) * Self.warningBasisPoints }

    /// More is used than was ordered.
    public var isExceeded: Bool { used > amount }

    private static let warningBasisPoints: Int128 = 8_000
}

/// The orders of all buyers, and which buyers ask for one. Spec: Protocol/settlement-documents.md §9.
public struct PurchaseOrders: Hashable, Sendable {
    private struct Subject: Hashable, Sendable {
        let buyer: PartyID
        let application: ApplicationID?
        let year: Int
    }

    private var orders: [Subject: PurchaseOrder] = [:]

    /// No orders.
    public init() {}

    /// Sets or replaces the order of a buyer, application and year.
    public mutating func set(_ order: PurchaseOrder) {
        orders[Subject(buyer: order.buyer, application: order.application, year: order.year)] = order
    }

    /// The order of a buyer, application and year.
    public func order(of buyer: PartyID, _ application: ApplicationID?, year: Int) -> PurchaseOrder? {
        orders[Subject(buyer: buyer, application: application, year: year)]
    }

    /// Refuses the approval of a document whose buyer asks for an order and has none for one of its lines.
    public func checkApproval(of document: BillingDocument, buyerAsks: Bool) throws(BillingRefusal) {
        guard buyerAsks else { return }
        for line in document.lines {
            let (buyer, year) = (document.facts.receiver.id, line.serviceMonth.year)
            guard order(of: buyer, line.application, year: year) != nil else {
                throw .orderMissing(buyer, line.application, year: year)
            }
        }
    }
}
