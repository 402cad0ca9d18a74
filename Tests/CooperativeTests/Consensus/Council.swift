// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Journal

/// Real hashing with signatures that are hashes: anybody could forge one, and nobody here does. Some hundred times
/// faster than Ed25519, for many schedules.
struct PlainSuite: CipherSuite {
    func hash(_ bytes: UnsafeRawBufferPointer) -> Hash { suite.hash(bytes) }
    func hash(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Hash {
        suite.hash(first, second)
    }
    func leafHash(_ entry: UnsafeRawBufferPointer) -> Hash { suite.leafHash(entry) }
    func nodeHash(_ left: Hash, _ right: Hash) -> Hash { suite.nodeHash(left, right) }
    func leafHashes(in bytes: UnsafeRawBufferPointer, at ranges: ArraySlice<Range<Int>>) -> [Hash] {
        suite.leafHashes(in: bytes, at: ranges)
    }
    func verifies(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool {
        signature == PlainSigner(publicKey: key).sign(message)
    }
}

struct PlainSigner: Signing {
    let publicKey: PublicKey
    func sign(_ message: [UInt8]) -> Signature {
        let first = suite.hash(publicKey.bytes, message)
        return Signature(first: first.value, second: suite.hash(first.bytes).value)
    }
}

/// The voters of an epoch with their keys, and what they may vote on.
struct Council {
    let voters: VotingSet
    let plain = PlainSuite()
    let timings = Genesis.Timings()

    static let network = NetworkID(suite.hash(Array("network".utf8)))

    static func identity(_ number: Int) -> LogIdentity {
        func bytes(_ use: UInt8) -> Bytes32 { suite.hash([use, UInt8(number & 255), UInt8(number >> 8)]).value }
        let origin = Origin(network: network, oin: World.oin(number), log: LogID(bytes(7)))
        return LogIdentity(origin: origin, key: PublicKey(bytes(1)), nextKeyHash: Hash(bytes(2)))
    }

    init(_ count: Int, hash: UInt8 = 0) {
        voters = VotingSet(
            network: Self.network, number: EpochNumber(known: 4), hash: EpochHash(suite.hash([hash]).value),
            logs: (0..<count).map(Self.identity), suite)
    }

    func signer(_ voter: Int) -> PlainSigner { PlainSigner(publicKey: voters.logs[voter].key) }

    func core(_ voter: Int, omitting omitted: OmittedRules = []) -> ConsensusCore {
        ConsensusCore(
            voters: voters, signer: signer(voter), timings: timings, suite: plain, omitting: omitted)
    }

    /// A header that follows E_k; values differ by their state digest.
    func header(_ value: UInt8) -> EpochHeader {
        guard let date = CivilDate("2026-03-01") else { preconditionFailure("a day") }
        return EpochHeader(
            network: Self.network, number: voters.next.value, previous: voters.hash.hash,
            vectorRoot: suite.hash([1]), date: date, ruleVersion: 1, stateDigest: suite.hash([value]))
    }

    func hash(_ value: UInt8) -> EpochHash { EpochHash(header(value), suite) }

    func proposal(_ value: UInt8, round: Int, valid: Int? = nil) -> ConsensusMessage {
        .proposal(Proposal(
            round: Round(known: round), header: header(value), validRound: valid.map(Round.init(known:))))
    }

    func vote(_ step: VoteText.Step, _ value: UInt8?, round: Int, by voter: Int) -> ConsensusMessage {
        let round = Round(known: round)
        let choice = value.map { value in
            let text = voters.voteText(step, round, hash(value))
            return Vote.Choice(hash: hash(value), signature: signer(voter).sign(text))
        }
        let vote = Vote(number: voters.next, round: round, choice: choice)
        return step == .prevote ? .prevote(vote) : .precommit(vote)
    }

    func claim(_ step: VoteText.Step, _ value: UInt8, round: Int, by signers: some Sequence<Int>) -> QuorumClaim {
        let text = voters.voteText(step, Round(known: round), hash(value))
        return QuorumClaim(
            step, header: header(value), round: Round(known: round),
            signers: signers.map { VoterSignature(voter: $0, signature: signer($0).sign(text)) })
    }

    func certificate(_ value: UInt8, round: Int, by signers: some Sequence<Int>) throws -> Certificate {
        try Certificate(claim(.precommit, value, round: round, by: signers), voters, plain)
    }

    func polka(_ value: UInt8, round: Int, by signers: some Sequence<Int>) throws -> Polka {
        try Polka(claim(.prevote, value, round: round, by: signers), voters, plain)
    }

    func proposer(_ round: Int) -> Int { voters.proposer(of: Round(known: round)) }
}

/// One member under test: appends are made durable at once, every header is valid unless a test says otherwise,
/// and others' messages come in a row of their own log.
struct Bench {
    let council: Council
    var core: ConsensusCore
    var judgement: Judgement? = .valid
    /// What this member's own log holds.
    var said: [ConsensusMessage] = []
    var kept: [OwnRecord] = []
    var timers: [ConsensusTimer] = []
    var effects: [ConsensusEffect] = []
    var value: UInt8 = 1
    private var index = 0

    /// A voter that does not propose in round 0, unless another is named.
    init(_ count: Int = 4, voter: Int? = nil, omitting omitted: OmittedRules = [], triggers: Bool = true) {
        let council = Council(count)
        self.council = council
        core = council.core(voter ?? council.proposer(1), omitting: omitted)
        give(.mayVote(true))
        if triggers { give(.ownView(triggers: true)) }
    }

    /// The voters other than this one.
    var others: [Int] { (0..<council.voters.count).filter { $0 != core.own } }

    mutating func give(_ event: ConsensusEvent) {
        for effect in core.handle(event) {
            effects.append(effect)
            switch effect {
            case .append(let own):
                said.append(own.message)
                kept.append(OwnRecord(own, at: EntryIndex(known: kept.count)))
                give(.appended(own.message, at: EntryIndex(known: kept.count - 1)))
            case .startTimer(let timer, _): timers.append(timer)
            case .prepareProposal(let round): give(.prepared(council.header(value), delta: nil, round))
            case .judge(let proposal):
                if let judgement { give(.judged(EpochHash(proposal.header, suite), judgement)) }
            default: break
            }
        }
    }

    mutating func hear(_ message: ConsensusMessage, from voter: Int, branch: Int = 0) {
        index += 1
        let place = MessagePlace(
            log: council.voters.logs[voter].log, branch: branch, index: EntryIndex(known: index))
        give(.message(message, place))
    }

    mutating func hearProposal(_ value: UInt8, round: Int, valid: Int? = nil) {
        hear(council.proposal(value, round: round, valid: valid), from: council.proposer(round))
    }

    mutating func hearVotes(_ step: VoteText.Step, _ value: UInt8?, round: Int, from voters: some Sequence<Int>) {
        for voter in voters { hear(council.vote(step, value, round: round, by: voter), from: voter) }
    }

    mutating func timeout(_ step: ConsensusStep, _ round: Int) {
        give(.timeout(ConsensusTimer(step, Round(known: round))))
    }

    /// The own vote of a step and round as the value voted for: `.some(nil)` is nil, `nil` is no vote.
    func vote(_ step: VoteText.Step, round: Int) -> EpochHash?? {
        for message in said where message.round.value == round {
            switch message {
            case .prevote(let vote) where step == .prevote: return .some(vote.choice?.hash)
            case .precommit(let vote) where step == .precommit: return .some(vote.choice?.hash)
            default: continue
            }
        }
        return nil
    }

    var decided: Certificate? {
        effects.lazy.compactMap { if case .decided(let certificate) = $0 { certificate } else { nil } }.first
    }

    var evidence: [DoubleMessage] {
        effects.compactMap { if case .evidence(let double) = $0 { double } else { nil } }
    }

    var refusals: [MessageRefusal] {
        effects.compactMap { if case .refused(let refusal, _) = $0 { refusal } else { nil } }
    }

    var proofsRefused: [CertificateRefusal] {
        effects.compactMap { if case .refusedProof(let refusal) = $0 { refusal } else { nil } }
    }
}
