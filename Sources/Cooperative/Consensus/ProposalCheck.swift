// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why a fresh proposal gets no vote. Spec: Protocol/consensus.md §5, in the order of checking.
public enum ProposalRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The vector does not give the header's root, or is not in order.
    case vectorRoot = "proposal-vector-root"
    /// A log of E_k's vector is not in this one.
    case logLeft = "proposal-log-left"
    /// A log may not enter the vector.
    case logNotAuthorised = "proposal-log-not-authorised"
    /// A head does not extend E_k's, or contradicts what is held.
    case headContradicts = "proposal-head-contradicts"
    /// A forked log stands elsewhere than E_k has it or than its end is named, or a log above its bound.
    case forked = "proposal-forked"
    /// Dated before E_k.
    case dateBeforeEpoch = "proposal-date-before-epoch"
    /// Dated after the own civil date.
    case dateInFuture = "proposal-date-in-future"
    /// Dated more than two days before the own civil date.
    case dateTooOld = "proposal-date-too-old"
    /// A rule version before E_k's, or a later one that no quorum supports in this vector.
    case ruleVersion = "proposal-rule-version"
    /// Not the own state digest after E_k.
    case stateDigest = "proposal-state-digest"
    /// Nothing is due.
    case notTriggered = "proposal-not-triggered"
    /// A ballot that this epoch may cover, on a decision that it would close, is left out.
    case ballotLeftOut = "proposal-ballot-left-out"
}

/// How a head of a proposed vector compares with what is held here.
public enum HeadHolding: Hashable, Sendable {
    /// Not all of it is held and verified yet.
    case missing
    /// Held, verified and an extension of E_k's.
    case held
    /// What is held shows that it does not extend E_k's.
    case contradicts
}

/// A member's own view, by which it judges proposals. Spec: Protocol/consensus.md §5.
public protocol ProposalView {
    /// E_k.
    var epoch: Epoch { get }
    /// The own civil date in Europe/Amsterdam.
    var ownDate: CivilDate { get }
    /// The own state digest after E_k.
    var stateDigest: Hash { get }

    /// The vector behind a root: E_k's with the proposal's delta, or fetched by the root; `nil` while missing.
    func vector(of proposal: Proposal) -> [CoveredHead]?
    /// How a head compares with what is held.
    func holding(of covered: CoveredHead) -> HeadHolding
    /// Whether a log that E_k's vector lacks may enter: a candidate with its *ready*, or a successor.
    func mayEnter(_ log: LogID) -> Bool
    /// Whether an epoch with this vector and date would make all of these logs, which E_k's vector lacks, a member's;
    /// true while not all of the vector is held.
    func admits(_ entering: [LogID], _ vector: [CoveredHead], _ date: CivilDate) -> Bool
    /// Of a log with held evidence: the end that its successor or a key replacement names, `.some(nil)` while none
    /// is named; `nil` for a log without evidence.
    func namedEnd(ofForked log: LogID) -> Head??
    /// Nothing at or above counts of a log, under an epoch of this date; `nil` for no bound.
    /// Spec: Protocol/state.md §4.
    func bound(of log: LogID, on date: CivilDate) -> Int?
    /// How many voters' `supports` entries for a rule version a vector covers.
    func supporters(of ruleVersion: Int, in vector: [CoveredHead]) -> Int
    /// What but the calendar triggers an epoch with this vector and date: a function of E_k and these alone.
    func trigger(_ vector: [CoveredHead], _ date: CivilDate) -> Trigger?
    /// Whether the vector leaves out a ballot • that the epoch may cover, on a decision that it would close, held
    /// here for longer than the hold time. One above where a forked, ended or final log stands is never missing.
    func leavesOutBallot(_ vector: [CoveredHead], _ date: CivilDate) -> Bool
}

/// Whether a member prevotes a proposal without valid round (valid(v) of line 23), and whether its heads are held
/// (all that line 28 asks of them). A pure function of the view. Spec: Protocol/consensus.md §5.
public enum ProposalCheck {
    /// Days before the own civil date that a header may be dated.
    public static let daysBack = 2

    /// Judges a proposal whose header follows E_k.
    public static func judge(
        _ proposal: Proposal, in view: some ProposalView, quorum: Int, _ hashing: some Hashing
    ) -> Judgement {
        // Line 28 asks only that the heads are held, so with a valid round they are fetched whatever else is refused.
        let waits = proposal.validRound != nil
        let early = dates(proposal.header, view) ?? digest(proposal.header, view)
        guard let vector = vector(of: proposal, view, hashing) else {
            return waits ? .missing : early.map(Judgement.refused) ?? .missing
        }
        guard gives(vector, proposal.header, hashing) else { return .refused(.vectorRoot) }
        // Whoever may enter is asked of a fresh proposal only: an invitation falls away when its log turns out forked,
        // and a value that is locked must not become one that nobody can vote for.
        if let refusal = membership(vector, view), !waits || refusal != .logNotAuthorised { return .refused(refusal) }
        let holdings = vector.map(view.holding)
        guard !holdings.contains(.contradicts) else { return .refused(.headContradicts) }
        let refusal = entry(vector, proposal.header.date, view) ?? forks(vector, proposal.header.date, view) ?? early
            ?? ruleVersion(proposal.header, vector, view, quorum) ?? timeliness(proposal.header, vector, view)
        guard !holdings.contains(.missing) else {
            return waits ? .missing : refusal.map(Judgement.refused) ?? .missing
        }
        return refusal.map(Judgement.held) ?? .valid
    }

