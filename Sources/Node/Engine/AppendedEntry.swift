// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// An entry of the own log that is durable and signed.
public struct AppendedEntry: Sendable, Equatable {
    /// The own log.
    public let log: LogID
    /// Its position.
    public let index: EntryIndex
    /// Its leaf hash.
    public let leaf: Hash

    /// How people and `korf explain` name an entry: `<log id, 12 digits>:<index>`.
    public var name: String { "\(log.description.prefix(12)):\(index)" }
}

/// What became of pages that a peer brought.
public struct PagesOutcome: Sendable {
    /// Logs whose pages were refused, and why.
    public let refused: [(log: LogID, refusal: PageRefusal)]
    /// How many entries are new and durable.
    public let entriesKept: Int
}
