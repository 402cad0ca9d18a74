// SPDX-License-Identifier: EUPL-1.2

/// VAT categories of EN 16931 (UNCL 5305) that the cooperative can meet.
public enum VATCategory: String, Sendable, CaseIterable, Comparable {
    /// Standard or reduced rate.
    case standard = "S"
    case zeroRated = "Z"
    case exempt = "E"
    case reverseCharge = "AE"
    case outsideScope = "O"

    /// By the letters of the code.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Category, rate and reason of exemption of a kind of line. Spec: Protocol/settlement.md §9.
public struct VATTreatment: Hashable, Sendable {
    /// Of EN 16931.
    public let category: VATCategory
    /// Above zero with S only.
    public let rate: BasisPoints
    /// Set with E, AE and O, absent with S and Z.
    public let exemptionReason: String?

    /// Refuses (`vatMalformed`) a rate of zero with S, another rate with any other category, a missing or an
    /// unexpected reason, and a reason with control characters.
    public init(
        _ category: VATCategory, rate: BasisPoints = .zero, exemptionReason: String? = nil
    ) throws(SettlementRefusal) {
        guard (category == .standard) == (rate > .zero) else {
            throw .vatMalformed(reason: "category \(category.rawValue) does not go with \(rate) basis points")
        }
        switch category {
        case .standard, .zeroRated:
            guard exemptionReason == nil else {
                throw .vatMalformed(reason: "category \(category.rawValue) has no reason of exemption")
            }
        case .exempt, .reverseCharge, .outsideScope:
            guard let exemptionReason, Self.isReason(exemptionReason) else {
                throw .vatMalformed(reason: "category \(category.rawValue) needs a reason of exemption")
            }
        }
        self.category = category
        self.rate = rate
        self.exemptionReason = exemptionReason
    }

    private static func isReason(_ text: String) -> Bool {
        (1...Limits.exemptionReasonByteCount).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

/// What a line is for.
public enum LineKind: String, Sendable, CaseIterable {
    case transactionFee = "transaction-fee"
    /// The transaction fee that a funder bears where the tariff is zero.
    case funding
    case contribution
    case developmentShare = "development-share"
    /// What last year's inhabitants made too much or too little, once the year's are final.
    case contributionCorrection = "contribution-correction"
    case entranceFee = "entrance-fee"
    case exitCharge = "exit-charge"
    /// A share of a fixed or one-off split.
    case fixedSplit = "fixed-split"
    /// Any other line by decision: compensation, right of use, hosting, staff, a fund.
    case decided = "by-decision"
    case advance
    /// An advance carried back, negative, in the VAT category of what it advanced.
    case advanceSettlement = "advance-settlement"
}

/// One of the two ways that money goes: a consumer pays the cooperative, the cooperative pays the provider.
public enum Leg: String, Sendable, CaseIterable, Comparable {
    case memberPays = "member-pays"
    case cooperativePays = "cooperative-pays"

    public static func < (left: Self, right: Self) -> Bool { left == .memberPays && right == .cooperativePays }
}

/// The VAT treatment of each kind of line and leg, by decision; none is assumed. What is set for one origin (a
/// tariff, contribution or cost sharing) goes before what is set for the kind.
public struct VATTable: Hashable, Sendable {
    private struct Subject: Hashable, Sendable {
        let kind: LineKind
        let leg: Leg
        let origin: DecisionID?
    }

    private var treatments: [Subject: VATTreatment] = [:]

    /// Nothing decided yet.
    public init() {}

    /// Sets or replaces the treatment of a kind of line in a leg, of one origin or of all others.
    public mutating func set(
        _ treatment: VATTreatment, for kind: LineKind, leg: Leg, origin: DecisionID? = nil
    ) {
        treatments[Subject(kind: kind, leg: leg, origin: origin)] = treatment
    }

    /// Everything that is set, in the order of kind, leg and origin; what is set for all origins first.
    public var entries: [(kind: LineKind, leg: Leg, origin: DecisionID?, treatment: VATTreatment)] {
        let ordered = treatments.sorted { left, right in
            (left.key.kind.rawValue, left.key.leg, left.key.origin?.text ?? "")
                < (right.key.kind.rawValue, right.key.leg, right.key.origin?.text ?? "")
        }
        return ordered.map { ($0.key.kind, $0.key.leg, $0.key.origin, $0.value) }
    }

    /// Refuses (`vatUndecided`) what no decision has set.
    public func treatment(
        of kind: LineKind, leg: Leg, origin: DecisionID
    ) throws(SettlementRefusal) -> VATTreatment {
        let special = treatments[Subject(kind: kind, leg: leg, origin: origin)]
        guard let treatment = special ?? treatments[Subject(kind: kind, leg: leg, origin: nil)] else {
            throw .vatUndecided(kind, leg)
        }
        return treatment
    }
}
