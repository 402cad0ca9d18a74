// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Who votes on the epoch after E_k: the voting logs that E_k names, one a member, and what is more than two thirds
/// of them. Spec: Protocol/consensus.md §1.
public struct VotingSet: Hashable, Sendable {
    /// The network.
    public let network: NetworkID
    /// k.
    public let number: EpochNumber
    /// hash(E_k), the hash of the previous header in what is voted on.
    public let hash: EpochHash
    /// The voting logs in order of id; the position is the voter's number in certificates.
    public let logs: [LogIdentity]
    /// q: so many precommits of one round are a certificate, so many prevotes a polka.
    public package(set) var quorum: Int
    /// f: so many liars are tolerated.
    public let faults: Int
    /// The recovery keys of the members' cards under E_k, by voting log: one may authorise a successor.
    public let recoveryKeys: [LogID: PublicKey]
    /// At two voters: what shows that a successor goes on with the log of one.
    public let continuation: Continuation?
    /// That successor.
    public let successor: LogIdentity?
    /// Voters by SHA-256(hash(E_k) ‖ log id).
    private let proposers: [Int]

    /// Sorts the logs. They are of one network, at least one, and each of another member.
    public init(
        network: NetworkID, number: EpochNumber, hash: EpochHash, logs: [LogIdentity],
        recoveryKeys: [LogID: PublicKey] = [:], _ hashing: some Hashing
    ) {
        let sorted = logs.sorted { $0.log < $1.log }
        precondition(!logs.isEmpty, "an epoch names a voting log")
        precondition(Set(logs.map(\.origin.oin)).count == logs.count, "a member has one vote")
        precondition(logs.allSatisfy { $0.origin.network == network }, "voters are of the network")
        (self.network, self.number, self.hash, self.logs) = (network, number, hash, sorted)
        quorum = Self.quorum(of: logs.count)
        faults = Self.faults(of: logs.count)
        let places = sorted.map { hashing.hash(hash.bytes, $0.log.bytes) }
        proposers = sorted.indices.sorted { places[$0] < places[$1] }
        (self.recoveryKeys, continuation, successor) = (recoveryKeys, nil, nil)
    }

    /// The same voters with a continuation that was checked.
    init(_ voters: VotingSet, _ continuation: Continuation, _ successor: LogIdentity) {
        (network, number, hash, logs) = (voters.network, voters.number, voters.hash, voters.logs)
        (quorum, faults, proposers) = (voters.quorum, voters.faults, voters.proposers)
        (recoveryKeys, self.continuation, self.successor) = (voters.recoveryKeys, continuation, successor)
    }

    /// The same voters as E_k alone names them.
    public var plain: VotingSet {
        guard continuation != nil else { return self }
        return VotingSet(plain: self)
    }

    private init(plain voters: VotingSet) {
        (network, number, hash, logs) = (voters.network, voters.number, voters.hash, voters.logs)
        (quorum, faults, proposers) = (voters.quorum, voters.faults, voters.proposers)
        (recoveryKeys, continuation, successor) = (voters.recoveryKeys, nil, nil)
    }

    /// n.
    public var count: Int { logs.count }

    /// The number of the epoch that is voted on, k+1.
    public var next: EpochNumber { number.next }

    /// q = floor(2n/3)+1 from n = 4; 1, 2, 2 for n = 1, 2, 3. Any two quorums share more than f voters.
    public static func quorum(of count: Int) -> Int {
        switch count {
        case ...3: min(count, 2)
        default: 2 * count / 3 + 1
        }
    }

    /// f = floor((n-1)/3), and none at n ≤ 3.
    public static func faults(of count: Int) -> Int { (max(count, 1) - 1) / 3 }

    /// How many more voters may fail before nothing is decided, when so many are down already.
    public func failuresLeft(down: Int) -> Int { max(0, count - quorum - down) }

    /// proposer(h, round): taken round robin.
    public func proposer(of round: Round) -> Int { proposers[round.value % proposers.count] }

    /// The voter whose key this is, that of a successor included; `nil` for another.
    public func voter(withKey key: PublicKey) -> Int? {
        if let successor, successor.key == key { return continuation?.voter }
        return logs.firstIndex { $0.key == key }
    }

    /// Whether a voter signed something, by the key of its log or of the successor that goes on with it.
    func verifies(
        _ signature: Signature, of text: [UInt8], by voter: Int, _ suite: some CipherSuite
    ) -> Bool {
        if suite.verifies(signature, of: text, by: logs[voter].key) { return true }
        guard let successor, continuation?.voter == voter else { return false }
        return suite.verifies(signature, of: text, by: successor.key)
    }

    /// The logs whose messages count, the one of a successor after the one that it goes on with.
    public var speakingLogs: [LogID] {
        logs.indices.flatMap { voter -> [LogID] in
            guard let successor, continuation?.voter == voter else { return [logs[voter].log] }
            return [logs[voter].log, successor.log]
        }
    }

    /// The voter's number, `nil` for a log that does not vote in E_k.
    public func voter(_ log: LogID) -> Int? {
        if let successor, successor.log == log { return continuation?.voter }
        var (low, high) = (0, logs.count)
        while low < high {
            let middle = (low + high) / 2
            if logs[middle].log < log { low = middle + 1 } else { high = middle }
        }
        return low < logs.count && logs[low].log == log ? low : nil
    }

    /// The text that a voter signs. Spec: Protocol/genesis.md §4.
    func voteText(_ step: VoteText.Step, _ round: Round, _ epoch: EpochHash) -> [UInt8] {
        let text = VoteText(step, network: network, number: next.value, round: round.value, epoch: epoch.hash)
        return Array(text.text.utf8)
    }
}
