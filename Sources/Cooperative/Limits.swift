// SPDX-License-Identifier: EUPL-1.2

/// The bounds of this module. Spec: the page and section at each.
public enum CooperativeLimits {
    /// Bytes of a genesis. Protocol/genesis.md §1.
    public static let genesisBytes = 1 << 20
    /// Bytes of the text of a JOIN file. Protocol/membership.md §1.
    public static let joinFileBytes = 3 << 19
    /// Members that a JOIN file names. Protocol/membership.md §1.
    public static let joinAddresses = 3
    /// Founders of a network. Protocol/genesis.md §1, key 4.
    public static let founders = 1_000
    /// Bytes of a name. Protocol/genesis.md §1.
    public static let nameBytes = 100
    /// Bytes of the id of a customer that is no member. Protocol/genesis.md §1, key 7.
    public static let customerBytes = 64
    /// Bytes of a slug. Protocol/genesis.md §1.
    public static let slugBytes = 64
    /// Bytes of a tariff class. Protocol/genesis.md §1.
    public static let tariffClassBytes = 32
    /// Bytes of an application's id: a slug and the mark of its founding. Protocol/kinds.md §1 and §2.
    public static let applicationBytes = 73
    /// Bytes of the reason of a statement. Protocol/kinds.md §3.
    public static let reasonBytes = 1_000
    /// Cells of one flush or statement. Protocol/kinds.md §2 and §3.
    public static let cells = 2_000
    /// Bytes of the value of a register or of an element of a set. Protocol/kinds.md §1.
    public static let valueBytes = 49_152
    /// Rows of the catalogue that one log may ask for above an epoch. Protocol/state.md §5.
    public static let catalogueRows = 65_536
    /// Cells of flushes and statements that one log may ask for above an epoch. Protocol/state.md §5.
    public static let usageCells = 2_097_152
    /// Decisions of a member that are open under an epoch, with those that one log asks for above it.
    /// Protocol/state.md §5.
    public static let openDecisions = 64
    /// Months before that of the epoch's date that a statement, stance or cut may name. Protocol/kinds.md §3.
    public static let monthsNamed = 72
    /// Messages of consensus of one log above E_k that are heard. Protocol/consensus.md §4.
    public static let messagesHeard = 8_192
    /// Bytes of these. Protocol/consensus.md §4.
    public static let messageBytesHeard = 1 << 20
    /// Entries of a candidate's log that count. Protocol/membership.md §1.
    public static let candidateEntries = 16
    /// Bytes of entries that wait which a state keeps at hand; the rest is read again.
    static let waitingBytesKept = 16 << 20
    /// Hashes of the proof in a continuation. Protocol/consensus.md §3.
    static let proofHashes = 63
    /// Vectors whose settled state is kept while one number is decided.
    static let epochTrials = 4
    /// The last round of an epoch. Protocol/consensus.md §1.
    public static let round = (1 << 31) - 1
    /// Hex digits of a log in the name of a decision, at least. Protocol/voting.md §1.
    public static let decisionNameDigits = 8
    /// Bytes of the title or the cover of a decision. Protocol/voting.md §2.
    public static let titleBytes = 200
    /// Days from the date of an epoch to a deadline. Protocol/voting.md §2.
    public static let deadlineDays = 400
    /// References of a ballot. Protocol/voting.md §3.
    public static let ballotReferences = 8
    /// Working days of a window that are reckoned with: more than the calendar has days.
    public static let windowWorkingDays = 100_000
    /// Windows to dispute, counted from the first statement, after which a month lapses however often it is stated.
    /// Protocol/settling.md §2.
    public static let disputeWindows = 3
    /// Months from the one of use to the one of the documents within which a change is billed.
    /// Protocol/settling.md §6.
    public static let correctionMonths = 60
    /// References of an edit up to which a leaf hash is looked for among the rows that the edit names, before
    /// the entries are asked.
    static let referencesLookedUpInRows = 8
    /// Members in the key of a line by decision. Protocol/voting.md §5.
    static let bearers = 10_000
}
