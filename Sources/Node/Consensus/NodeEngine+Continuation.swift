// SPDX-License-Identifier: EUPL-1.2
import Cooperative
public import Journal
import Storage

/// At two voters: a log that ended, and how far its successor is on the way to go on with it.
public struct EndedVoter: Sendable, Equatable {
    /// What is waited for.
    public enum Waiting: Sendable, Equatable {
        /// The other voter acknowledges once it holds the log up to the end that is named.
        case acknowledge(of: OIN)
        /// The end leaves out entries that the other voter holds: it does not acknowledge.
        case endTooShort(held: LogSize)
        /// Two histories of the log are known: nobody acknowledges.
        case forked
    }

    /// Whose log ended.
    public let member: OIN
    /// The end that the successor names.
    public let end: LogSize
    /// What it waits for.
    public let waiting: Waiting
}

/// Acknowledge entries that were looked for.
struct AcknowledgeWatch {
    /// So much of a log was looked through.
    var scanned: [LogID: Int] = [:]
    /// By successor: where the other voter acknowledges it.
    var found: [LogID: (log: LogID, index: Int, end: Head)] = [:]
    /// Successors for which this node is writing one.
    var underWay: Set<LogID> = []
}

// At two members a successor goes on with the old log in the running number, once the other voter has acknowledged.
// Spec: Protocol/membership.md §4, Protocol/consensus.md §3.
extension NodeEngine {
    /// Who votes on the running number, with a successor that goes on with one's log.
    var runningVoters: VotingSet { height?.core.voters ?? chain.voters }

    /// The voter whose log has a successor that E_k does not name yet, at two voters.
    private var ended: (voter: Int, successor: LogIdentity, end: PredecessorEnd)? {
        let voters = chain.voters
        guard voters.count == 2 else { return nil }
        for (voter, log) in voters.logs.enumerated() {
            if let (identity, end) = state.standingSuccessor(of: log.log) { return (voter, identity, end) }
        }
        return nil
    }

    /// What a successor waits for before it votes, `nil` where none does.
    public var endedVoter: EndedVoter? {
        guard let (voter, _, end) = ended, runningVoters.continuation == nil else { return nil }
        let (log, other) = (chain.voters.logs[voter], chain.voters.logs[1 - voter])
        let held = tips[log.log]?.held ?? .empty
        let isTheirs = log.origin.oin != member.oin
        let waiting: EndedVoter.Waiting = if forks[log.log] != nil { .forked } else if isTheirs, held > end.size {
            .endTooShort(held: held)
        } else { .acknowledge(of: other.origin.oin) }
        return EndedVoter(member: log.origin.oin, end: end.size, waiting: waiting)
    }

    /// Acknowledges the other voter's successor where its end covers all that is held here, and begins the number
    /// anew once a continuation is known. Nothing is under way then: what was appended is durable and read again.
    func lookForContinuation() {
        guard let (voter, successor, end) = ended, runningVoters.continuation == nil, height?.decided == nil else {
            return
        }
        guard !isPumping, !isApplying else { return scheduleView() }
        let (old, other) = (chain.voters.logs[voter], chain.voters.logs[1 - voter])
        lookThrough(other.log)
        guard let known = acknowledges.found[successor.log], known.end == Head(size: end.size, root: end.root) else {
            if other.log == ownLogID { acknowledge(successor, end, of: old.log) }
            return
        }
        guard let continuation = continuation(voter, successor.log, known) else { return }
        do throws(CertificateRefusal) {
            _ = try chain.voters.continued(by: continuation, suite)
        } catch { return log(.error, "continuation", successor.log.description, result: error.rawValue) }
        log(.info, "continuation", successor.log.description, result: "begun", ["oin": old.origin.oin.digits])
        beginHeight()
        feedHeld()
        refreshPermission()
        prepareProposal()
    }

    /// The voters of E_k, with a successor that goes on with one's log where that is known.
    func votersWithContinuation() -> VotingSet {
        guard let (voter, successor, end) = ended else { return chain.voters }
        lookThrough(chain.voters.logs[1 - voter].log)
        guard let known = acknowledges.found[successor.log], known.end == Head(size: end.size, root: end.root),
              let continuation = continuation(voter, successor.log, known)
        else { return chain.voters }
        return (try? chain.voters.continued(by: continuation, suite)) ?? chain.voters
    }

    private func acknowledge(_ successor: LogIdentity, _ end: PredecessorEnd, of old: LogID) {
        guard mode == .writes, forks[old] == nil, let tip = tips[old], tip.held == end.size,
              root(of: old, at: end.size) == end.root, acknowledges.underWay.insert(successor.log).inserted
        else { return }
        let entry = Acknowledge(successor: successor.log, end: Head(size: end.size, root: end.root)).entry()
        Task {
            do throws(EngineFailure) {
                _ = try await self.append([entry])
            } catch {
                self.log(.error, "acknowledge", successor.log.description, result: "failed", [
                    "reason": error.description,
                ])
            }
            self.acknowledges.underWay.remove(successor.log)
            self.scheduleView()
        }
    }

    private func lookThrough(_ log: LogID) {
        guard let tip = tips[log] else { return }
        var next = acknowledges.scanned[log] ?? 0
        while next < tip.held.count {
            let batch = heldEntries(of: log, from: next)
            for position in 0..<batch.count {
                let bytes = batch[position]
                guard bytes.count > 3, bytes[bytes.startIndex + 2] == 5, let entry = try? Entry.parse(bytes),
                      entry.references.isEmpty, entry.commitment == nil,
                      let said = try? Acknowledge.parse(Array(entry.body))
                else { continue }
                acknowledges.found[said.successor] = (log, next + position, said.end)
            }
            next += batch.count
        }
        acknowledges.scanned[log] = next
    }

    private func continuation(
        _ voter: Int, _ successor: LogID, _ known: (log: LogID, index: Int, end: Head)
    ) -> Continuation? {
        guard let tip = tips[known.log], let head = tip.head, head.size == tip.held,
              let source = store.tree(of: known.log)
        else { return nil }
        let index = EntryIndex(known: known.index)
        do throws(StorageFailure) {
            let hashes = try MerkleTree(source, size: head.size, suite).inclusionProof(of: index)
            return Continuation(
                voter: voter, entryZero: try store.entry(of: successor, at: EntryIndex(known: 0)),
                acknowledge: try store.entry(of: known.log, at: index),
                proof: InclusionProof(index: index, size: head.size, hashes: hashes), root: head.root,
                signature: head.signed.signature)
        } catch { return nil }
    }
}
