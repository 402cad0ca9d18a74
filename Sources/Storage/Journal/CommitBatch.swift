// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What becomes durable together, in one transaction. Spec: Protocol/log.md §7, exchange.md §3.
public struct CommitBatch: Sendable {
    /// Entries and heads, of foreign logs and of the own log; several pages of one log stand in their order.
    public var pages: [AdmittedPage]
    /// Bytes by which the entries signed here grow the own log, by class of entry; the caller numbers the classes.
    public var ownBytes: [Int: Int] = [:]
    /// Forks of which the evidence convicts. The first one held of a log stays.
    public var evidence: [ConvictedFork]
    /// Tokens of exchanges that end with these entries.
    public var tokens: [PeerToken]
    /// Texts that were checked against their commitments.
    public var texts: [HeldText]
    /// Commitments whose texts are not held yet.
    public var wantedTexts: [TextCommitment]
    /// The entry 0 of a successor that becomes the own log with this batch, which holds its first page.
    public var succession: EntryZero?
    /// What justifies the own messages of consensus among the pages.
    public var justifications: [Justification] = []

    /// Where the log of the one page of this batch leaves what was held of it. Protocol/storage.md §4.
    public var branchingAt: LogTip?

    /// Begins with what is given.
    public init(
        pages: [AdmittedPage] = [], evidence: [ConvictedFork] = [], tokens: [PeerToken] = [],
        texts: [HeldText] = [], wantedTexts: [TextCommitment] = []
    ) {
        self.pages = pages
        self.evidence = evidence
        self.tokens = tokens
        self.texts = texts
        self.wantedTexts = wantedTexts
    }

    var byteCount: Int {
        pages.reduce(0) { $0 + $1.entries.byteCount + 512 } + texts.reduce(0) { $0 + $1.text.count }
            + justifications.reduce(0) { $0 + 256 + ($1.polka?.count ?? 0) }
    }
}

/// The token to show to a peer at the next exchange. Spec: Protocol/exchange.md §1.
public struct PeerToken: Sendable, Equatable {
    /// The peer.
    public let peer: OIN
    /// Its bytes; `nil` drops the one held.
    public let token: [UInt8]?
    /// This store's own sequence up to which the peer has been told everything.
    public let toldUpTo: UInt64?

    /// Joins peer and token.
    public init(peer: OIN, token: [UInt8]?, toldUpTo: UInt64? = nil) {
        self.peer = peer
        self.token = token
        self.toldUpTo = toldUpTo
    }
}

/// A text beside a log. Spec: Protocol/log.md §1.
public struct HeldText: Sendable, Equatable {
    /// `H(salt ‖ text)`.
    public let commitment: TextCommitment
    /// What hides the text.
    public let salt: Salt
    /// At most 1 MiB of UTF-8.
    public let text: [UInt8]

    /// Takes a text that was checked against its commitment.
    public init(commitment: TextCommitment, salt: Salt, text: [UInt8]) {
        self.commitment = commitment
        self.salt = salt
        self.text = text
    }
}

/// What a commit answers: everything of it is durable, and the external head file of the own log is written.
public struct CommitReceipt: Sendable, Equatable {
    /// The store's count of changes of heads and evidence after this commit.
    public let sequence: UInt64
}

/// How far the logs were held at an earlier sequence. Spec: Protocol/exchange.md §3.
public struct HeadChanges: Sendable, Equatable {
    /// How much was held then of the logs whose head or entries changed since; 0 for nothing.
    public let sizesThen: [LogID: LogSize]
    /// Logs convicted since, in order.
    public let convicted: [LogID]
}

/// What the external head file and the database say of each other at start. Spec: Protocol/log.md §7.
public enum ExternalHeadState: Sendable, Equatable {
    /// There is no own log yet.
    case fresh
    /// Both name the same head.
    case inStep
    /// The file knows a larger head, or another one: this database is an old copy. The log is not signed again.
    case externalAhead(external: LogSize, held: LogSize)
    /// The file is gone, or nobody can read it as this log's. The log is not signed again.
    case externalMissing(reason: String)
    /// The node ended between its commit and the file; the file has now been written.
    case databaseAhead(external: LogSize, held: LogSize)
    /// The store was restored from a backup, or others gave back what it had lost. The log is not signed again.
    case restored

    /// Whether the own log may be signed, as far as this machine can tell.
    public var allowsSigning: Bool {
        switch self {
        case .fresh, .inStep, .databaseAhead: true
        case .externalAhead, .externalMissing, .restored: false
        }
    }
}
