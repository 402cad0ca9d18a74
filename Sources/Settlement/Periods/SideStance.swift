// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a side says of a cell, in the words of the log. Spec: Protocol/settlement-cells.md §8.
public enum StanceWord: String, Sendable, CaseIterable {
    /// What it said before is taken back.
    case withdrawn
    case disputed
    /// This quantity is accepted.
    case accepted
    /// The deciding organ has it.
    case escalated
    /// The consumer had so much, in a cell that it does not count itself.
    case confirmed
}

/// The newest stance of one side on a cell.
public struct SideStance: Hashable, Sendable {
    /// Who takes it.
    public let side: Side
    /// What it says.
    public let word: StanceWord
    /// What is accepted or confirmed, or what who disputes holds to be right.
    public let quantity: Int64?
    /// The date of the epoch under which it counts.
    public let date: CivilDate
    /// The same of this side's first dispute of the cell, from which a later one takes its right.
    public let disputedSince: CivilDate?

    /// A stance; nothing is checked.
    public init(
        _ side: Side, _ word: StanceWord, quantity: Int64? = nil, on date: CivilDate, disputedSince: CivilDate? = nil
    ) {
        self.side = side
        self.word = word
        self.quantity = quantity
        self.date = date
        self.disputedSince = disputedSince
    }
}

/// What a side stated of a cell, and when.
public struct StatedCount: Hashable, Sendable {
    /// The net count.
    public let count: Int64
    /// The date of the epoch that covers the statement.
    public let date: CivilDate

    /// A net count and its date.
    public init(_ count: Int64, on date: CivilDate) {
        self.count = count
        self.date = date
    }
}

extension CellLife {
    /// The cell as it follows from both sides' newest statements and stances, whatever the order in which these came: a
    /// pure function for nodes that keep the newest of each. A stance that does not hold, such as a dispute after the
    /// window, has no effect. Refuses a negative count. Spec: Protocol/settlement-cells.md §8.
    public init(
        _ key: CellKey, _ rules: CellTerms, provider: StatedCount?, consumer: StatedCount?, sameContent: Bool? = nil,
        stances: [SideStance] = []
    ) throws(CellLifeRefusal) {
        self.init(key, rules)
        var stated: [(side: Side, count: StatedCount)] = []
        if let provider { stated.append((.provider, provider)) }
        if let consumer { stated.append((.consumer, consumer)) }
        if let consumer, let provider, consumer.date < provider.date { stated.swapAt(0, 1) }
        for (side, count) in stated { try state(side, count.count, on: count.date) }
        guard !stated.isEmpty else { return }
        if let sameContent { try compareContent(isSame: sameContent) }
        let ordered = stances.sorted { ($0.since, $0.side.rawValue) < ($1.since, $1.side.rawValue) }
        confirmIfHeld(ordered)
        for stance in ordered where stance.word == .disputed { disputeIfInTime(stance) }
        agreeIfBothDo(ordered)
        if isContested || isIncomplete, ordered.contains(where: { $0.word == .escalated }) { escalate() }
    }

    /// A confirmation of exactly the provider's count signs it.
    private mutating func confirmIfHeld(_ stances: [SideStance]) {
        let holds = stances.contains {
            $0.word == .confirmed && $0.side == .consumer && $0.quantity == counts.provider
        }
        guard holds, rules.standing.mode == .confirmed, counts.consumer == nil, counts.provider != nil else { return }
        // The count was compared before, so it is no negative one.
        try? confirm(on: stances[0].date)
    }

    private mutating func disputeIfInTime(_ stance: SideStance) {
        let word = "\(stance.side.rawValue) disputes"
        if openDispute == nil {
            // Not in time, or of a cell that is not billed between the two: it has no effect.
            try? dispute(stance.side, reason: word, evidence: nil, on: stance.since)
        } else {
            // Of two disputes the later answers the earlier.
            try? respond(stance.side, reason: word, evidence: nil, on: stance.date)
        }
    }

    /// An accepted quantity is agreed where it is what the other side stated, disputed for or accepted.
    private mutating func agreeIfBothDo(_ stances: [SideStance]) {
        guard isContested || isIncomplete else { return }
        for stance in stances where stance.word == .accepted {
            guard let accepted = stance.quantity, accepted >= 0 else { continue }
            let theirs = stance.side == .provider ? counts.consumer : counts.provider
            let says = stances.first { $0.side != stance.side && ($0.word == .accepted || $0.word == .disputed) }
            guard accepted == theirs || accepted == says?.quantity else { continue }
            if openDispute != nil { update { $0.outcome = .accepted(by: stance.side) } }
            settle(on: Quantity(known: accepted))
            return
        }
    }
}

extension SideStance {
    /// From when it holds: a dispute from this side's first one.
    fileprivate var since: CivilDate { word == .disputed ? disputedSince ?? date : date }
}
