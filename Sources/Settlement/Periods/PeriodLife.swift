// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// How far a period of two parties is.
public enum PeriodStage: String, Sendable, CaseIterable {
    /// A cell lacks a statement that it needs.
    case open
    /// Every cell can be signed.
    case stated
    /// Both signed one cut.
    case signed
    /// The window passed without both signatures.
    case lapsed
    case closed
}

/// The exact set of log positions that count: those that the epoch of this number covers, and the digest of the
/// statement computed from them. Spec: Protocol/settlement-cells.md §4.
public struct SignedCut: Hashable, Sendable {
    /// Number of the epoch.
    public let epoch: Int
    /// Of the two parties' statement at that epoch.
    public let digest: Hash

    /// An epoch and the statement's digest at it.
    public init(epoch: Int, digest: Hash) {
        self.epoch = epoch
        self.digest = digest
    }
}

/// One month between two parties. Acts come in with the civil date of their epoch, never going back; a refused act
/// changes nothing. Spec: Protocol/settlement-cells.md §3 and §4.
public struct PeriodLife: Hashable, Sendable {
    /// The month of use.
    public let month: CivilMonth
    /// Both parties, the lower id first.
    public let pair: [PartyID]
    /// Who signed which cut last.
    public private(set) var signatures: [PartyID: SignedCut] = [:]
    /// The cut that both signed, or at which the period lapsed.
    public private(set) var cut: SignedCut?
    private var lives: [CellKey: CellLife]
    private var end: PeriodStage?
    private var latest: CivilDate?

    /// A period with the cells of both directions. Refuses a cell of another month or of other parties, and one that
    /// stands twice.
    public init(
        _ month: CivilMonth, between one: PartyID, and other: PartyID, cells: [(CellKey, CellTerms)]
    ) throws(CellLifeRefusal) {
        self.month = month
        pair = [min(one, other), max(one, other)]
        lives = [:]
        for (key, rules) in cells {
            guard key.month == month, [key.provider, key.consumer].sorted() == pair else { throw .unknownCell(key) }
            guard lives.updateValue(CellLife(key, rules), forKey: key) == nil else {
                throw .calculation(.duplicateCell(key))
            }
        }
    }

    /// Every cell, in the order of the keys.
    public var cells: [CellLife] { lives.values.sorted { $0.key < $1.key } }

    /// How far it is.
    public var stage: PeriodStage { end ?? (lives.values.contains(where: \.isIncomplete) ? .open : .stated) }

    /// The last day on which a cell can be disputed; nil while nobody stated anything.
    public var lastDay: CivilDate? { lives.values.compactMap(\.lastDay).max() }

    /// An act on one cell by one of the parties, which is its provider or consumer. Refuses a period that is signed,
    /// lapsed or closed.
    public mutating func act(
        _ key: CellKey, by party: PartyID, on date: CivilDate,
        _ act: (inout CellLife, Side) throws(CellLifeRefusal) -> Void
    ) throws(CellLifeRefusal) {
        try check(date)
        guard pair.contains(party) else { throw .notOfPair(party) }
        guard var life = lives[key] else { throw .unknownCell(key) }
        try act(&life, party == key.provider ? .provider : .consumer)
        lives[key] = life
        latest = date
        // What was signed before no longer is what would be signed.
        signatures = [:]
    }

    /// A party signs a cut; a later signature of its own replaces the earlier. When both signed the same one the cells
    /// are signed. Refuses while a cell lacks a statement.
    public mutating func sign(_ party: PartyID, _ cut: SignedCut, on date: CivilDate) throws(CellLifeRefusal) {
        try check(date)
        guard pair.contains(party) else { throw .notOfPair(party) }
        if let missing = cells.first(where: \.isIncomplete) { throw .cellNotStated(missing.key) }
        latest = date
        signatures[party] = cut
        guard pair.allSatisfy({ signatures[$0] == cut }) else { return }
        finish(.signed, cut)
    }

    /// The window of every cell passed without both signatures: a lapse, recorded in an epoch, releases only what
    /// matched and hands the rest to the deciding organ; a cell that nobody stated releases nothing. Refuses while a
    /// window is open, and before anybody stated anything.
    public mutating func lapse(at cut: SignedCut, on date: CivilDate) throws(CellLifeRefusal) {
        try check(date)
        guard lastDay != nil else { throw .notSigned }
        var lapsed = lives
        for life in cells where life.lastDay != nil {
            var life = life
            try life.lapse(on: date)
            lapsed[life.key] = life
        }
        lives = lapsed
        latest = date
        finish(.lapsed, cut)
    }

    /// An epoch covers both signatures or the lapse: nothing changes any more.
    public mutating func close(on date: CivilDate) throws(CellLifeRefusal) {
        guard end == .signed || end == .lapsed else { throw end == .closed ? .periodSettled : .notSigned }
        if let latest, date < latest { throw .dateReversed(date) }
        freeze(.closed)
        end = .closed
        latest = date
    }

    private func check(_ date: CivilDate) throws(CellLifeRefusal) {
        guard end == nil else { throw .periodSettled }
        if let latest, date < latest { throw .dateReversed(date) }
    }

    private mutating func finish(_ stage: PeriodStage, _ cut: SignedCut) {
        self.cut = cut
        end = stage
        freeze(.signed)
    }

    private mutating func freeze(_ stage: CellStage) {
        for life in cells {
            var life = life
            life.freeze(stage)
            lives[life.key] = life
        }
    }
}
