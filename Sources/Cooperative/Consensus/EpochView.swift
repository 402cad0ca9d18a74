// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A member's own view of a proposed epoch: what it holds, tried on its settled state.
/// Spec: Protocol/consensus.md §5.
public struct EpochView<Held: HeldEntries>: ProposalView {
    /// What only the node knows.
    public struct Holdings {
        /// How a head compares with what is held.
        public let holding: (CoveredHead) -> HeadHolding
        /// The newest head that is held of a log, `nil` for none.
        public let held: (LogID) -> Head?
        /// A vector that was fetched, by its root; `nil` while it is missing.
        public let vector: (Hash) -> [CoveredHead]?
        /// Whether an entry has been held here for longer than the hold time.
        public let isHeldLong: (LogID, EntryIndex) -> Bool
        /// Whether what lies between two sizes of a log is more than half its limit. Protocol/limits.md.
        public let isPastHalf: (LogID, Range<Int>) -> Bool

        /// Joins the answers.
        public init(
            holding: @escaping (CoveredHead) -> HeadHolding, held: @escaping (LogID) -> Head?,
            vector: @escaping (Hash) -> [CoveredHead]?, isHeldLong: @escaping (LogID, EntryIndex) -> Bool,
            isPastHalf: @escaping (LogID, Range<Int>) -> Bool = { _, _ in false }
        ) {
            self.holding = holding
            self.held = held
            self.vector = vector
            self.isHeldLong = isHeldLong
            self.isPastHalf = isPastHalf
        }
    }

    /// The settled state after E_k.
    public let settled: CooperativeState
    /// The overlay on it.
    public let overlay: CooperativeState
    /// Logs with held evidence.
    public let convicted: Set<LogID>
    /// The own civil date in Europe/Amsterdam.
    public let ownDate: CivilDate
    let entries: Held
    let holdings: Holdings
    let trials: EpochTrials

    /// A view. `trials` keeps what was tried; one is made for each E_k.
    public init(
        settled: CooperativeState, overlay: CooperativeState, convicted: Set<LogID>, ownDate: CivilDate,
        entries: Held, holdings: Holdings, trials: EpochTrials = EpochTrials()
    ) {
        precondition(settled.epoch.number == overlay.epoch.number, "the overlay is on this settled state")
        self.settled = settled
        self.overlay = overlay
        self.convicted = convicted
        self.ownDate = ownDate
        self.entries = entries
        self.holdings = holdings
        self.trials = trials
    }

    /// E_k.
    public var epoch: Epoch { settled.epoch }

    /// The own state digest after E_k.
    public var stateDigest: Hash { settled.epochs[epoch.number].stateDigest }

    /// E_k's vector with the proposal's delta, or the one that was fetched by its root.
    public func vector(of proposal: Proposal) -> [CoveredHead]? {
        proposal.delta.map { epoch.heads(applying: $0) } ?? holdings.vector(proposal.header.vectorRoot)
    }

    /// How a head compares with what is held.
    public func holding(of covered: CoveredHead) -> HeadHolding { holdings.holding(covered) }

    /// Whether a log that E_k's vector lacks may enter: a candidate with its *ready*, or a successor.
    public func mayEnter(_ log: LogID) -> Bool { overlay.mayEnter(log) }

    /// What the overlay knows of a log's bound, with the last date of a member that leaves.
    public func bound(of log: LogID, on date: CivilDate) -> Int? {
        overlay.logNumber(log).flatMap { overlay.bound(of: $0, on: date) }
    }

    /// The end that is named of a log with held evidence.
    public func namedEnd(ofForked log: LogID) -> Head?? {
        guard convicted.contains(log) else { return nil }
        return .some(overlay.namedEnd(of: log).map { Head(size: $0.size, root: $0.root) })
    }
}