    /// A log that enters is a member's once this epoch has closed; asked only where everything is held.
    private static func entry(
        _ vector: [CoveredHead], _ date: CivilDate, _ view: some ProposalView
    ) -> ProposalRefusal? {
        let entering = vector.map(\.log).filter { view.epoch.vector.number(of: $0) == nil }
        return entering.isEmpty || view.admits(entering, vector, date) ? nil : .logNotAuthorised
    }

    /// A delta that does not give the root counts as none, and the vector is fetched: else whoever proposes a known
    /// header again with a false delta would have it refused for good where that came first.
    private static func vector(
        of proposal: Proposal, _ view: some ProposalView, _ hashing: some Hashing
    ) -> [CoveredHead]? {
        let vector = view.vector(of: proposal)
        if proposal.delta == nil || vector.map({ gives($0, proposal.header, hashing) }) == true { return vector }
        return view.vector(of: Proposal(
            round: proposal.round, header: proposal.header, validRound: proposal.validRound))
    }

    private static func gives(
        _ vector: [CoveredHead], _ header: EpochHeader, _ hashing: some Hashing
    ) -> Bool {
        EpochHeader.isOrdered(vector) && EpochHeader.vectorRoot(vector, hashing) == header.vectorRoot
    }

    /// Why an epoch is due with a vector and a date: the calendar, or what the view knows.
    public static func trigger(
        _ vector: [CoveredHead], _ date: CivilDate, in view: some ProposalView
    ) -> Trigger? {
        Trigger.calendar(from: view.epoch.date, to: date) ?? view.trigger(vector, date)
    }

    /// No log ever leaves the vector; one enters it as a candidate or a successor; none shrinks.
    private static func membership(_ vector: [CoveredHead], _ view: some ProposalView) -> ProposalRefusal? {
        var position = 0
        for covered in view.epoch.heads {
            while position < vector.count, vector[position].log < covered.log {
                guard view.mayEnter(vector[position].log) else { return .logNotAuthorised }
                position += 1
            }
            guard position < vector.count, vector[position].log == covered.log else { return .logLeft }
            guard vector[position].head.size >= covered.head.size else { return .headContradicts }
            position += 1
        }
        return vector[position...].allSatisfy { view.mayEnter($0.log) } ? nil : .logNotAuthorised
    }

    /// A forked log stands where E_k has it, or at the end that is named, and no log above its bound.
    private static func forks(
        _ vector: [CoveredHead], _ date: CivilDate, _ view: some ProposalView
    ) -> ProposalRefusal? {
        for covered in vector {
            if let bound = view.bound(of: covered.log, on: date) {
                let most = max(bound, view.epoch.head(of: covered.log)?.size.count ?? 0)
                guard covered.head.size.count <= most else { return .forked }
            }
            guard let end = view.namedEnd(ofForked: covered.log) else { continue }
            if let end, covered.head == end { continue }
            let place = view.epoch.heads.partitioningIndex { $0.log >= covered.log }
            guard place < view.epoch.heads.count, view.epoch.heads[place] == covered else { return .forked }
        }
        return nil
    }

    /// E_k's date ≤ date ≤ own civil date, and date ≥ own civil date - 2 days.
    private static func dates(_ header: EpochHeader, _ view: some ProposalView) -> ProposalRefusal? {
        if header.date < view.epoch.date { return .dateBeforeEpoch }
        if header.date > view.ownDate { return .dateInFuture }
        if Int(header.date.dayNumber) < Int(view.ownDate.dayNumber) - daysBack { return .dateTooOld }
        return nil
    }

    private static func digest(_ header: EpochHeader, _ view: some ProposalView) -> ProposalRefusal? {
        header.stateDigest == view.stateDigest ? nil : .stateDigest
    }

    /// E_k's, or a later one for which `supports` entries of a quorum of E_k are covered by this vector.
    private static func ruleVersion(
        _ header: EpochHeader, _ vector: [CoveredHead], _ view: some ProposalView, _ quorum: Int
    ) -> ProposalRefusal? {
        if header.ruleVersion == view.epoch.ruleVersion { return nil }
        guard header.ruleVersion > view.epoch.ruleVersion,
              view.supporters(of: header.ruleVersion, in: vector) >= quorum
        else { return .ruleVersion }
        return nil
    }

    private static func timeliness(
        _ header: EpochHeader, _ vector: [CoveredHead], _ view: some ProposalView
    ) -> ProposalRefusal? {
        guard trigger(vector, header.date, in: view) != nil else { return .notTriggered }
        return view.leavesOutBallot(vector, header.date) ? .ballotLeftOut : nil
    }
}
