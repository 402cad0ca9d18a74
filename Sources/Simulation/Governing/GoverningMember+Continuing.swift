// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// At two voters a successor goes on with the old log in the running number, once the other voter has acknowledged.
/// Spec: Protocol/membership.md §4, Protocol/consensus.md §3.
extension GoverningMember {
    /// The voter whose log has a successor that E_k does not name yet.
    private var ended: (voter: Int, successor: LogIdentity, end: PredecessorEnd)? {
        let voters = settled.votingSet
        guard voters.count == 2 else { return nil }
        for (voter, log) in voters.logs.enumerated() {
            if let (identity, end) = overlay.standingSuccessor(of: log.log) { return (voter, identity, end) }
        }
        return nil
    }

    /// Acknowledges the other voter's successor, or begins the number anew once a continuation is known: nothing is
    /// on its way then.
    func lookForContinuation() {
        guard let (voter, successor, end) = ended, core.voters.continuation == nil, decided == nil, !isHandling,
              pending.isEmpty, !isSyncing else { return }
        let (old, other) = (settled.votingSet.logs[voter], settled.votingSet.logs[1 - voter])
        if place(of: successor.log, end, in: other.log) != nil {
            guard votersWithContinuation().continuation != nil else { return }
            world.marks.hit(.continued)
            note(15, [], "goes on with the voters of epoch \(epoch.number) and log \(successor.log)")
            return beginHeight()
        }
        guard other.log == disk.ownLog, isWriting, disk.forks[old.log] == nil, let held = disk.journals[old.log],
              held.size == end.size.count, held.roots[held.size] == end.root else { return }
        world.marks.hit(.acknowledged)
        append(Acknowledge(successor: successor.log, end: Head(size: end.size, root: end.root)).entry())
    }

    /// The voters of E_k, with a successor that goes on with one's log where that is known.
    func votersWithContinuation() -> VotingSet {
        let voters = settled.votingSet
        guard let (voter, successor, end) = ended else { return voters }
        let other = voters.logs[1 - voter].log
        guard let index = place(of: successor.log, end, in: other), let held = disk.journals[other],
              let head = held.tip.head, head.size.count == held.size,
              let zero = disk.journals[successor.log]?.entries.first else { return voters }
        let tree = MerkleTree(LeafHashes(held.leaves, suite), size: head.size, suite)
        let proof = InclusionProof(
            index: EntryIndex(known: index), size: head.size,
            hashes: tree.inclusionProof(of: EntryIndex(known: index)))
        let continuation = Continuation(
            voter: voter, entryZero: zero, acknowledge: held.entries[index], proof: proof, root: head.root,
            signature: head.signed.signature)
        do throws(CertificateRefusal) { return try voters.continued(by: continuation, suite) } catch {
            world.violate("E4", "member \(member) makes a continuation that is none: \(error)")
            return voters
        }
    }

    /// Protocol/kinds.md.
    private static let acknowledgeKind: UInt16 = 5

    /// Where a log acknowledges a successor with its end.
    private func place(of successor: LogID, _ end: PredecessorEnd, in log: LogID) -> Int? {
        disk.journals[log]?.entries.firstIndex { bytes in
            guard let entry = try? Entry.parse(bytes), entry.kind == Self.acknowledgeKind,
                  let said = try? Acknowledge.parse(Array(entry.body)) else { return false }
            return said.successor == successor && said.end == Head(size: end.size, root: end.root)
        }
    }

    /// What this member said of a number on a log that its own goes on with; headers and polkas come again from the
    /// other voter.
    func continuedRecords(_ voters: VotingSet) -> [OwnRecord] {
        guard let continuation = voters.continuation, voters.successor?.log == disk.ownLog else { return [] }
        let log = voters.logs[continuation.voter].log
        let from = epoch.head(of: log)?.size.count ?? 0
        return (disk.journals[log]?.entries ?? []).enumerated().dropFirst(from).compactMap { index, bytes in
            guard let entry = try? Entry.parse(bytes), let message = try? ConsensusMessage.parse(entry),
                  message.number == voters.next else { return nil }
            return OwnRecord(OwnMessage(message), at: EntryIndex(known: index))
        }
    }

    /// Whether a log that ended is held beyond its end by the other of two voters, which then acknowledges nothing:
    /// two members do not survive that by themselves.
    var isEndTooShort: Bool {
        guard let (voter, _, end) = ended, settled.votingSet.logs[1 - voter].log == disk.ownLog else { return false }
        return disk.size(settled.votingSet.logs[voter].log) > end.size.count
    }
}
