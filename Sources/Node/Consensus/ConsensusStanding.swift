// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
public import Journal

/// Where the network's one consensus stands, as this node sees it, for `status`.
public struct ConsensusStanding: Sendable, Equatable {
    /// A number with two certificates, and whom they show to have lied.
    public struct Dispute: Sendable, Equatable {
        /// The number.
        public let number: Int
        /// The hashes of both.
        public let hashes: [EpochHash]
        /// Who signed twice at once, the others once everybody was asked for polkas.
        public var liars: [Liar]
        /// The members whose logs these are, each once.
        public var liarMembers: [OIN] = []
    }

    /// A round that has lasted longer than all its timers together.
    public struct Stall: Sendable, Equatable {
        /// Since it began.
        public let seconds: Int
        /// Voters of which no vote of the round is known here, in order of their logs.
        public let silent: [OIN]
    }

    /// Number, hash and date of the last epoch applied.
    public var epoch: Int
    /// Its hash; of epoch 0 the network's id.
    public var hash: Hash
    /// Its civil date.
    public var date: CivilDate
    /// The round that is under way for the next number, and its step.
    public var round: Int
    /// The step of that round.
    public var step: ConsensusStep
    /// Whether the own view asks for an epoch.
    public var isDue: Bool
    /// The present round, where it makes no progress.
    public var stall: Stall?
    /// Whether the next epoch is decided and waits for entries that it covers.
    public var isDecided: Bool
    /// The members that vote, in order of their logs.
    public var voters: [OIN]
    /// Votes that decide.
    public var quorum: Int
    /// Voters that the last attempt reached, this node included where it votes; `nil` while one was not tried yet.
    public var votersReachable: Int?
    /// How many more voters may fail before nothing is decided; `nil` while that is not known.
    public var failuresLeft: Int?
    /// Whether a liar is tolerated: only from four voters on.
    public var toleratesLiar: Bool
    /// Whether the own settled state is the one that the others signed.
    public var digestsAgree: Bool
    /// The number that is disputed.
    public var dispute: Dispute?
    /// Why this node does not vote; `nil` when it does.
    public var obstacle: VotingObstacle?
}
