// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
public import Cryptography
public import Journal
public import Replication
public import Storage

/// The node's one place of change: what is held, what it means, what is signed. Everything that changes it passes
/// through one queue (`AdmissionQueue`): admit, commit, fold, answer. Reading never waits for the disk.
public actor NodeEngine {
    /// The founding document.
    public nonisolated let genesis: Genesis
    /// The member whose node this is.
    public nonisolated let member: Card
    /// The store.
    public nonisolated let store: JournalStore
    /// Hashes and signatures.
    public nonisolated let suite: OpenSSLSuite
    /// Log lines.
    public nonisolated let log: LogWriter
    /// The time, for what is shown.
    public nonisolated let clock: any WallClock

    /// The state after the last epoch: what is agreed. Money and rules are read from it.
    public internal(set) var settled: CooperativeState
    /// What the entries held mean, above the last epoch provisionally.
    public internal(set) var state: CooperativeState
    /// What is held and since when, as peers are told.
    public internal(set) var heads: HeldHeads
    /// How far each authorised log is held.
    public internal(set) var tips: [LogID: LogTip]
    /// Forks of which evidence is held.
    public internal(set) var forks: [LogID: ConvictedFork] = [:]
    /// Whether the own log is written.
    public internal(set) var mode: OwnLogMode
    /// What is known of each partner.
    public internal(set) var partners: [OIN: PartnerStanding] = [:]

    nonisolated let ownLog: OwnLogName
    var own: OwnLog?
    var partnerNotes = PartnerNotes()
    var texts = TextsBeside()
    var signer: SigningKey
    let limits: NodeLimits
    var queue = AdmissionQueue()
    var newHeadsListeners: [@Sendable (_ hasMessages: Bool) -> Void] = []
    var waitingForMode: [CheckedContinuation<Void, Never>] = []
    var entriesSinceSnapshot = 0
    /// The state was folded anew, so that older chunks of it mean nothing.
    var isStateRebuilt = false
    /// The epochs applied.
    var chain: EpochChain
    /// The number that is voted on.
    var height: ConsensusHeight?
    /// Writes events of consensus to a file, where the operator asked for it.
    var recorder: EventRecorder?
    var permission = VotePermission()
    var isPermitted = false
    var isConsensusRunning = false
    var isPumping = false
    var isApplying = false
    /// The saved settled state is not the one in memory.
    var isSettledRebuilt = false
    var dispute: ConsensusStanding.Dispute?
    var conflict: Conflict?
    /// Epochs that a partner sent, being checked one by one.
    var catchingUp: (peer: OIN, items: [EpochsAnswer.Item])?
    var needListeners: [@Sendable (ConsensusNeed) -> Void] = []
    var epochListeners: [@Sendable () -> Void] = []
    var viewTask: Task<Void, Never>?
    var viewCostMilliseconds = 0
    var trials = EpochTrials()
    /// The last epoch at which this newcomer said that it is ready.
    var readyEpoch: Int?
    var arrivals: Arrivals
    var acknowledges = AcknowledgeWatch()
    var knownRoots: [LogID: Head] = [:]
    /// How often another branch of a log took the place of what was held, since this start.
    var branches: [LogID: Int] = [:]
    var isTakingBranch = false
    /// Since when, as far as this start knows, entries below a signed head of a log are missing; milliseconds.
    var shortSince: [LogID: Int64] = [:]
    /// Set when the store has stopped for good; the daemon then ends with an error.
    public internal(set) var failure: StorageFailure?

    /// Takes up what the store holds. A founder's own log is begun where it does not exist yet; a newcomer's once
    /// its admission is carried, and that of a card which replaces a member's once that decision is.
    /// - Parameter newcomer: the node's own card, of use where the member is no founder or its keys were replaced.
    /// - Throws: a sentence, when key, card and genesis do not belong together or the store is damaged.
    public init(
        genesis: Genesis, member oin: OIN, newcomer: Card? = nil, signer: SigningKey, store: JournalStore,
        suite: OpenSSLSuite, log: LogWriter, clock: any WallClock, limits: NodeLimits = NodeLimits()
    ) async throws(StartFailure) {
        guard let card = Self.ownCard(genesis, oin, newcomer, signer, store, suite), card.oin == oin else {
            throw StartFailure(
                "\(oin) is no founder of \(genesis.name), and this node has no card of it with which to join.")
        }
        let identity = Self.ownIdentity(genesis, card, signer, store, suite)
        guard identity.key == signer.publicKey else {
            throw StartFailure(
                "The certificate is of \(oin), and the log key is not the one of that member's card or newest log. "
                    + "Either the certificate or the log key is another member's"
                    + Self.keptKey(store, signer) + ".")
        }
        ownLog = OwnLogName(identity)
        self.genesis = genesis
        self.suite = suite
        self.store = store
        self.signer = signer
        self.log = log
        self.clock = clock
        self.limits = limits
        member = card
        let loaded = try Self.loadStates(genesis, store, suite, log)
        (settled, state, chain) = (loaded.settled, loaded.overlay, loaded.chain)
        entriesSinceSnapshot = loaded.folded
        (isSettledRebuilt, isStateRebuilt) = (loaded.isSettledRebuilt, loaded.isOverlayRebuilt)
        arrivals = Arrivals(holdMilliseconds: loaded.settled.rules.timings.holdMilliseconds)
        var tips: [LogID: LogTip] = [:]
        for identity in loaded.overlay.logIdentities + store.tips.map(\.identity) + [identity] {
            tips[identity.log] = store.tip(of: identity.log) ?? LogTip(authorised: identity)
        }
        self.tips = tips
        // What was said against signing an older log of this member says nothing against one that is not begun.
        let isNew = store.ownLog.map { $0 != identity.log } ?? false
        mode = isNew || store.headState.allowsSigning ? .asking : .readsOnly(Self.reason(store.headState))
        let forks = try Self.loadForks(store, tips, suite)
        heads = try Self.loadHeads(store, tips, loaded.chain.epoch, forked: Set(forks.map(\.log)), suite)
        for convicted in forks { self.forks[convicted.log] = convicted }
        do throws(StorageFailure) {
            partners = try Self.loadPartners(store)
            try loadDispute()
        } catch { throw StartFailure("What is known of other members cannot be read: \(error.description)") }
        for tip in tips.values where missing(of: tip) > 0 { shortSince[tip.log] = clock.milliseconds() }
        for log in self.forks.keys.sorted() { keepRow(of: log) }
        if self.forks[ownLogID] != nil { stopWriting(Self.twoHistories) }
        try await beginOwnLog()
        beginHeight()
    }

    /// The log that this node writes; another one from when a successor was opened.
    public nonisolated var ownIdentity: LogIdentity { ownLog.identity }

    /// The own log's id.
    public nonisolated var ownLogID: LogID { ownIdentity.log }

    /// The founder's card of the genesis, else the node's own: also of a founder whose keys a decision replaced.
    private static func ownCard(
        _ genesis: Genesis, _ oin: OIN, _ own: Card?, _ signer: SigningKey, _ store: JournalStore,
        _ suite: OpenSSLSuite
    ) -> Card? {
        guard let founder = genesis.founder(oin), let own, own.oin == oin else { return genesis.founder(oin) ?? own }
        let log = LogIdentity(EntryZero(network: genesis.network, card: own), suite).log
        return own.logKey == signer.publicKey || store.tip(of: log) != nil ? own : founder
    }

    /// The log that the store says to be the own one, else that of the card; the card's also where the key is its
    /// and the store's log is an older one.
    /// Where the key of the log that the store holds as its own would be, after its keys were rotated.
    private static func keptKey(_ store: JournalStore, _ signer: SigningKey) -> String {
        guard let key = store.ownLog.flatMap({ store.tip(of: $0)?.identity.key }), key != signer.publicKey else {
            return ""
        }
        return ", or the data is from before korf keys rotate: then restore it with korf restore, and have "
            + "log.key.\(key.description.prefix(8)).old beside log.key"
    }

    private static func ownIdentity(
        _ genesis: Genesis, _ card: Card, _ signer: SigningKey, _ store: JournalStore, _ suite: OpenSSLSuite
    ) -> LogIdentity {
        let ofCard = LogIdentity(EntryZero(network: genesis.network, card: card), suite)
        guard let held = store.ownLog.flatMap({ store.tip(of: $0)?.identity }), held.key == signer.publicKey else {
            return ofCard
        }
        return held
    }

    /// Reads a consistent view.
    public func read<Value: Sendable>(
        _ body: @Sendable (isolated NodeEngine) throws -> Value
    ) rethrows -> Value {
        try body(self)
    }

    /// Calls `listener` after each commit that brought new heads; `hasMessages` when messages of consensus were among
    /// what they sign, which go out at once.
    public func onNewHeads(_ listener: @escaping @Sendable (_ hasMessages: Bool) -> Void) {
        newHeadsListeners.append(listener)
    }

    /// Calls `listener` with each thing that consensus lacks.
    func onNeed(_ listener: @escaping @Sendable (ConsensusNeed) -> Void) { needListeners.append(listener) }

    /// Tells nobody of anything any more, and votes no more.
    public func forgetListeners() {
        (newHeadsListeners, needListeners, epochListeners) = ([], [], [])
        isConsensusRunning = false
        height?.stop()
        viewTask?.cancel()
    }

    /// The digest of the state, computed over what changed since last time.
    public func stateDigest() -> Hash { state.digest() }

    /// The digest by which peers see whether they hold the same.
    public func headTableDigest() -> Hash { heads.digest(suite) }

    /// Where a member is reached and by which keys, as of now.
    public func contact(of oin: OIN) -> (pins: [TLSPin], endpoints: [Endpoint]) {
        state.member(oin).map { ($0.pins, $0.endpoints) } ?? ([], [])
    }

    /// Whether this node writes as its member: a newcomer does with the epoch that admits it, a log that replaces
    /// a member's keys from the decision on.
    public var isMember: Bool {
        (state.member(member.oin)?.standing ?? .candidate) >= .member && state.identity(of: ownLogID) != nil
    }

    /// Ends the time of asking: peers were asked for the own head, or the time for that is over.
    public func finishAsking() {
        if mode == .asking { mode = isMember && own != nil ? .writes : .joins }
        let waiting = waitingForMode
        waitingForMode = []
        for continuation in waiting { continuation.resume() }
        refreshPermission()
    }

    /// A peer showed a larger head of the own log, signed by it: this store is an old copy and never signs again.
    public func peerHoldsMore(_ head: VerifiedHead, from peer: OIN?) async {
        guard head.log == ownLogID, head.size > tips[head.log]?.held ?? .empty else { return }
        if case .readsOnly = mode { return }
        stopWriting(
            "\(peer?.digits ?? "a member") holds \(head.size) entries of this log, and here are "
                + "\(tips[head.log]?.held ?? .empty): this store was restored from an older copy.")
        do throws(StorageFailure) { try await store.forbidSigning() } catch {
            log(.error, "own-log", result: "not-marked", ["reason": error.description])
        }
    }

    /// Whoever waits to append is told why it cannot.
    func stopWriting(_ reason: String) {
        if case .readsOnly = mode { return }
        mode = .readsOnly(reason)
        own = nil
        log(.error, "own-log", ownLogID.description, result: "reads-only", ["reason": reason])
        finishAsking()
    }

    static let twoHistories = "two histories of this log are known; it needs a successor."

    /// Waits until it is known whether the own log may be written.
    func modeIsKnown() async {
        guard mode == .asking else { return }
        await withCheckedContinuation { waitingForMode.append($0) }
    }

    private static func reason(_ state: ExternalHeadState) -> String {
        switch state {
        case .externalAhead(let external, let held):
            "the external head names \(external) entries and the store holds \(held): it is an older copy."
        case .externalMissing(let reason): "the external head cannot be trusted: \(reason)."
        case .restored: "the store was restored from a backup or an older copy."
        case .fresh, .inStep, .databaseAhead: ""
        }
    }
}

/// Why a daemon cannot start, in one sentence for its operator.
public struct StartFailure: Error, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// A failure with its sentence.
    public init(_ sentence: String) { description = sentence }
}
