// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What the logs of a network add up to: a pure function of genesis, epochs, entries and evidence, never of the
/// order of arrival. It is the settled state after an epoch, made by `settled`, or an overlay on one, made by
/// `overlay`, into which entries go with `apply`; `digest` says which state it is. Spec: Protocol/state.md.
///
/// A value with one owner, changed in place; a copy is cheap to take and costs memory once either changes.
public struct CooperativeState: Sendable {
    /// The founding document.
    public let genesis: Genesis
    /// The epoch that rules: the last one that was applied.
    public internal(set) var epoch: Epoch
    /// Whether entries above what the epoch covers may be in it. Spec: Protocol/state.md §4.
    public internal(set) var isOverlay = false
    /// Whether something that was folded changed a bound below what was folded, or which log stands: the overlay
    /// is then made anew with `overlay`, from the settled state.
    public internal(set) var isStale = false

    let hashing: any Hashing
    /// By number, which is given for good and means nothing outside this state.
    var logs: [FoldedLog] = []
    var logNumbers: [LogID: UInt32] = [:]
    /// The place of each log in the order of ids, by number.
    var ranks: [UInt32] = []
    /// Founders in order of OIN, then whoever was invited.
    var folk: [FoldedMember] = []
    var memberNumbers: [OIN: UInt32] = [:]
    /// Logs with held evidence, known or not; in an overlay only.
    public internal(set) var convicted: Set<LogID> = []
    /// By number of the epoch.
    var history: [EpochRecord] = []

    var parties = NameTable()
    var applications = NameTable()
    var classes = NameTable()
    var fields = NameTable()
    var elementKeys = NameTable()

    /// The rules that the epoch left in force. Spec: Protocol/voting.md §1.
    public internal(set) var rules: RulesInForce
    var rights: [UInt32: ApplicationRights] = [:]
    var proposals = DecisionTable()
    var ballots = BallotTable()
    var foundings = FoundingTable()
    var registers = CellTable<RegisterCell>()
    var elements = CellTable<ElementCell>()
    var usage = UsageTable()
    var statements = KeyedTable<StatementTable.Row>(rowsPerPage: StatementTable.rowsPerPage)
    var stances = KeyedTable<StanceTable.Row>(rowsPerPage: StanceTable.rowsPerPage)
    var cuts = KeyedTable<CutTable.Row>(rowsPerPage: CutTable.rowsPerPage)
    var periods = KeyedTable<PeriodTable.Row>(rowsPerPage: PeriodTable.rowsPerPage)
    var billings = KeyedTable<BillingTable.Row>(rowsPerPage: BillingTable.rowsPerPage)
    var decidedCounts = KeyedTable<DecidedCountTable.Row>(rowsPerPage: DecidedCountTable.rowsPerPage)
    var destroyed = DestroyedTable()
    var waiting = WaitingEntries()
    /// Edits by members without rights, of applications that a second founding may yet give them.
    var denied: [UInt32: [EntryPlace]] = [:]
    var voids: [VoidReason: Int] = [:]

    /// Rules that are left out, so that a simulation shows that it would notice; none in a node.
    package var omitted: OmittedFoldRules = []

    var index = RowIndex()
    /// Whether chunks of it were saved: what it marks as changed is what changed since.
    var isSaved = false
    /// Whether it is an overlay on a settled state that was saved: its chunks are what differs from that one.
    var restsOnSaved = false
    /// Groups of buckets whose hashes changed since the last snapshot.
    var pendingBucketChunks: Set<Int> = []
    var scratch: CellColumns?
    /// Applications whose founding was just folded: what waited for them is due.
    var foundedNow: [String] = []

    /// Where an entry stands that is judged, and the number of the epoch that judges it.
    struct EntryPlace: Sendable {
        let log: UInt32
        let index: Int
        let leaf: Hash
        let judge: Int
        /// Of one that waited, if its bytes were kept.
        var bytes: [UInt8]?
    }

    /// The settled state after E_0: before any entry. Spec: Protocol/state.md §4.
    public init(genesis: Genesis, hashing: any Hashing) {
        self.genesis = genesis
        self.hashing = hashing
        epoch = Epoch(genesis: genesis, hashing)
        rules = RulesInForce(genesis)
        index.add(RowReference(.network, 0), at: word(RowReference(.network, 0)))
        admitFounders()
        for key in RulesInForce.keys {
            let row = RowReference(.rules, UInt32(key))
            index.add(row, at: word(row))
        }
        takeOverRights()
        record()
    }

    /// The founders and their logs, these in order of id.
    private mutating func admitFounders() {
        var first: [(identity: LogIdentity, member: UInt32)] = []
        for card in genesis.founders {
            let party = parties.intern(card.oin.digits)
            var founder = FoldedMember(card: card, party: party, standing: .member, since: 0, hashing)
            (founder.joined, founder.votes) = (0, true)
            first.append((LogIdentity(EntryZero(network: genesis.network, card: card), hashing), add(founder)))
        }
        for (identity, member) in first.sorted(by: { $0.identity.log < $1.identity.log }) {
            let party = folk[Int(member)].party
            var log = FoldedLog(identity: identity, member: member, party: party, isFoundersFirst: true)
            log.memberSince = 0
            addLog(log)
        }
    }

    /// Keeps what a *ready* of this epoch says. Spec: Protocol/membership.md §1.
    mutating func record() {
        precondition(history.count == epoch.number, "epochs are applied one by one")
        history.append(EpochRecord(
            hash: epoch.hash, date: epoch.date, stateDigest: digest(), billingMonth: billingMonth))
    }

    /// The number of a log in this state.
    @inline(__always)
    func logNumber(_ id: LogID) -> UInt32? { logNumbers[id] }

    /// The number of an application that was named before.
    @inline(__always)
    func applicationNumber(_ id: UnsafeRawBufferPointer) -> UInt32? { applications.number(of: id) }

    mutating func countVoid(_ reason: VoidReason) { voids[reason, default: 0] += 1 }

    /// How much of a log was folded; `nil` for a log that is not known.
    public func size(of log: LogID) -> LogSize? {
        logNumbers[log].map { LogSize(known: logs[Int($0)].size) }
    }

    /// The epochs so far, by number, with the own settled digest after each.
    public var epochs: [EpochRecord] { history }
}

/// Rules of the fold that a simulation can leave out, to show that it notices.
package struct OmittedFoldRules: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// A voter has a vote for each of its logs.
    package static let oneVoteAVoter = OmittedFoldRules(rawValue: 1 << 0)
}
