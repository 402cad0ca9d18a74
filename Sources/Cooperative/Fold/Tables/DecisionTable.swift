// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What has become of a decision. Spec: Protocol/state.md §2, table 12.
public enum DecisionStanding: Int, Sendable, CaseIterable {
    /// No epoch has closed it.
    case open = 0
    /// Carried, and in effect.
    case carried = 1
    /// Not carried.
    case notCarried = 2
    /// Carried, though what it asks can no longer be done.
    case withoutEffect = 3
}

/// Proposals that count. Spec: Protocol/state.md §2, table 12.
struct DecisionTable: Sendable {
    /// A ballot that came after the decision was closed; shown, and not in the digest.
    struct LateBallot: Hashable, Sendable {
        let log: UInt32
        let index: Int
        let choice: Ballot.Choice
    }

    struct Row: Sendable {
        let log: UInt32
        let index: Int
        let leaf: Hash
        /// The number of the epoch that judges it.
        let judge: Int
        let proposal: DecisionProposal
        let payloadHash: Hash
        /// The text of the proposal; not in the digest.
        let commitment: TextCommitment?
        let entitled: Int
        /// The first bits of the row's position.
        var word: UInt64 = 0
        var standing = DecisionStanding.open
        /// The number of the epoch that closed it, 0 for none.
        var closing = 0
        /// What it was closed with.
        var closed: Tally?
        /// Why a carried one has no effect; not in the digest.
        var refusal: EffectRefusal?
        var late: [LateBallot] = []
    }

    struct Place: Hashable, Sendable {
        let log: UInt32
        let index: Int
    }

    private(set) var rows: [Row] = []
    private var numbers: [Place: UInt32] = [:]
    /// Rows that changed since the last snapshot.
    private(set) var dirty: Set<UInt32> = []

    func number(log: UInt32, index: Int) -> UInt32? { numbers[Place(log: log, index: index)] }

    mutating func add(_ row: Row) -> UInt32 {
        let number = UInt32(rows.count)
        rows.append(row)
        numbers[Place(log: row.log, index: row.index)] = number
        dirty.insert(number)
        return number
    }

    mutating func modify(_ number: UInt32, _ change: (inout Row) -> Void) {
        change(&rows[Int(number)])
        dirty.insert(number)
    }

    /// Puts a saved row in its place; false where that is another row's or rows before it are missing.
    mutating func put(_ row: Row, at number: Int) -> Bool {
        if number == rows.count { return add(row) == UInt32(number) }
        guard self.number(log: row.log, index: row.index).map({ Int($0) }) == number else { return false }
        rows[number] = row
        return true
    }

    mutating func touch(_ number: UInt32) { dirty.insert(number) }

    mutating func markClean() { dirty = [] }

    mutating func markDirty() { dirty = Set(rows.indices.map { UInt32($0) }) }
}

/// The ballots of each voter on each decision. Spec: Protocol/state.md §2, table 13; Protocol/voting.md §3.
struct BallotTable: Sendable {
    /// A ballot that stands in its log.
    struct Standing: Hashable, Sendable {
        let log: UInt32
        let index: Int
        let leaf: Hash
        let choice: Ballot.Choice
        let isFinal: Bool
    }

    struct Row: Sendable {
        let decision: UInt32
        /// The number of the voter.
        let member: UInt32
        /// The first bits of the row's position.
        var word: UInt64 = 0
        /// At most one a log.
        var standing: [Standing] = []
        /// What ballots of the voter named in its other logs, for good.
        var named: [DecisionTable.Place] = []

        /// Whether a standing ballot counts.
        func counts(_ ballot: Standing) -> Bool {
            ballot.isFinal || !named.contains(.init(log: ballot.log, index: ballot.index))
        }

        /// The votes that count.
        var votes: [Poll.Vote] {
            standing.filter { counts($0) }.map { Poll.Vote($0.choice, isFinal: $0.isFinal) }
        }
    }

    private struct Key: Hashable {
        let decision: UInt32
        let member: UInt32
    }

    private(set) var rows: [Row] = []
    private var numbers: [Key: UInt32] = [:]
    private var byDecision: [UInt32: [UInt32]] = [:]

    func number(decision: UInt32, member: UInt32) -> UInt32? {
        numbers[Key(decision: decision, member: member)]
    }

    /// The numbers of the rows of a decision, in order of first vote, which means nothing outside this state.
    func numbers(of decision: UInt32) -> [UInt32] { byDecision[decision] ?? [] }

    mutating func add(_ row: Row) -> UInt32 {
        let number = UInt32(rows.count)
        rows.append(row)
        numbers[Key(decision: row.decision, member: row.member)] = number
        byDecision[row.decision, default: []].append(number)
        return number
    }

    mutating func modify(_ number: UInt32, _ change: (inout Row) -> Void) { change(&rows[Int(number)]) }

    /// Puts a saved row in the place of the one of the same voter and decision, or adds it.
    mutating func put(_ row: Row) {
        if let number = number(decision: row.decision, member: row.member) {
            rows[Int(number)] = row
        } else {
            _ = add(row)
        }
    }
}
