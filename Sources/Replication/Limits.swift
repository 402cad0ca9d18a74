// SPDX-License-Identifier: EUPL-1.2

/// The bounds of this module. Spec: Protocol/limits.md and the page at each.
public enum ExchangeLimits {
    /// The protocol version that this code speaks. Protocol/exchange.md §2.
    public static let protocolVersion = 1
    /// Bytes of one body, either way. Protocol/exchange.md.
    public static let bodyBytes = (1 << 20) + (64 << 10)
    /// Bytes of all pages of one body. Protocol/exchange.md §2, key 13.
    public static let pagesBytes = 1 << 20
    /// Heads of one body. Protocol/exchange.md §4.
    public static let heads = 10_000
    /// Wants of one body. Protocol/exchange.md §4.
    public static let wants = 10_000
    /// Pages of one body. Protocol/exchange.md §4.
    public static let pages = 10_000
    /// Refusals of one body. Protocol/exchange.md §4.
    public static let refusals = 10_000
    /// Texts or commitments of texts of one body. Protocol/exchange.md §4.
    public static let texts = 64
    /// Evidence items of one body. Protocol/exchange.md §4.
    public static let evidence = 64
    /// Heads of one delta. Protocol/exchange.md §8.
    public static let deltaHeads = 14_000
    /// Epochs that an answer of an exchange names. Protocol/exchange.md §3, key 17.
    public static let epochMentions = 3
    /// Epochs of one answer. Protocol/exchange.md §8.
    public static let epochs = 1_000
    /// Bytes of certificates and deltas that this node puts in one answer.
    public static let epochsBytes = 1 << 20
    /// The last round of an epoch. Protocol/limits.md.
    public static let round = Int(Int32.max)
    /// Bytes of a token. Protocol/exchange.md §1.
    public static let tokenBytes = 64
    /// Bytes of a reason in a refusal. Protocol/exchange.md §3.
    public static let reasonBytes = 100
    /// The largest key of a body that is ignored when unknown. Protocol/exchange.md.
    public static let ignoredKey = 63
    /// Bytes of a body of `prove` or `head`.
    public static let smallBodyBytes = 4_096

    /// Least bytes that a log gets when many share one answer: a page costs some 100 to 700 bytes itself.
    public static let shareBytes = 4_096
    /// Bytes of a page without its entries and right-hand hashes, at most.
    public static let pageHeadBytes = 128
    /// Bytes of first pages of logs outside the vector that a request brings unasked.
    public static let introductionBytes = 64 << 10
    /// A page of one entry of any size.
    public static let oneEntryBytes = 70_000
    /// Logs tried for the one entry that an answer sends at least.
    public static let firstPageAttempts = 16
    /// Pages that this node puts in one body.
    public static let pagesFilled = 1_024
    /// Wants that this node puts in one request: what one answer can serve at the least share.
    public static let wantsAsked = 1_024
    /// Refusals that this node puts in one answer.
    public static let refusalsAnswered = 256
    /// Bytes of a body that the fixed keys may take.
    public static let fixedBytes = 512

    /// Bytes of pages that may wait for the disk before a session asks for more.
    public static let unsettledBytes = 8 << 20
    /// Requests of one session: 321 MiB of each of 400 logs in pages of half a MiB would be some 257,000;
    /// a session that needs more ends, and the next one goes on where it stopped.
    public static let sessionRequests = 4_096
    /// Comparisons in one session, each after progress.
    public static let sessionComparisons = 64
    /// Faults of a partner after which a session ends.
    public static let sessionFaults = 32
    /// `prove` requests of one session.
    public static let sessionProofs = 64
    /// `prove` requests one after another to find where two branches differ. Protocol/exchange.md §5.
    public static let proofQuestions = 64

    /// Changes of heads that a history keeps for tokens; older tokens lead to a full exchange.
    public static let historyChanges = 131_072

    /// Partners asked in a round. Protocol/exchange.md §7.
    public static let partnersPerRound = 3
    /// Kinds of refusals that health counts for one partner.
    public static let countedReasons = 64
    /// Partners that health and schedule keep.
    public static let partners = 10_000
}
