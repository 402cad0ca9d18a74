// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What surrounds the members of one council: time, chance, the network between them, and the observer.
final class CouncilWorld {
    enum Happening {
        case parcel(CouncilParcel, from: Address, to: Address)
        case timer(ConsensusTimer, number: Int, Address, life: Int)
        case synced(Address, life: Int, upTo: Int)
        case tick(Address)
        case work
        case fault(CouncilFault)
        case look
    }

    let settings: CouncilSettings
    let planted: PlantedBug?
    let network: SimulatedNetwork
    let suite: SimulatedSuite
    let book: LogBook
    let deliberation: Deliberation
    let observer: CouncilObserver
    var random: SeededRandom
    var links = Links()
    var trace: Trace
    var marks = MarkCounts<CouncilMark>()
    private(set) var violations: [Violation] = []
    private(set) var now = 0
    private var queue = EventQueue<Happening>()
    /// The actors by member and face.
    var members: [[CouncilMember]] = []
    /// Which half a member belongs to, where liars show each half another face.
    var halves: [Int] = []
    private var settledEpochs: [Hash: SettledEpoch] = [:]
    /// What liars know of each number: every header that was ever proposed.
    private(set) var headers: [Int: [EpochHeader]] = [:]

    init(
        _ network: SimulatedNetwork, _ settings: CouncilSettings, _ random: SeededRandom, planted: PlantedBug?,
        keepsTrace: Bool
    ) {
        (self.network, self.settings, self.random, self.planted) = (network, settings, random, planted)
        suite = SimulatedSuite(settings.scheme)
        book = LogBook(emptyRoot: suite.emptyRoot)
        deliberation = Deliberation(
            book: book, halfLimit: settings.halfLimit, countsTwice: planted == .ballotCountedTwice)
        trace = Trace(isKept: keepsTrace)
        observer = CouncilObserver(settings, book, suite)
    }

    /// The actors that are correct.
    var correct: [CouncilMember] { members.compactMap { $0.first }.filter { $0.isHonest } }

    var omitted: OmittedRules { planted?.omitted ?? [] }

    func advance() -> Happening? {
        guard let next = queue.next() else { return nil }
        now = next.time
        return next.event
    }

    func schedule(_ happening: Happening, afterMilliseconds delay: Int) { queue.add(happening, at: now + delay) }

    func date(errorDays: Int = 0) -> CivilDate {
        settings.firstDay.adding(days: now / settings.dayMilliseconds + errorDays) ?? settings.firstDay
    }

    func violate(_ invariant: String, _ sentence: @autoclosure () -> String) {
        guard violations.count < SimulationLimits.violationsKept else { return }
        let violation = Violation(invariant: invariant, sentence: sentence(), atMilliseconds: now)
        violations.append(violation)
        trace.note(now, [99], "VIOLATION \(violation)")
    }

    func proposed(_ header: EpochHeader) {
        guard headers[header.number]?.contains(header) != true else { return }
        headers[header.number, default: []].append(header)
        observer.proposedAt[EpochHash(header, suite)] = now
    }

    /// The face of `member` that `other` sees.
    func actor(_ member: Int, seenBy other: Address) -> CouncilMember {
        let faces = members[member]
        if faces.count == 1 { return faces[0] }
        return faces[members[other.member].count > 1 ? other.face : halves[other.member]]
    }

    func send(_ parcel: CouncilParcel, from: Address, to member: Int) {
        if links.isBlocked(from.member, member) {
            marks.hit(.blocked)
            return
        }
        // A face is for one half only, until nobody can be kept apart any more.
        if !links.isHealed, members[from.member].count > 1, members[member].count == 1,
           halves[member] != from.face { return }
        if !links.isHealed, random.happens(settings.lossPercent) {
            marks.hit(.lost)
            return
        }
        let to = actor(member, seenBy: from).address
        deliver(parcel, from, to)
        if !links.isHealed, random.happens(settings.duplicatePercent) {
            marks.hit(.doubled)
            deliver(parcel, from, to)
        }
    }

    private func deliver(_ parcel: CouncilParcel, _ from: Address, _ to: Address) {
        var delay = links.isHealed ? random.within(1...40) : random.within(settings.delayMilliseconds)
        let clogEnd = links.clogEnd(from.member, to.member)
        if clogEnd > now + delay {
            marks.hit(.clogged)
            delay = clogEnd - now + random.below(20)
        }
        schedule(.parcel(parcel, from: from, to: to), afterMilliseconds: delay)
    }

    /// E_{k+1}, computed once for all who apply it.
    func settle(_ certificate: Certificate, _ vector: [CoveredHead], after settled: SettledEpoch) -> SettledEpoch? {
        if let known = settledEpochs[certificate.hash.hash] { return known }
        let next = deliberation.settle(certificate, vector, after: settled, suite)
        settledEpochs[certificate.hash.hash] = next
        return next
    }
}

extension CouncilWorld {
    /// E_0, and the founders' logs in the book.
    func foundingEpoch() -> SettledEpoch {
        for member in 0..<settings.members { _ = book.open(network.identities[member], of: member) }
        let epoch = Epoch(genesis: network.genesis, suite)
        let voters = VotingSet(
            network: network.genesis.network, number: EpochNumber(known: 0), hash: EpochHash(epoch.hash.value),
            logs: network.identities, suite)
        let empty = Head(size: .empty, root: suite.emptyRoot)
        return SettledEpoch(
            epoch: epoch, voters: voters, logs: (0..<settings.members).map { $0 },
            covered: (0..<settings.members).map { _ in empty }, open: [], outcomes: [:], ballots: [:],
            digest: suite.hash(epoch.hash.bytes))
    }

    func signature(
        of member: Int, _ step: VoteText.Step, _ round: Round, _ hash: EpochHash, _ voters: VotingSet
    ) -> Signature {
        let text = VoteText(
            step, network: voters.network, number: voters.next.value, round: round.value, epoch: hash.hash)
        return network.signer(of: member, 0, settings.scheme).sign(Array(text.text.utf8))
    }
}

extension SimulatedNetwork {
    /// The key of a member's first log or of a later one.
    func signer(of member: Int, _ incarnation: Int, _ scheme: SignatureScheme) -> SimulatedSigner {
        if incarnation == 0, member < memberCount { return signers[member] }
        var random = SeededRandom(UInt64(member) << 16 | UInt64(incarnation) << 8 | 77)
        return SimulatedSigner(scheme, seed: random.bytes(32))
    }

    /// The log of a newcomer, or of a successor.
    func identity(of member: Int, _ incarnation: Int, _ scheme: SignatureScheme) -> LogIdentity {
        if incarnation == 0, member < memberCount { return identities[member] }
        let key = signer(of: member, incarnation, scheme).publicKey
        guard let oin = OIN(Self.oin(member)) else { preconditionFailure("an OIN has twenty digits") }
        var random = SeededRandom(UInt64(member) << 16 | UInt64(incarnation) << 8 | 78)
        let words = (random.next(), random.next(), random.next(), random.next())
        let origin = Origin(network: genesis.network, oin: oin, log: LogID(Bytes32(words)))
        return LogIdentity(origin: origin, key: key, nextKeyHash: Hash(key.value))
    }
}
