// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// At two members: proof that a successor goes on with the voting log of one, in numbers of which E_k still names
/// that log. Its authority is that of any successor, and the other voter has acknowledged that the end which it names
/// covers all that it held. No log is needed to check it. Spec: Protocol/consensus.md §3.
public struct Continuation: Hashable, Sendable {
    /// The voter whose log ended, by its number.
    public let voter: Int
    /// Entry 0 of the successor.
    public let entryZero: [UInt8]
    /// The acknowledge entry of the other voter.
    public let acknowledge: [UInt8]
    /// Where it stands in the tree of `head`.
    public let proof: InclusionProof
    /// A head of the other voter's log.
    public let root: Hash
    /// By the key of that log.
    public let signature: Signature

    /// A claim; `VotingSet.continued` checks it.
    public init(
        voter: Int, entryZero: [UInt8], acknowledge: [UInt8], proof: InclusionProof, root: Hash, signature: Signature
    ) {
        (self.voter, self.entryZero, self.acknowledge) = (voter, entryZero, acknowledge)
        (self.proof, self.root, self.signature) = (proof, root, signature)
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 8)
        writer.integer(voter)
        writer.bytes(entryZero)
        writer.bytes(acknowledge)
        writer.integer(proof.index.position)
        writer.integer(proof.size.count)
        writer.bytes(root)
        writer.bytes(signature)
        writer.array(count: proof.hashes.count)
        for hash in proof.hashes { writer.bytes(hash) }
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        try reader.array(count: 8)
        voter = try reader.unsigned()
        entryZero = Array(try reader.bytes())
        acknowledge = Array(try reader.bytes())
        let (index, size) = (try reader.unsigned(), try reader.unsigned())
        root = try reader.bytes32()
        signature = try reader.signature()
        let count = try reader.array()
        guard count <= CooperativeLimits.proofHashes else { throw .unexpectedItem }
        var hashes: [Hash] = []
        for _ in 0..<count { hashes.append(try reader.bytes32()) }
        proof = InclusionProof(index: EntryIndex(known: index), size: LogSize(known: size), hashes: hashes)
    }
}

extension VotingSet {
    /// The same voters, where a successor goes on with the log of one. Spec: Protocol/consensus.md §3.
    public func continued(
        by continuation: Continuation, _ suite: some CipherSuite
    ) throws(CertificateRefusal) -> VotingSet {
        guard count == 2, self.continuation == nil, continuation.voter < 2 else { throw .continuation }
        let (ended, other) = (logs[continuation.voter], logs[1 - continuation.voter])
        let zero: EntryZero
        do throws(EntryZeroRefusal) {
            zero = try EntryZero.parse(continuation.entryZero)
            let recovery = recoveryKeys[ended.log]
            if recovery == nil, zero.succession?.authority == .recoveryKey { throw .authority }
            try zero.checkSuccession(of: ended, recoveryKey: recovery ?? ended.key, suite)
        } catch { throw .successor }
        let identity = LogIdentity(zero, suite)
        guard let end = zero.succession?.end,
              let entry = try? Entry.parse(continuation.acknowledge), entry.kind == Acknowledge.number,
              entry.references.isEmpty, entry.commitment == nil,
              let said = try? Acknowledge.parse(Array(entry.body)), said.successor == identity.log,
              said.end == Head(size: end.size, root: end.root),
              continuation.proof.verifies(
                leaf: suite.leafHash(continuation.acknowledge), root: continuation.root, suite)
        else { throw .acknowledge }
        let head = Head(size: continuation.proof.size, root: continuation.root)
        let text = Array(Checkpoint(other.origin, head).text.utf8)
        guard suite.verifies(continuation.signature, of: text, by: other.key) else { throw .acknowledge }
        return VotingSet(self, continuation, identity)
    }
}
