// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What one kind of entry means. Each kind has a folder here with its body, its fold, its reasons to be void
/// and its text, and one line in `EntryKinds`. Spec: Protocol/kinds.md.
protocol EntryKind: Sendable {
    /// Its number on the wire.
    static var number: UInt16 { get }

    /// Its name in the specification.
    static var name: String { get }

    /// Whether only entries of a member's log have an effect; asked after the references.
    static var isOfMembers: Bool { get }

    /// Whether the body is well-formed; asked before the references are looked at (Protocol/state.md §1.2).
    static func checkShape(_ entry: EntryInHand) throws(VoidReason)

    /// What a well-formed entry asks for; its fold tells the same to `declare`. Spec: Protocol/state.md §5.
    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows

    /// What a well-formed entry whose references are all held does to the state. Nothing is done unless the
    /// verdict is `counts`.
    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict

    /// The leaf hash of a referenced entry, where the rows that this entry names have it at hand.
    static func leafInHand(_ position: Int, of entry: EntryInHand, in state: CooperativeState) -> Hash?

    /// The index of an earlier own entry whose commitment the fold of this one asks for.
    static func ownEntryNamed(by entry: EntryInHand) -> Int?

    /// The decision that a ballot names, by which ballots of one log wait for each other.
    static func ballotNaming(_ entry: EntryInHand, in state: CooperativeState) -> Decision.ID?

    /// One line on what the entry says, for an operator.
    static func text(_ entry: Entry) throws(VoidReason) -> String
}

extension EntryKind {
    @inline(__always)
    static var isOfMembers: Bool { true }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows { DeclaredRows() }

    static func leafInHand(_ position: Int, of entry: EntryInHand, in state: CooperativeState) -> Hash? { nil }

    static func ballotNaming(_ entry: EntryInHand, in state: CooperativeState) -> Decision.ID? { nil }

    @inline(__always)
    static func ownEntryNamed(by entry: EntryInHand) -> Int? { nil }
}

/// The kinds that this node folds.
public enum EntryKinds {
    /// The registry: one line a kind, by number.
    static let all: [any EntryKind.Type] = [
        Opening.self,
        Heartbeat.self,
        Destroyed.self,
        Ready.self,
        Final.self,
        Acknowledge.self,
        Supports.self,
        ProposalKind.self,
        PrevoteKind.self,
        PrecommitKind.self,
        Contact.self,
        DecisionProposal.self,
        Ballot.self,
        ApplicationEdit.self,
        ApplicationFounded.self,
        UsageFlush.self,
        Statement.self,
        CellStance.self,
        PeriodCut.self,
    ]

    private static let byNumber: [(any EntryKind.Type)?] = {
        let largest = all.map { Int($0.number) }.max() ?? 0
        return (0...largest).map { number in all.first { Int($0.number) == number } }
    }()

    @inline(__always)
    static func kind(_ number: UInt16) -> (any EntryKind.Type)? {
        Int(number) < byNumber.count ? byNumber[Int(number)] : nil
    }

    /// The name of a kind, `nil` for one that this node does not know.
    public static func name(_ number: UInt16) -> String? { kind(number)?.name }

    /// One line on what an entry says, for an operator.
    public static func describe(_ bytes: [UInt8]) -> String {
        guard let entry = try? Entry.parse(bytes) else { return "no entry" }
        guard let kind = kind(entry.kind) else { return "kind \(entry.kind), unknown to this node" }
        do throws(VoidReason) {
            return "\(kind.name): \(try kind.text(entry))"
        } catch { return "\(kind.name): void, \(error)" }
    }
}

extension Entry {
    /// The body under a cursor.
    func withBody<Result>(_ body: (inout BodyCursor) throws(VoidReason) -> Result) throws(VoidReason) -> Result {
        try bytes.withUnsafeBufferPointer { memory throws(VoidReason) in
            guard let base = memory.baseAddress else { preconditionFailure("an entry has bytes") }
            var cursor = BodyCursor(base, in: bodyRange)
            return try body(&cursor)
        }
    }
}

/// Reads a body from canonical bytes of its own.
func withBodyBytes<Result>(
    _ bytes: [UInt8], orElse reason: VoidReason,
    _ body: (inout BodyCursor) throws(VoidReason) -> Result
) throws(VoidReason) -> Result {
    do throws(CBORRefusal) { try CBORReader.check(bytes) } catch { throw reason }
    return try bytes.withUnsafeBufferPointer { memory throws(VoidReason) in
        guard let base = memory.baseAddress else { throw reason }
        var cursor = BodyCursor(base, in: 0..<memory.count)
        return try body(&cursor)
    }
}
