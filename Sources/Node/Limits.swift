// SPDX-License-Identifier: EUPL-1.2
import Cooperative

/// The bounds of the engine. Tests set smaller ones; an operator cannot. Spec: Protocol/limits.md.
public struct NodeLimits: Sendable, Equatable {
    /// Events of consensus that are worked on before others have their turn.
    static let eventsAtATime = 256
    /// Entries of pages that are admitted and committed together.
    static let commitEntries = 32_768
    /// Bytes of entries of one log that are kept above its last epoch, all branches together.
    public var logBytes = 321 << 20
    /// Bytes of decisions and catalogue that this node writes above its last epoch.
    public var catalogueBytes = 64 << 20
    /// Bytes of usage that this node writes above its last epoch; it must not stop when no epoch closes.
    public var usageBytes = 256 << 20
    /// Bytes of consensus that this node writes above its last epoch.
    public var consensusBytes = 1 << 20
    /// Requests of one peer that are worked on at the same time.
    public var requestsPerPeer = 4

    /// The bounds of the protocol.
    public init() {}

    /// Reasons of refusals counted apart for one peer; the rest is counted together.
    static let refusalReasons = 64
    /// Seconds between two times that what is known of peers is made durable.
    static let partnersSaveSeconds = 5
    /// Milliseconds in which changes are gathered before the own view of consensus is looked at.
    static let viewMilliseconds = 20
    /// Times the cost of looking that pass before the next look.
    static let viewCostFactor = 20
    /// The longest timer of consensus, in milliseconds.
    static let timerMilliseconds = 86_400_000
    /// Bytes of recorded events of consensus in one file; there are two, the older with `.1` after its name.
    static let recordedBytes = 32 << 20
    /// Vectors of one number that are remembered.
    static let vectorsKnown = 64
    /// Bytes of the entries of one part of a branch.
    static let branchBytes = 512 << 10
    /// Things that consensus lacks and that others are asked for at the same time.
    static let consensusNeeds = 64
    /// Milliseconds before everybody is asked again for what consensus lacks; they double up to the cap.
    static let needMilliseconds = 200
    /// The cap of that, in milliseconds.
    static let needCapMilliseconds = 30_000
    /// Times that a member is asked for an epoch that it says to hold.
    static let otherEpochAttempts = 5
    /// Epochs back that are compared with a member whose certificate names another past.
    static let pastEpochs = 100
    /// Rounds of a disputed number whose polkas are asked for.
    static let disputedRounds = 1_000
    /// Milliseconds in which new messages of consensus are gathered before they go out.
    static let urgentMilliseconds = 5
    /// Seconds between two times that voters are asked again for the own head, at most.
    static let ownHeadCapSeconds = 30
    /// Milliseconds for which prepared codes are kept after a question, and that a comparison may take.
    static let comparisonMilliseconds: Int64 = 600_000
    /// How many times the time that preparing took passes before it is done again for the same member.
    static let comparisonPause: Int64 = 4
    /// How often a member that is busy is asked, and milliseconds between.
    static let comparisonAttempts = 40
    static let comparisonRetryMilliseconds = 250
    /// Pairs and months whose codes are kept at the same time.
    static let comparisonsKept = 4
    /// Milliseconds in which requests under way may finish when the node ends.
    static let stopMilliseconds = 3_000
}
