// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// One history with all that can happen to members: an admission, votes of every kind, a tariff, a fork, a successor,
/// an expulsion, and the expelled member that goes on writing. Every signature in it is real.
struct OrderedHistory: Sendable {
    let network: GoverningNetwork
    let suite: OpenSSLSuite
    /// Every log, of the forked one the first branch.
    private(set) var journals: [LogID: HeldJournal] = [:]
    /// The other branch.
    private(set) var otherBranch: HeldJournal?
    private(set) var evidence: ConvictedFork?
    private(set) var openings: [EntryZero] = []
    /// After each epoch.
    private(set) var settled: [CooperativeState]
    private(set) var epochs: [(certificate: Certificate, heads: [CoveredHead], delta: [CoveredHead])] = []
    private var logs: [Int: (log: LogID, generation: Int)] = [:]

    private static let forking = 3
    private static let losing = 1
    private static let newcomer = 4

    /// Fails only where the genesis that is written here is not a good one.
    init() throws {
        network = try GoverningNetwork(founders: 4, .ed25519)
        suite = OpenSSLSuite()
        settled = [CooperativeState(genesis: network.genesis, hashing: OpenSSLSuite())]
        for member in 0..<4 { begin(network.entryZero(member), member, 0) }
        try admitAndDecide()
        try forkAndSucceed()
        try expel()
        try goOn()
    }

    var last: CooperativeState { settled[settled.count - 1] }
    /// The overlay on the last epoch of everything that is held.
    var overlay: CooperativeState {
        last.overlay(
            convicted: Set([evidence?.log].compactMap(\.self)), openings: openings,
            held: JournalEntries(journals: journals))
    }
    /// The log of the member that forked.
    var forkedLog: LogID { log(Self.forking) }

    private func log(_ member: Int) -> LogID {
        guard let known = logs[member] else { preconditionFailure("a member that writes has a log") }
        return known.log
    }

    // MARK: Writing

    private mutating func begin(_ zero: EntryZero, _ member: Int, _ generation: Int) {
        let (_, page) = OwnLog.begin(zero, signer: network.signer(member, generation), suite)
        var held = HeldJournal(LogIdentity(zero, suite), suite)
        held.append(page, at: 0, suite)
        journals[page.log] = held
        logs[member] = (page.log, generation)
        if zero.succession != nil { openings.append(zero) }
    }

    @discardableResult
    private mutating func write(_ entry: [UInt8], by member: Int) -> EntryReference {
        let known = log(member)
        guard var held = journals[known] else { preconditionFailure("its log is begun") }
        append(entry, to: &held, member)
        journals[known] = held
        return EntryReference(
            log: known, index: EntryIndex(known: held.size - 1), leaf: held.leaves[held.size - 1])
    }

    private func append(_ entry: [UInt8], to held: inout HeldJournal, _ member: Int) {
        let signer = network.signer(member, logs[member]?.generation ?? 0)
        guard var own = OwnLog(resuming: held.tip), let page = try? own.append([entry], signer: signer, suite) else {
            preconditionFailure("what is written here is an entry")
        }
        held.append(page, at: 0, suite)
    }

    private mutating func propose(
        _ payload: DecisionPayloadDraft, _ title: String, by member: Int
    ) throws -> EntryReference {
        var draft = DecisionDraft(payload)
        draft.organ = last.rules.organs.first?.id.description ?? ""
        draft.title = title
        draft.deadline = last.epoch.date.adding(days: 20)?.description ?? ""
        return write(try draft.checked().entry(), by: member)
    }

    @discardableResult
    private mutating func vote(
        _ choice: Ballot.Choice, by member: Int, on decision: EntryReference, isFinal: Bool = true,
        replacing: EntryReference? = nil, older: [EntryReference] = []
    ) throws -> EntryReference {
        write(try Ballot.entry(
            choice, on: decision, in: log(member), isFinal: isFinal, replaced: replacing?.index, otherLogs: older),
            by: member)
    }

