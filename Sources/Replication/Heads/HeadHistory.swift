// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// One change of what a store holds. Spec: Protocol/exchange.md §1.
public struct HeadChange: Hashable, Sendable {
    /// The sequence that the store had after the change.
    public let sequence: HeadSequence
    /// The log.
    public let log: LogID
    /// What was held of it before the change.
    public let sizeBefore: LogSize
    /// Whether the change is that evidence of a fork came to be held.
    public let isEvidence: Bool

    /// A change as it was stored.
    public init(sequence: HeadSequence, log: LogID, sizeBefore: LogSize, isEvidence: Bool = false) {
        self.sequence = sequence
        self.log = log
        self.sizeBefore = sizeBefore
        self.isEvidence = isEvidence
    }
}

/// How much of a log was held at some moment.
public struct HeldSize: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// How many entries.
    public let size: LogSize

    /// So much of `log`.
    public init(log: LogID, size: LogSize) {
        self.log = log
        self.size = size
    }
}

/// What changed in a store since a sequence, each log once.
public struct HeadsSince: Hashable, Sendable {
    /// Logs that changed, in order of identity, with the size held at that sequence.
    public let sizes: [HeldSize]
    /// Logs of which evidence came since, in order of identity.
    public let evidence: [LogID]
}

/// The last changes of a store, by which it reads the tokens that it gave. The store keeps instance and
/// sequence durable; changes that it does not keep only cost a partner one full exchange.
/// Spec: Protocol/exchange.md §3.
public struct HeadHistory: Sendable {
    /// The life of the store.
    public let instance: StoreInstance
    /// How many changes there have been.
    public private(set) var sequence: HeadSequence
    /// The earliest sequence that can still be answered.
    public private(set) var oldestKept: HeadSequence
    private var changes: [HeadChange]

    /// A history that knows the changes after `oldestKept`, in order of sequence.
    public init(
        instance: StoreInstance, sequence: HeadSequence, oldestKept: HeadSequence? = nil,
        changes: [HeadChange] = []
    ) {
        self.instance = instance
        self.sequence = sequence
        self.oldestKept = oldestKept ?? sequence
        self.changes = changes
        precondition(self.oldestKept <= sequence, "a history ends at its sequence")
        precondition(
            zip(changes, changes.dropFirst()).allSatisfy { $0.sequence <= $1.sequence },
            "changes are in the order in which they happened")
    }

    /// The token that says: all that is held now.
    public var token: ExchangeToken { ExchangeToken(instance: instance, sequence: sequence) }

    /// Records that a log grew, or that evidence came. Called once the change is durable, with the sequence under
    /// which the store has counted it; several changes of one commit have one sequence.
    public mutating func record(
        _ log: LogID, sizeBefore: LogSize, isEvidence: Bool = false, at counted: HeadSequence? = nil
    ) {
        let next = counted ?? HeadSequence(sequence.count + 1)
        precondition(next >= sequence, "a store counts forward")
        sequence = next
        changes.append(
            HeadChange(sequence: sequence, log: log, sizeBefore: sizeBefore, isEvidence: isEvidence))
        guard changes.count > ExchangeLimits.historyChanges else { return }
        forget(changes.count / 2)
    }

    /// The store has counted this far, with or without a change that matters here.
    public mutating func advance(to counted: HeadSequence) { sequence = max(sequence, counted) }

    /// Forgets the oldest `count` changes.
    public mutating func forget(_ count: Int) {
        let count = min(count, changes.count)
        guard count > 0 else { return }
        oldestKept = changes[count - 1].sequence
        changes.removeFirst(count)
    }

    /// What changed after `since`; `nil` where that is later than now or older than what is kept.
    public func changes(after since: HeadSequence) -> HeadsSince? {
        guard since <= sequence, since >= oldestKept else { return nil }
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].sequence <= since { low = middle + 1 } else { high = middle }
        }
        var sizes: [LogID: LogSize] = [:]
        var evidence: Set<LogID> = []
        for change in changes[low...] {
            if sizes[change.log] == nil { sizes[change.log] = change.sizeBefore }
            if change.isEvidence { evidence.insert(change.log) }
        }
        return HeadsSince(
            sizes: sizes.map { HeldSize(log: $0.key, size: $0.value) }.sorted { $0.log < $1.log },
            evidence: evidence.sorted())
    }
}
