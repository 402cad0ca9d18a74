// SPDX-License-Identifier: EUPL-1.2
public import Journal
public import Storage

/// Why the engine could not do what was asked.
public enum EngineFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The store could not make it durable. After a failed write it refuses everything and the daemon ends.
    case storage(StorageFailure)
    /// The own log is not written: this store was restored or copied, or a peer holds more of it.
    case readsOnly(String)
    /// An entry of our own breaks a rule; a fault of ours or a value that is too long.
    case entry(EntryRefusal)
    /// The own log is as long as a writer lets it become before an epoch covers it.
    case full(what: String, bytesLimit: Int)
    /// The own log asks for as many rows as count of one log before an epoch covers it.
    case fullOfRows(what: String, limit: Int)
    /// This member is a newcomer that is not admitted yet.
    case notAdmitted
    /// The node is stopping.
    case stopping

    public var description: String {
        switch self {
        case .storage(let failure): failure.description
        case .readsOnly(let reason): "This node only reads: \(reason)"
        case .entry(let refusal): "The entry was refused: \(refusal.reason)"
        case .full(let what, let limit):
            "This log holds as much of \(what) as may stand above an epoch, \(limit) bytes; "
                + "it goes on when an epoch covers it."
        case .fullOfRows(let what, let limit):
            "This log asks for as many rows of \(what) as one log may above an epoch, \(limit); "
                + "it goes on when an epoch covers it. Split what you import over several epochs."
        case .notAdmitted:
            "This node's member is not admitted to the network yet; `korf network join` shows what it waits for."
        case .stopping: "The node is stopping."
        }
    }
}

/// Whether this node writes its log.
public enum OwnLogMode: Sendable, Equatable {
    /// It does.
    case writes
    /// It asks its peers first whether they hold more of it; new work waits.
    case asking
    /// Its member is not admitted yet: it says nothing but that it is ready. Spec: Protocol/membership.md §1.
    case joins
    /// It does not, and why.
    case readsOnly(String)
}
