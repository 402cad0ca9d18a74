// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Notation
import Testing

@Suite("Consensus: vectors, Protocol/consensus.md §1, §2, §3 and §7")
struct ConsensusVectorTests {
    private static func hashes<Value: ThirtyTwoBytes>(_ vector: VectorCase, _ name: String) -> [Value] {
        vector.list(name).compactMap { $0.text.flatMap { Value(hexadecimal: $0) } }
    }

    /// Logs that stand for voters: their OINs only keep them apart.
    private static func voters(
        _ logs: [(log: LogID, key: PublicKey)], network: NetworkID, number: Int, _ vector: VectorCase
    ) throws -> VotingSet {
        let hash = try #require(EpochHash(vector.bytes("epochHash")))
        let identities = logs.enumerated().map { position, pair in
            let origin = Origin(network: network, oin: World.oin(position + 1), log: pair.log)
            return LogIdentity(origin: origin, key: pair.key, nextKeyHash: Hash(pair.log.value))
        }
        let number = try #require(EpochNumber(number))
        return VotingSet(network: network, number: number, hash: hash, logs: identities, suite)
    }

    private static func council(_ vector: VectorCase) throws -> VotingSet {
        let pairs = vector.list("voters").compactMap { pair -> (log: LogID, key: PublicKey)? in
            guard let log = pair[0]?.text.flatMap({ LogID(hexadecimal: $0) }),
                  let key = pair[1]?.text.flatMap({ PublicKey(hexadecimal: $0) })
            else { return nil }
            return (log, key)
        }
        let network = try #require(NetworkID(vector.bytes("network")))
        guard vector.list("cards").isEmpty else { return try pair(pairs, network, vector) }
        return try voters(pairs, network: network, number: vector.number("number"), vector)
    }

    /// Two voters with all that a continuation is checked by.
    private static func pair(
        _ keys: [(log: LogID, key: PublicKey)], _ network: NetworkID, _ vector: VectorCase
    ) throws -> VotingSet {
        var (logs, recovery) = ([LogIdentity](), [LogID: PublicKey]())
        for (pair, card) in zip(keys, vector.list("cards")) {
            let oin = try #require(card[1]?.text.flatMap { OIN($0) })
            let next = try #require(card[2]?.text.flatMap { Hash(hexadecimal: $0) })
            recovery[pair.log] = card[3]?.text.flatMap { PublicKey(hexadecimal: $0) }
            let origin = Origin(network: network, oin: oin, log: pair.log)
            logs.append(LogIdentity(origin: origin, key: pair.key, nextKeyHash: next))
        }
        let (hash, number) = (EpochHash(vector.bytes("epochHash")), EpochNumber(vector.number("number")))
        return VotingSet(
            network: network, number: try #require(number), hash: try #require(hash), logs: logs,
            recoveryKeys: recovery, suite)
    }

    private static func bare(_ vector: VectorCase) throws -> VotingSet {
        let logs: [LogID] = hashes(vector, "logs")
        let network = NetworkID(suite.hash([1]))
        return try voters(logs.map { ($0, PublicKey($0.value)) }, network: network, number: 0, vector)
    }

    private static func proposers(_ voters: VotingSet) -> [LogID] {
        (0..<voters.count).map { voters.logs[voters.proposer(of: Round(known: $0))].log }
    }

    @Test("voters have a quorum and an order of proposers", arguments: ProtocolVectors.valid("consensus", "voters"))
    func voters(vector: VectorCase) throws {
        let voters = try Self.bare(vector)
        #expect(voters.quorum == vector.number("quorum") && voters.faults == vector.number("faults"))
        #expect(Self.proposers(voters) == Self.hashes(vector, "proposers"))
    }

    @Test("another order of proposers is another", arguments: ProtocolVectors.invalid("consensus", "voters"))
    func invalidVoters(vector: VectorCase) throws {
        #expect(try Self.proposers(Self.bare(vector)) != Self.hashes(vector, "claimed"))
    }

