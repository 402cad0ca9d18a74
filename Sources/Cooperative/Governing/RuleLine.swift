// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A line by decision as it is in force. Spec: Protocol/state.md §2, table 15, key 17.
public struct RuleLine: Hashable, Sendable {
    /// The decision that set it.
    public let decision: Decision.ID
    /// The month in which it falls: its own, or that of the epoch that closed it where that is later.
    public let month: CivilMonth
    /// The month in which an advance is carried back, where that is decided.
    public internal(set) var settledIn: CivilMonth?
    /// What was decided.
    public let line: DecidedLine

    func write(to writer: inout CBORWriter) {
        writer.array(count: 5)
        writer.bytes(decision.log)
        writer.integer(decision.index.position)
        writer.integer(Int(month.monthNumber))
        if let settledIn { writer.integer(Int(settledIn.monthNumber)) } else { writer.null() }
        line.write(to: &writer)
    }

    /// Reads what `write` writes; forms only.
    init?(_ cursor: inout GenesisCursor, _ path: GenesisPath) throws(GenesisRefusal) {
        try cursor.record(5, path)
        let log: LogID = try cursor.bytes32(path)
        let index = try cursor.int(path)
        let month = CivilMonth(try cursor.month(path))
        let settled = try cursor.optional { cursor throws(GenesisRefusal) in try cursor.month(path) }
        var check = GenesisCheck(formsOf: GenesisDraft())
        let draft = try GenesisReader.decidedLine(&cursor, path)
        guard index >= 0, let month, let line = check.decidedLine(draft, path), check.refusals.isEmpty
        else { return nil }
        decision = Decision.ID(log: log, index: EntryIndex(known: index))
        self.month = month
        settledIn = settled.flatMap { CivilMonth($0) }
        self.line = line
    }

    init(decision: Decision.ID, month: CivilMonth, settledIn: CivilMonth?, line: DecidedLine) {
        (self.decision, self.month, self.settledIn, self.line) = (decision, month, settledIn, line)
    }
}

/// What a carried decision takes effect among. Spec: Protocol/voting.md §5.
public struct EffectGround {
    /// Whether an OIN is of a member.
    let isMember: (OIN) -> Bool
    /// Whether it is of a member, a leaving or an ended one.
    let isParty: (OIN) -> Bool
    /// Whether an entry founded the application.
    let isFounded: (String) -> Bool
    /// The month of the epoch that closes it.
    let month: CivilMonth
    /// Its name.
    let decision: Decision.ID

    /// Who is known, and which epoch closes which decision.
    public init(
        month: CivilMonth, decision: Decision.ID, isMember: @escaping (OIN) -> Bool,
        isParty: ((OIN) -> Bool)? = nil, isFounded: @escaping (String) -> Bool = { _ in false }
    ) {
        self.isMember = isMember
        self.isParty = isParty ?? isMember
        self.isFounded = isFounded
        self.month = month
        self.decision = decision
    }
}
