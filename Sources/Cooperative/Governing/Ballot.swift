// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 34: a member's vote on a decision. Spec: Protocol/voting.md §3.
public struct Ballot: Hashable, Sendable {
    /// The number of the kind of entry.
    public static let entryKind: UInt16 = 34

    /// The vote.
    public enum Choice: Int, Sendable, CaseIterable {
        case against = 0
        case `for` = 1
        case blank = 2
    }

    /// How the entry names its proposal.
    public enum Proposal: Hashable, Sendable {
        /// It stands in this very log.
        case own(EntryIndex)
        /// The reference at this position names it.
        case reference(position: Int)
    }

    /// The proposal that is voted on.
    public let proposal: Proposal
    /// The vote.
    public let choice: Choice
    /// Whether it can no longer be replaced.
    public let isFinal: Bool
    /// The own earlier ballot that this one replaces.
    public let replaced: EntryIndex?

    /// A ballot. A position is 0 to 7.
    public init(_ choice: Choice, on proposal: Proposal, isFinal: Bool = true, replaced: EntryIndex? = nil) {
        if case .reference(let position) = proposal {
            precondition((0..<CooperativeLimits.ballotReferences).contains(position), "an entry has that reference")
        }
        (self.choice, self.proposal, self.isFinal, self.replaced) = (choice, proposal, isFinal, replaced)
    }

    /// Reads the canonical bytes of a body of an entry with so many references; throws `ballot-shape`.
    public static func parse(_ body: [UInt8], referenceCount: Int) throws(VoidReason) -> Ballot {
        guard referenceCount <= CooperativeLimits.ballotReferences else { throw .ballotShape }
        do throws(CBORRefusal) {
            try CBORReader.check(body)
            var reader = CBORReader(body)
            try reader.array(count: 4)
            let proposal: Proposal
            if reader.isNextInteger {
                proposal = .own(EntryIndex(known: try reader.unsigned()))
            } else {
                try reader.array(count: 1)
                let position = try reader.unsigned()
                guard position < referenceCount else { throw .unexpectedItem }
                proposal = .reference(position: position)
            }
            guard let choice = Choice(rawValue: try reader.unsigned()) else { throw .unexpectedItem }
            let isFinal = try reader.bool()
            let replaced = reader.skipNull() ? nil : EntryIndex(known: try reader.unsigned())
            return Ballot(choice, on: proposal, isFinal: isFinal, replaced: replaced)
        } catch { throw .ballotShape }
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 24)
        writer.array(count: 4)
        switch proposal {
        case .own(let index): writer.integer(index.position)
        case .reference(let position):
            writer.array(count: 1)
            writer.integer(position)
        }
        writer.integer(choice.rawValue)
        writer.bool(isFinal)
        if let replaced { writer.integer(replaced.position) } else { writer.null() }
        return writer.bytes
    }

    /// The entry of a ballot on a proposal of this very log, or of another one's, which a reference then names.
    /// `otherLogs` are the ballots of the member's other logs that it replaces; more than fit are refused with
    /// `ballot-shape`. Spec: Protocol/voting.md §3.
    public static func entry(
        _ choice: Choice, on decision: EntryReference, in ownLog: LogID, isFinal: Bool = true,
        replaced: EntryIndex? = nil, otherLogs: [EntryReference] = []
    ) throws(VoidReason) -> [UInt8] {
        let isOwn = decision.log == ownLog
        let references = (otherLogs + (isOwn ? [] : [decision])).sorted()
        guard references.count <= CooperativeLimits.ballotReferences else { throw .ballotShape }
        let proposal = references.firstIndex(of: decision).map { Proposal.reference(position: $0) }
        let ballot = Ballot(
            choice, on: proposal ?? .own(decision.index), isFinal: isFinal, replaced: replaced)
        return Entry.encode(kind: entryKind, body: ballot.encode(), references: references)
    }
}
