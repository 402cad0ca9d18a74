// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The steps of a round. Spec: arXiv 1807.04938, line 5; Protocol/consensus.md §4.
public enum ConsensusStep: Int, Hashable, Sendable, Comparable {
    case propose, prevote, precommit

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A timer of one step and round (lines 57, 61, 65). One that fires late does nothing.
public struct ConsensusTimer: Hashable, Sendable {
    /// What is waited for.
    public let step: ConsensusStep
    /// In which round.
    public let round: Round

    /// A timer.
    public init(_ step: ConsensusStep, _ round: Round) { (self.step, self.round) = (step, round) }
}

/// Where a message stands. Two branches of a forked log are given each whole, from E_k's position on, under two
/// branch numbers; the shell numbers them, an unforked log is branch 0. Spec: Protocol/consensus.md §4.
public struct MessagePlace: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// Which branch of it.
    public let branch: Int
    /// The position.
    public let index: EntryIndex

    /// A place.
    public init(log: LogID, branch: Int = 0, index: EntryIndex) {
        (self.log, self.branch, self.index) = (log, branch, index)
    }
}

/// What a member finds of a proposed header. Spec: Protocol/consensus.md §5.
public enum Judgement: Hashable, Sendable {
    /// Heads are missing; they are fetched until the propose timeout.
    case missing
    /// Every head is held and verified, yet a fresh proposal of it gets no vote.
    case held(ProposalRefusal)
    /// A fresh proposal of it gets a vote.
    case valid
    /// Not held, and it would get no vote.
    case refused(ProposalRefusal)

    /// Whether every head is held and verified here, all that line 28 asks of the heads.
    public var isHeld: Bool {
        switch self {
        case .held, .valid: true
        case .missing, .refused: false
        }
    }
}

/// What happens to a member. Events and their order decide the effects; recorded ones replay to the same.
public enum ConsensusEvent: Hashable, Sendable {
    /// Whether the own view triggers an epoch. Once it has, it does until E_{k+1}.
    case ownView(triggers: Bool)
    /// Whether this member may append: its own heads were asked for after the start, and its state digest is that
    /// of E_k.
    case mayVote(Bool)
    /// The answer to `prepareProposal`: a header that triggers, with the heads that differ from E_k's.
    case prepared(EpochHeader, delta: [CoveredHead]?, Round)
    /// The answer to `judge`, given again whenever it changes.
    case judged(EpochHash, Judgement)
    /// A message of a held log. Each branch's messages come in its own order; repeats do nothing.
    case message(ConsensusMessage, MessagePlace)
    /// An own message is in the own log and synced, with what justifies it.
    case appended(ConsensusMessage, at: EntryIndex)
    /// A timer has run out.
    case timeout(ConsensusTimer)
    /// Somebody sent a polka.
    case polka(QuorumClaim)
    /// Somebody sent a certificate.
    case certificate(QuorumClaim)
}

/// An own message with what justifies it. All of it is durable before anything of it leaves.
/// Spec: Protocol/consensus.md §6.
public struct OwnMessage: Hashable, Sendable {
    /// What is appended.
    public let message: ConsensusMessage
    /// The header that a vote for a hash is about; with a proposal it is in the message.
    public let header: EpochHeader?
    /// The polka behind a precommit of a hash, a valid round, or a prevote that a valid round unlocked.
    public let polka: Polka?

    /// Joins message and justification.
    public init(_ message: ConsensusMessage, header: EpochHeader? = nil, polka: Polka? = nil) {
        (self.message, self.header, self.polka) = (message, header, polka)
    }
}

/// Two different messages of one kind, number and round in one log: the second is void and both are evidence.
/// Spec: Protocol/consensus.md §4.
public struct DoubleMessage: Hashable, Sendable {
    /// Where the one that counts stands.
    public let first: MessagePlace
    /// What it says.
    public let firstMessage: ConsensusMessage
    /// Where the void one stands.
    public let second: MessagePlace
    /// What it says.
    public let secondMessage: ConsensusMessage
}

/// Why a message counts for nothing. Spec: Protocol/consensus.md §4.
public enum MessageRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The log does not vote in E_k.
    case notVoting = "message-not-voting"
    /// It is about another number than k+1.
    case otherNumber = "message-other-number"
    /// A proposal by another than the round's proposer.
    case notProposer = "message-not-proposer"
    /// A header of another network, or that does not follow E_k.
    case doesNotFollow = "message-does-not-follow"
    /// A signature that is not the author's over the vote text.
    case signature = "message-signature"
}

/// What the shell does, in order.
public enum ConsensusEffect: Hashable, Sendable {
    /// Append, keep header and polka beside it, sync, then answer `appended`. Nothing leaves before.
    case append(OwnMessage)
    /// Start a timer; it fires as `timeout`.
    case startTimer(ConsensusTimer, milliseconds: Int)
    /// This member proposes in that round: answer `prepared` with a header of the own view, if it triggers.
    case prepareProposal(Round)
    /// Judge a proposal as a fresh one: answer `judged`, and fetch what is missing.
    case judge(Proposal)
    /// Keep a polka and serve it to whoever asks.
    case keep(Polka)
    /// Ask the voters for the polka of a round and hash.
    case fetchPolka(Round, EpochHash)
    /// Ask the voters for the certificate of a hash whose header or precommits are missing.
    case fetchCertificate(Round, EpochHash)
    /// E_{k+1} is decided (line 51).
    case decided(Certificate)
    /// Two certificates of one number with different hashes: consensus stops.
    case disputed(Certificate, Certificate)
    /// A log holds two messages where one may be.
    case evidence(DoubleMessage)
    /// A message that counts for nothing, to be counted and shown.
    case refused(MessageRefusal, MessagePlace)
    /// A polka or certificate that counts for nothing.
    case refusedProof(CertificateRefusal)
}
