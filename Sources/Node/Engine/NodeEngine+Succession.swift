// SPDX-License-Identifier: EUPL-1.2
import Cooperative
public import Cryptography
public import Journal
import Replication
import Storage

/// Where the own log ends as far as this node can see, for whoever opens a successor.
public struct OwnLogEnd: Sendable, Equatable {
    /// The newest log of this member.
    public let log: LogIdentity
    /// Its head, where all that it signs is held here.
    public let end: PredecessorEnd?
    /// Entries held here.
    public let held: LogSize
}

/// Why no successor was opened; nothing was written then.
public enum SuccessionRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The key does not fit the file.
    case key(String)
    /// The entry 0 is not one that may follow the own log.
    case entryZero(EntryZeroRefusal)
    /// The end that it names is not the end of the own log as it is held here.
    case end(held: LogSize)
    /// The engine could not write it.
    case engine(EngineFailure)

    /// A sentence for its operator.
    public var description: String {
        switch self {
        case .key(let sentence): sentence
        case .entryZero(.authority):
            "The key is neither the next key nor the recovery key of this member's log; nothing was written."
        case .entryZero(let refusal): "The successor is refused (\(refusal.reason)); nothing was written."
        case .end(let held):
            "The own log is held here up to \(held) entries now, another end than the one named; try again."
        case .engine(let failure): failure.description
        }
    }
}

// Successors of the own log. Spec: Protocol/membership.md §4, Protocol/log.md §7.
extension NodeEngine {
    /// Where the own log ends, as far as is held here.
    public var ownLogEnd: OwnLogEnd {
        let identity = state.member(member.oin)?.logs.first ?? ownIdentity
        let tip = tips[identity.log]
        var end: PredecessorEnd?
        if let tip, let head = tip.head, head.size == tip.held {
            end = PredecessorEnd(log: identity.log, size: head.size, root: head.root)
        }
        return OwnLogEnd(log: identity, end: end, held: tip?.held ?? .empty)
    }

    /// Makes a successor the own log: its entry 0 is checked against what is held, then durable and shown to others.
    public func succeed(by zero: EntryZero, signer: SigningKey) async throws(SuccessionRefusal) -> LogID {
        guard zero.logKey == signer.publicKey else { throw .key("The new log key is not the one of the entry 0.") }
        await modeIsKnown()
        let known = ownLogEnd
        guard let end = known.end, zero.succession?.end == end else { throw .end(held: known.held) }
        let identity: LogIdentity
        do throws(EntryZeroRefusal) { identity = try state.authorise(zero, suite) } catch { throw .entryZero(error) }
        let opening = OwnLogOpening(entryZero: zero, signer: signer, isSuccessor: true)
        do throws(EngineFailure) { _ = try await submit { .begin(opening, $0) } } catch { throw .engine(error) }
        refreshPermission()
        return identity.log
    }
}
