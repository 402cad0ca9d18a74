// SPDX-License-Identifier: EUPL-1.2
import Journal

/// How many rows well-formed entries of one log ask for, whether or not they count or wait: a function of the log
/// alone, so that a bound on them depends on no order of arrival. Spec: Protocol/state.md §5.
public struct DeclaredRows: Hashable, Sendable {
    /// Changes of applications with the writes that they name, and foundings.
    public private(set) var catalogue: Int
    /// Cells of flushes, statements, stances and cuts.
    public private(set) var usage: Int

    init(catalogue: Int = 0, usage: Int = 0) {
        self.catalogue = catalogue
        self.usage = usage
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
    }
}

extension VoidReason {
    /// The log asks for more rows above an epoch than one log may. Spec: Protocol/state.md §5.
    public static let rowsLimit = VoidReason("rows-limit")
}