    private func tariff(_ month: String, _ price: Int64) -> DecisionPayloadDraft {
        var row = GenesisDraft.Tariff()
        (row.application, row.tariffClass, row.firstMonth) = ("zaak", SimulatedNetwork.tariffClass, month)
        (row.tiers, row.vatCategory, row.vatRate) = ([(nil, price)], "S", 2_100)
        return .tariff(row)
    }

    private mutating func meter(_ member: Int, _ events: Int64) {
        guard let month = CivilMonth(monthNumber: 2_026 * 12) else { return }
        let cell = UsageCell(
            application: "zaak", provider: network.card(0).oin, consumer: network.card(member).oin,
            tariffClass: SimulatedNetwork.tariffClass, month: month, side: .consumer)
        let counters = UsageCounters(eventsCounted: events, quantityCounted: events * 3, inboxPosition: events)
        for entry in UsageFlush.entries([CountedCell(cell, counters)]) { write(entry, by: member) }
    }

    private func ready() -> [UInt8] {
        let record = last.epochs[last.epoch.number]
        return Ready(
            epoch: EpochNumber(known: last.epoch.number), hash: record.hash, stateDigest: record.stateDigest).entry()
    }

    // MARK: Epochs

    /// Proposes what is held and closes the epoch by the precommits of a quorum.
    private mutating func close(daysLater days: Int) throws {
        let (known, held) = (last, journals)
        let date = known.epoch.date.adding(days: days) ?? known.epoch.date
        let view = EpochView(
            settled: known, overlay: overlay, convicted: Set([evidence?.log].compactMap(\.self)), ownDate: date,
            entries: JournalEntries(journals: held),
            holdings: .init(
                holding: { covered in
                    let size = covered.head.size.count
                    guard let journal = held[covered.log], journal.size >= size else { return .missing }
                    return journal.roots[size] == covered.head.root ? .held : .contradicts
                },
                held: { log in held[log].map { $0.head($0.size) } }, vector: { _ in nil },
                isHeldLong: { _, _ in true }))
        guard let own = view.ownProposal() else { preconditionFailure("an epoch is due") }
        let header = EpochHeader(
            network: network.genesis.network, number: known.epoch.number + 1, previous: known.epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(own.heads, suite), date: date, ruleVersion: 1,
            stateDigest: known.epochs[known.epoch.number].stateDigest)
        let hash = EpochHash(header, suite)
        let text = VoteText(
            .precommit, network: header.network, number: header.number, round: 0, epoch: hash.hash)
        let voters = known.votingSet
        let signers = voters.logs.indices.prefix(voters.quorum).map { voter in
            VoterSignature(voter: voter, signature: signer(of: voters.logs[voter].log).sign(Array(text.text.utf8)))
        }
        let claim = QuorumClaim(.precommit, header: header, round: .zero, signers: Array(signers))
        let certificate = try Certificate(claim, voters, suite)
        guard let epoch = Epoch(certificate, heads: own.heads, suite) else {
            preconditionFailure("the heads are those of the header")
        }
        epochs.append((certificate, own.heads, known.epoch.delta(to: own.heads)))
        settled.append(known.settled(by: epoch, held: JournalEntries(journals: held)))
    }

    private func signer(of log: LogID) -> SimulatedSigner {
        guard let member = logs.first(where: { $0.value.log == log }) else {
            return network.signer(Self.losing, 0)
        }
        return network.signer(member.key, member.value.generation)
    }

    // MARK: What happens

    /// Up to epoch 1: a tariff and an admission, among votes that are replaced or against.
    private mutating func admitAndDecide() throws {
        let priced = try propose(tariff("2026-02", 40), "Tarief vanaf februari", by: 0)
        let first = try vote(.against, by: 0, on: priced, isFinal: false)
        try vote(.for, by: 0, on: priced, replacing: first)
        try vote(.for, by: 1, on: priced)
        try vote(.blank, by: 2, on: priced)
        try vote(.for, by: 3, on: priced)
        meter(2, 11)
        let invited = try propose(.admission(network.card(Self.newcomer)), "Toelating", by: 1)
        for member in [0, 1, 2] { try vote(.for, by: member, on: invited) }
        begin(network.entryZero(Self.newcomer), Self.newcomer, 0)
        write(ready(), by: Self.newcomer)
        try close(daysLater: 1)
    }

