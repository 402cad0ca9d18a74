// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// All that a height begins with. A node and a replay make the core of these facts alone.
/// Spec: Protocol/consensus.md §8.
public struct HeightStart: Hashable, Sendable {
    /// Who votes.
    public let voters: VotingSet
    /// The public part of the own log's key; `nil` for one that only follows.
    public let ownKey: PublicKey?
    /// Terms of the network.
    public let timings: Genesis.Timings
    /// The own messages of this height, as the own log holds them.
    public let records: [OwnRecord]

    /// The facts of a height.
    public init(voters: VotingSet, ownKey: PublicKey?, timings: Genesis.Timings, records: [OwnRecord] = []) {
        (self.voters, self.ownKey, self.timings, self.records) = (voters, ownKey, timings, records)
    }

    /// The core. `signer` is of the own key; it is `nil` where there is none.
    public func core(signer: (any Signing)?, suite: any CipherSuite) -> ConsensusCore {
        precondition(signer?.publicKey == ownKey, "the signer is of the own key")
        guard let signer, !records.isEmpty else {
            return ConsensusCore(voters: voters, signer: signer, timings: timings, suite: suite)
        }
        return ConsensusCore(
            voters: voters, signer: signer, timings: timings, suite: suite, restoring: records)
    }
}

extension HeightStart {
    func write(to writer: inout CBORWriter) {
        writer.bytes(voters.network)
        writer.integer(voters.number.value)
        writer.bytes(voters.hash)
        writer.array(count: voters.count)
        for identity in voters.logs {
            writer.array(count: 4)
            writer.text(identity.origin.oin.digits)
            writer.bytes(identity.log)
            writer.bytes(identity.key)
            writer.bytes(identity.nextKeyHash)
        }
        writer.array(count: timings.values.count)
        for value in timings.values { writer.integer(value) }
        if let ownKey { writer.bytes(ownKey) } else { writer.null() }
        writer.array(count: records.count)
        for record in records {
            writer.array(count: 2)
            writer.integer(record.index.position)
            record.own.write(to: &writer, voters)
        }
        guard let continuation = voters.continuation else { return }
        writer.array(count: 2)
        writer.bytes(voters.recoveryKeys[voters.logs[continuation.voter].log] ?? voters.logs[continuation.voter].key)
        continuation.write(to: &writer)
    }

    /// Reads what `write` wrote, with every polka checked.
    init(from reader: inout CBORReader, isContinued: Bool, _ suite: some CipherSuite) throws(CBORRefusal) {
        let network: NetworkID = try reader.bytes32()
        let number = EpochNumber(known: try reader.unsigned())
        let hash: EpochHash = try reader.bytes32()
        var logs: [LogIdentity] = []
        for _ in 0..<(try reader.array()) {
            try reader.array(count: 4)
            guard let oin = OIN(try reader.text()) else { throw .unexpectedItem }
            let origin = Origin(network: network, oin: oin, log: try reader.bytes32())
            let key: PublicKey = try reader.bytes32()
            logs.append(LogIdentity(origin: origin, key: key, nextKeyHash: try reader.bytes32()))
        }
        guard !logs.isEmpty, Set(logs.map(\.origin.oin)).count == logs.count,
              Set(logs.map(\.log)).count == logs.count
        else { throw .unexpectedItem }
        let plain = VotingSet(network: network, number: number, hash: hash, logs: logs, suite)
        try reader.array(count: Genesis.Timings.words.count)
        var values: [Int] = []
        for _ in Genesis.Timings.words { values.append(try reader.unsigned()) }
        timings = Genesis.Timings(values)
        let ownKey: PublicKey? = reader.skipNull() ? nil : try reader.bytes32()
        self.ownKey = ownKey
        var recoveryKeys: [LogID: PublicKey] = [:]
        let rest = reader
        if isContinued {
            for _ in 0..<(try reader.array()) { _ = try reader.skipItem() }
            try reader.array(count: 2)
            let recovery: PublicKey = try reader.bytes32()
            let continuation = try Continuation(from: &reader)
            for identity in plain.logs { recoveryKeys[identity.log] = recovery }
            let known = VotingSet(
                network: network, number: number, hash: hash, logs: logs, recoveryKeys: recoveryKeys, suite)
            guard let continued = try? known.continued(by: continuation, suite) else { throw .unexpectedItem }
            voters = continued
        } else { voters = plain }
        var records: [OwnRecord] = []
        var entries = rest
        for _ in 0..<(try entries.array()) {
            try entries.array(count: 2)
            let index = EntryIndex(known: try entries.unsigned())
            records.append(OwnRecord(try OwnMessage(from: &entries, voters, suite), at: index))
        }
        if !isContinued { reader = entries }
        let isVoter = ownKey.flatMap(voters.voter(withKey:)) != nil
        guard isVoter || records.isEmpty else { throw .unexpectedItem }
        self.records = records
    }
}
