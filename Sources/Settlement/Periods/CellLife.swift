// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// How far a cell is: open -> stated -> agreed | within tolerance | disputed -> signed -> closed.
/// Spec: Protocol/settlement-cells.md §1.
public enum CellStage: String, Sendable, CaseIterable {
    /// Nobody stated it.
    case open
    /// One side is still missing, or there is nothing to agree on.
    case stated
    case agreed
    case withinTolerance = "within-tolerance"
    case disputed
    /// Both parties signed the cut, or the period lapsed.
    case signed
    case closed
}

/// What the rules of comparison need to know of a cell beside its counts.
public struct CellTerms: Hashable, Sendable {
    /// What the two parties are to the application.
    public let standing: CellStanding
    /// The tariff of the month; nil where none holds.
    public let tariff: Tariff?
    /// Tolerance and windows.
    public let terms: SettlementTerms
    /// What application and pair had tolerated in the year, without this cell.
    public let tolerated: Cents
    /// The calendar of the window.
    public let workingDays: WorkingDays

    /// What a cell is compared under.
    public init(
        standing: CellStanding, tariff: Tariff?, terms: SettlementTerms = SettlementTerms(),
        tolerated: Cents = .zero, workingDays: WorkingDays = WorkingDays()
    ) {
        self.standing = standing
        self.tariff = tariff
        self.terms = terms
        self.tolerated = tolerated
        self.workingDays = workingDays
    }
}

/// One cell of one period, from the first statement to the close. Acts come in with the civil date of the epoch that
/// covers them; a refused act changes nothing. Spec: Protocol/settlement-cells.md §1 and §2.
public struct CellLife: Hashable, Sendable {
    /// Which cell.
    public let key: CellKey
    /// What it is compared under.
    public let rules: CellTerms
    /// What both sides stated last.
    public private(set) var counts = CellCounts(provider: nil, consumer: nil)
    /// The comparison; nil while nobody stated anything.
    public private(set) var outcome: CellOutcome?
    /// Every dispute, the latest last.
    public private(set) var disputes: [Dispute] = []
    /// What the parties or the deciding organ settled on, in place of the comparison.
    public private(set) var settled: Quantity?
    /// With the deciding organ.
    public private(set) var isEscalated = false
    /// The last day to dispute it: the window counts from the newest statement, but three windows after the first
    /// one it is over whatever is stated again.
    public private(set) var lastDay: CivilDate?
    private var firstStated: CivilDate?
    private var frozen: CellStage?

    /// A cell that nobody stated.
    public init(_ key: CellKey, _ rules: CellTerms) {
        self.key = key
        self.rules = rules
    }

    /// How far it is.
    public var stage: CellStage {
        if let frozen { return frozen }
        guard let outcome else { return .open }
        if settled != nil { return .agreed }
        if openDispute != nil { return .disputed }
        return switch outcome.state {
        case .ownUse, .notAParty, .noTariff, .providerOnly, .consumerOnly: .stated
        case .singleSided, .matched: outcome.billed == nil ? .stated : .agreed
        case .withinTolerance: .withinTolerance
        case .differs: .disputed
        }
    }

    /// What is billed now: the settled quantity, else the matched one; nil where nothing is, which is not 0.
    public var billed: Quantity? { settled ?? outcome?.billed }

    /// What is billed, rated at the tariff of the month; nil with `billed`.
    public func billedAmount() throws(SettlementRefusal) -> Cents? {
        guard let billed, let tariff = rules.tariff else { return nil }
        return try Rating.amount(of: billed, at: tariff.prices)
    }

    /// Whether a line of it is contested: it differs or is disputed, and nothing settled it.
    public var isContested: Bool { settled == nil && (openDispute != nil || outcome?.state == .differs) }

    /// Whether a side is missing that the period needs before it can be signed.
    public var isIncomplete: Bool {
        switch outcome?.state {
        case nil, .providerOnly, .consumerOnly: settled == nil
        default: false
        }
    }

    var openDispute: Dispute? { disputes.last.flatMap { $0.outcome == .open ? $0 : nil } }

    /// A side states its net count, or states it again; the window starts anew. What was settled before is compared
    /// again. Refuses a negative count.
    public mutating func state(_ side: Side, _ count: Int64, on date: CivilDate) throws(CellLifeRefusal) {
        let stated = CellCounts(
            provider: side == .provider ? count : counts.provider,
            consumer: side == .consumer ? count : counts.consumer, isSigned: false, sameContent: nil)
        try compare(stated, on: date)
    }

    /// The consumer signs the provider's count of a *confirmed* cell. Refuses other cells, and before the provider
    /// stated.
    public mutating func confirm(on date: CivilDate) throws(CellLifeRefusal) {
        guard rules.standing.mode == .confirmed, counts.consumer == nil else { throw .notConfirmed(key) }
        guard counts.provider != nil else { throw .nothingStatedYet(key) }
        try compare(CellCounts(provider: counts.provider, consumer: nil, isSigned: true), on: nil)
    }

    /// Both statements were compared by their roots.
    public mutating func compareContent(isSame: Bool) throws(CellLifeRefusal) {
        try compare(
            CellCounts(
                provider: counts.provider, consumer: counts.consumer, isSigned: counts.isSigned, sameContent: isSame),
            on: nil)
    }

    private mutating func compare(_ stated: CellCounts, on date: CivilDate?) throws(CellLifeRefusal) {
        do throws(SettlementRefusal) {
            let outcome = try Comparison(terms: rules.terms).outcome(
                of: Cell(key, stated), standing: rules.standing, tariff: rules.tariff, tolerated: rules.tolerated)
            if let date { try moveWindow(date) }
            self.outcome = outcome
        } catch { throw .calculation(error) }
        counts = stated
        if date != nil { settled = nil }
        if !isContested, !isIncomplete { isEscalated = false }
    }

    private mutating func moveWindow(_ date: CivilDate) throws(SettlementRefusal) {
        let first = firstStated ?? date
        let bound = try rules.workingDays.day(3 * rules.terms.disputeWindowWorkingDays, after: first)
        lastDay = min(try rules.workingDays.disputeDeadline(statedOn: date, terms: rules.terms), bound)
        firstStated = first
    }

    mutating func update(_ change: (inout Dispute) -> Void) {
        if let last = disputes.indices.last { change(&disputes[last]) }
    }

    mutating func open(_ dispute: Dispute) { disputes.append(dispute) }

    mutating func settle(on quantity: Quantity) {
        settled = quantity
        isEscalated = false
    }

    mutating func escalate() { isEscalated = true }

    mutating func freeze(_ stage: CellStage) { frozen = stage }
}
