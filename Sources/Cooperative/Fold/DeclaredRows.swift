// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// How many rows well-formed entries of one log ask for, whether or not they count or wait: a function of the log
/// alone, so that a bound on them depends on no order of arrival. Spec: Protocol/state.md §5.
public struct DeclaredRows: Hashable, Sendable {
    /// Changes of applications with the writes that they name, and foundings.
    public private(set) var catalogue: Int
    /// Cells of flushes, statements, stances and cuts, and one more for each statement and cut.
    public private(set) var usage: Int
    /// Proposals of decisions.
    public private(set) var decisions: Int

    init(catalogue: Int = 0, usage: Int = 0, decisions: Int = 0) {
        self.catalogue = catalogue
        self.usage = usage
        self.decisions = decisions
    }

    /// What the bytes of an entry ask for: nothing where they are not well-formed.
    public init(of entry: [UInt8]) {
        let hash = Hash(Bytes32((0, 0, 0, 0)))
        let place = CooperativeState.EntryPlace(log: 0, index: 0, leaf: hash, judge: 0)
        self = entry.withUnsafeBufferPointer { memory in
            guard let base = memory.baseAddress, let entry = EntryInHand(base, in: 0..<memory.count, place),
                  let kind = EntryKinds.kind(entry.kind), (try? kind.checkShape(entry)) != nil
            else { return DeclaredRows() }
            return kind.declaredRows(entry)
        }
    }

    static func += (total: inout DeclaredRows, one: DeclaredRows) {
        total.catalogue += one.catalogue
        total.usage += one.usage
        total.decisions += one.decisions
    }

    /// Whether an entry that asks for `one` and brought the total here is one too many.
    func isPassed(by one: DeclaredRows) -> Bool {
        one.catalogue > 0 && catalogue > CooperativeLimits.catalogueRows
            || one.usage > 0 && usage > CooperativeLimits.usageCells
    }
}

extension CooperativeState {
    /// Counts what an entry asks for, once; throws where its log asks for more than one log may above an epoch.
    mutating func declare(_ rows: DeclaredRows, by entry: EntryInHand) throws(VoidReason) {
        guard !entry.isDeclared else { return }
        logs[Int(entry.log)].declared += rows
        if logs[Int(entry.log)].declared.isPassed(by: rows) { throw .rowsLimit }
        if rows.decisions > 0, decisionsLeft(of: entry.log) < 0 { throw .decisionsLimit }
    }

    /// How many decisions more the log may ask for; below zero once it asked for too many.
    private func decisionsLeft(of log: UInt32) -> Int {
        let member = folk[Int(logs[Int(log)].member)]
        return CooperativeLimits.openDecisions - member.openDecisions - logs[Int(log)].declared.decisions
    }

    /// How many decisions more a log may ask for under this epoch before they are void. Spec: Protocol/state.md §5.
    public func decisionsLeft(of log: LogID) -> Int {
        logNumber(log).map { max(0, decisionsLeft(of: $0)) } ?? 0
    }

    /// Counts for each member the decisions that the epoch left open.
    mutating func countOpenDecisions() {
        for number in folk.indices { folk[number].openDecisions = 0 }
        for row in proposals.rows where row.standing == .open {
            folk[Int(logs[Int(row.log)].member)].openDecisions += 1
        }
    }
}

extension VoidReason {
    /// The log asks for more rows above an epoch than one log may. Spec: Protocol/state.md §5.
    public static let rowsLimit = VoidReason("rows-limit")
    /// More decisions of the member would be open than one may have. Spec: Protocol/state.md §5.
    public static let decisionsLimit = VoidReason("decisions-limit")
}