    /// Up to epoch 2: one member writes two histories, another loses its disk and opens a successor.
    private mutating func forkAndSucceed() throws {
        let text = try propose(.freeText, "Samen verder", by: Self.newcomer)
        try vote(.for, by: Self.newcomer, on: text)
        let old = try vote(.against, by: Self.losing, on: text, isFinal: false)
        meter(Self.losing, 20)
        guard let shared = journals[forkedLog], let lost = journals[log(Self.losing)] else { return }
        // Two branches: other ballots, other counters.
        try vote(.for, by: Self.forking, on: text)
        meter(Self.forking, 7)
        var other = shared
        append(try Ballot.entry(.against, on: text, in: forkedLog), to: &other, Self.forking)
        append(Heartbeat(date: last.epoch.date).entry(), to: &other, Self.forking)
        append(Heartbeat(date: last.epoch.date).entry(), to: &other, Self.forking)
        try convict(other)
        // The disk that is lost held all of its log.
        guard let end = PredecessorEnd(
            log: lost.tip.log, size: LogSize(known: lost.size), root: lost.roots[lost.size]) else { return }
        begin(network.entryZero(Self.losing, 1, after: end), Self.losing, 1)
        try vote(.for, by: Self.losing, on: text, older: [old])
        meter(Self.losing, 5)
        try vote(.for, by: 0, on: text)
        try vote(.for, by: 2, on: text)
        try close(daysLater: 2)
    }

    private mutating func convict(_ other: HeldJournal) throws {
        otherBranch = other
        guard let held = journals[forkedLog], let one = held.tip.head?.signed, let two = other.tip.head?.signed,
              let place = zip(held.leaves, other.leaves).enumerated().first(where: { $1.0 != $1.1 })?.offset
        else { preconditionFailure("the branches differ") }
        func proven(_ journal: HeldJournal, _ head: SignedHead) -> ProvenLeaf {
            let tree = MerkleTree(LeafHashes(journal.leaves, suite), size: head.size, suite)
            let index = EntryIndex(known: place)
            return ProvenLeaf(
                head: head, index: index, leaf: journal.leaves[place], hashes: tree.inclusionProof(of: index))
        }
        let made = ForkEvidence(log: forkedLog, leaves: proven(held, one), proven(other, two))
        evidence = try made?.check(held.tip.identity, suite)
    }

    /// Up to epoch 3: the others expel it, and it goes on writing on both branches.
    private mutating func expel() throws {
        let expulsion = try propose(
            .expulsion(member: network.card(Self.forking).oin.digits), "Royement", by: 0)
        for member in [0, Self.losing, 2, Self.newcomer] { try vote(.for, by: member, on: expulsion) }
        try vote(.against, by: Self.forking, on: expulsion)
        meter(Self.forking, 90)
        if var other = otherBranch {
            append(try Ballot.entry(.against, on: expulsion, in: forkedLog), to: &other, Self.forking)
            otherBranch = other
        }
        try close(daysLater: 1)
    }

    /// Above epoch 3: what is open, and what the expelled member still writes.
    private mutating func goOn() throws {
        let open = try propose(tariff("2026-05", 60), "Tarief vanaf mei", by: 2)
        try vote(.for, by: 2, on: open)
        let maybe = try vote(.blank, by: Self.newcomer, on: open, isFinal: false)
        try vote(.for, by: Self.newcomer, on: open, replacing: maybe)
        try vote(.for, by: Self.forking, on: open)
        let late = try propose(.freeText, "Een tegenvoorstel", by: Self.forking)
        try vote(.for, by: Self.losing, on: late)
        meter(Self.newcomer, 31)
        meter(Self.losing, 9)
        meter(Self.forking, 120)
        write(Heartbeat(date: last.epoch.date).entry(), by: 0)
    }
}