    @Test("a message is read and written back", arguments: ProtocolVectors.valid("consensus", "message"))
    func message(vector: VectorCase) throws {
        let kind = UInt16(vector.number("kind"))
        let message = try #require(try ConsensusMessage.parse(kind: kind, body: vector.bytes("body")))
        #expect(message.encode() == vector.bytes("body"))
        #expect(message.kind == kind && message.number.value == vector.number("number"))
        #expect(message.round.value == vector.number("round"))
        let expected = EpochHash(vector.bytes("hash"))
        switch message {
        case .proposal(let proposal):
            #expect(EpochHash(proposal.header, suite) == expected)
            #expect(proposal.validRound?.value ?? -1 == vector.number("validRound"))
        case .prevote(let vote), .precommit(let vote): #expect(vote.choice?.hash == expected)
        }
    }

    @Test("bodies of another shape are void", arguments: ProtocolVectors.invalid("consensus", "message"))
    func invalidMessage(vector: VectorCase) {
        let kind = UInt16(vector.number("kind"))
        #expect(throws: VoidReason(rawValue: vector.reason)) {
            try ConsensusMessage.parse(kind: kind, body: vector.bytes("body"))
        }
    }

    private static func proof(_ vector: VectorCase) throws(CertificateRefusal) -> QuorumClaim {
        guard let voters = try? council(vector) else { throw .shape }
        if vector.text("step") == "prevote" { return try Polka(vector.bytes("hex"), voters, suite).claim }
        return try Certificate(vector.bytes("hex"), voters, suite).claim
    }

    @Test("polkas and certificates are read, checked and written back",
          arguments: ProtocolVectors.valid("consensus", "proof"))
    func proof(vector: VectorCase) throws {
        let claim = try Self.proof(vector)
        #expect(claim.encode(voters: vector.list("voters").count) == vector.bytes("hex"))
        #expect(EpochHash(claim.header, suite) == EpochHash(vector.bytes("hash")))
        #expect(claim.round.value == vector.number("round"))
        #expect(claim.signers.map(\.voter) == vector.list("signers").map { Int($0.wholeNumber ?? -1) })
    }

    @Test("what is no polka or certificate is refused by name",
          arguments: ProtocolVectors.invalid("consensus", "proof"))
    func invalidProof(vector: VectorCase) throws {
        let refusal = try #require(CertificateRefusal(rawValue: vector.reason))
        #expect(throws: refusal) { try Self.proof(vector) }
    }

    private static func conflict(_ vector: VectorCase) throws -> (voters: VotingSet, Conflict?, [Polka]) {
        let voters = try council(vector)
        let first = try Certificate(vector.bytes("first"), voters, suite)
        let second = try Certificate(vector.bytes("second"), voters, suite)
        let polkas = try vector.list("polkas").map {
            try Polka(Hexadecimal.decode($0.text ?? "") ?? [], voters, suite)
        }
        return (voters, Conflict(first, second), polkas)
    }

    private static func words(_ lie: Lie) -> String {
        switch lie {
        case .doublePrecommit: "two precommits of one round"
        case .doublePrevote: "two prevotes of one round"
        case .brokenLock: "a lock broken without polka"
        case .precommitWithoutPolka: "a precommit without that round's polka"
        }
    }

    @Test("two certificates name liars", arguments: ProtocolVectors.valid("consensus", "conflict"))
    func conflict(vector: VectorCase) throws {
        let (voters, conflict, polkas) = try Self.conflict(vector)
        let liars = try #require(conflict).liars(polkas: polkas, voters)
        #expect(liars.map(\.log) == Self.hashes(vector, "liars"))
        #expect(liars.allSatisfy { Self.words($0.lie) == vector.text("lie") })
    }

    @Test("what is no conflict names nobody", arguments: ProtocolVectors.invalid("consensus", "conflict"))
    func invalidConflict(vector: VectorCase) throws {
        guard vector.reason != "no-conflict" else {
            #expect(try Self.conflict(vector).1 == nil)
            return
        }
        let refusal = try #require(CertificateRefusal(rawValue: vector.reason))
        #expect(throws: refusal) { try Self.conflict(vector) }
    }
}
