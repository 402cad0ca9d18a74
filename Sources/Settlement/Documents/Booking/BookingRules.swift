// SPDX-License-Identifier: EUPL-1.2

/// What becomes of the VAT on a line in the member's books. Spec: Protocol/documents.md §8.
public enum VATLabel: String, Hashable, Sendable, CaseIterable {
    /// Claimed from the compensation fund (BTW-compensatiefonds).
    case compensable
    /// Deducted as input tax.
    case deductible
    /// Stays a cost.
    case cost
}

/// Where a kind of line goes in the member's own books.
public struct BookingTarget: Hashable, Sendable {
    /// The ledger account (grootboekrekening).
    public let ledger: String
    /// The cost centre; nil without.
    public let costCentre: String?
    /// The taakveld; nil without.
    public let taskField: String?
    /// The economic category; nil without.
    public let category: String?
    /// What becomes of its VAT.
    public let vatLabel: VATLabel
    /// Investment instead of exploitation.
    public let isInvestment: Bool
    /// Divided over the municipalities of a joint arrangement by its key.
    public let isShared: Bool

    /// A target; checked by the rules that hold it.
    public init(
        ledger: String, costCentre: String? = nil, taskField: String? = nil, category: String? = nil,
        vatLabel: VATLabel, isInvestment: Bool = false, isShared: Bool = false
    ) {
        self.ledger = ledger
        self.costCentre = costCentre
        self.taskField = taskField
        self.category = category
        self.vatLabel = vatLabel
        self.isInvestment = isInvestment
        self.isShared = isShared
    }
}

/// Which lines go to a target; what is nil fits every line.
public struct BookingMatch: Hashable, Sendable {
    /// The kind of line.
    public let kind: LineKind?
    /// The application.
    public let application: ApplicationID?
    /// True for documents that the member receives, false for those that it issues.
    public let isPurchase: Bool?
    /// Where they go.
    public let target: BookingTarget

    /// A match; nil fits everything.
    public init(
        kind: LineKind? = nil, application: ApplicationID? = nil, isPurchase: Bool? = nil, target: BookingTarget
    ) {
        self.kind = kind
        self.application = application
        self.isPurchase = isPurchase
        self.target = target
    }

    func fits(_ line: BillingLine, isPurchase: Bool) -> Bool {
        (kind ?? line.kind) == line.kind && (application == nil || application == line.application)
            && (self.isPurchase ?? isPurchase) == isPurchase
    }
}

/// The ledger accounts that every document needs.
public struct BookingAccounts: Hashable, Sendable {
    /// What is owed to others.
    public let creditors: String
    /// What others owe.
    public let debtors: String
    /// VAT to be paid to the tax office.
    public let vatDue: String
    /// VAT to be deducted.
    public let vatDeductible: String
    /// VAT to be compensated.
    public let vatCompensable: String

    /// The five accounts.
    public init(creditors: String, debtors: String, vatDue: String, vatDeductible: String, vatCompensable: String) {
        self.creditors = creditors
        self.debtors = debtors
        self.vatDue = vatDue
        self.vatDeductible = vatDeductible
        self.vatCompensable = vatCompensable
    }

    var all: [String] { [creditors, debtors, vatDue, vatDeductible, vatCompensable] }
}

/// The member's own mapping from lines to its books; never replicates. Spec: Protocol/documents.md §8.
public struct BookingRules: Hashable, Sendable {
    /// Whose books.
    public let member: PartyID
    /// The first that fits decides.
    public let matches: [BookingMatch]
    /// The accounts that every document needs.
    public let accounts: BookingAccounts
    /// The key of a joint arrangement over its municipalities; empty for others.
    public let key: [Weight]

    /// Refuses (`malformedAccount`) an account of no or more than `Limits.ledgerAccountByteCount` bytes, with control
    /// characters, `;`, brackets or two blanks in a row, a mark or blank in front or a blank behind, and
    /// (`keyMissing`) a shared target without a key.
    public init(
        member: PartyID, matches: [BookingMatch], accounts: BookingAccounts, key: [Weight] = []
    ) throws(BookingRefusal) {
        for account in accounts.all + matches.map(\.target.ledger) where !Self.isAccount(account) {
            throw .malformedAccount(account)
        }
        guard !key.isEmpty || !matches.contains(where: \.target.isShared) else { throw .keyMissing }
        self.member = member
        self.matches = matches
        self.accounts = accounts
        self.key = key
    }

    private static func isAccount(_ text: String) -> Bool {
        (1...Limits.ledgerAccountByteCount).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && !"()[];".utf8.contains($0) }
            && !text.contains("  ") && !text.hasSuffix(" ") && !" !*=~\"".contains(text.prefix(1))
    }
}
