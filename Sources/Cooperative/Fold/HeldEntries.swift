// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Entries in the order of a log with their leaf hashes, as admission found them.
public struct HeldBatch: Sendable {
    /// The entries.
    public let entries: EntryBatch
    /// The leaf hash of each.
    public let leafHashes: [Hash]

    /// Joins entries and their leaf hashes; there are as many of one as of the other.
    public init(_ entries: EntryBatch, leafHashes: [Hash]) {
        precondition(entries.count == leafHashes.count, "each entry has a leaf hash")
        self.entries = entries
        self.leafHashes = leafHashes
    }

    /// Entries whose leaf hashes are computed here.
    public init(_ entries: EntryBatch, hashing: some Hashing) {
        self.init(entries, leafHashes: entries.leafHashes(hashing))
    }

    /// How many entries there are.
    public var count: Int { entries.count }
}

/// Where the fold looks up entries that it was given before. It keeps no entry itself: those that wait are
/// read again when they are released. Whoever hands entries to the fold MUST be able to answer for them.
public protocol HeldEntries {
    /// The leaf hash of an entry, `nil` when it is not held.
    func leafHash(log: LogID, index: EntryIndex) -> Hash?

    /// The bytes of an entry, `nil` when it is not held.
    func entry(log: LogID, index: EntryIndex) -> [UInt8]?

    /// Entries of a log from `from` on, at most as many as is convenient; `nil` when there is none.
    func entries(log: LogID, from: EntryIndex) -> HeldBatch?

    /// Whether an entry is held and has exactly this leaf hash. One hash answers it, no tree.
    func holds(_ leaf: Hash, log: LogID, index: EntryIndex) -> Bool

    /// The bytes of an entry whose leaf hash the fold knows; `nil` when it is not held.
    func entry(_ leaf: Hash, log: LogID, index: EntryIndex) -> [UInt8]?
}

extension HeldEntries {
    /// By the leaf hash.
    public func holds(_ leaf: Hash, log: LogID, index: EntryIndex) -> Bool {
        leafHash(log: log, index: index) == leaf
    }

    /// By its place.
    public func entry(_ leaf: Hash, log: LogID, index: EntryIndex) -> [UInt8]? { entry(log: log, index: index) }
}

/// Entries in memory, for tools and tests.
public struct EntriesInMemory: HeldEntries, Sendable {
    private var logs: [LogID: [(bytes: [UInt8], leaf: Hash)]] = [:]

    /// Nothing held.
    public init() {}

    /// Appends an entry to a log.
    public mutating func append(_ entry: [UInt8], to log: LogID, hashing: some Hashing) {
        logs[log, default: []].append((entry, hashing.leafHash(entry)))
    }

    /// How many entries of a log are held.
    public func size(of log: LogID) -> LogSize { LogSize(known: logs[log]?.count ?? 0) }

    /// The leaf hash of an entry.
    public func leafHash(log: LogID, index: EntryIndex) -> Hash? {
        guard let entries = logs[log], index.position < entries.count else { return nil }
        return entries[index.position].leaf
    }

    /// The bytes of an entry.
    public func entry(log: LogID, index: EntryIndex) -> [UInt8]? {
        guard let entries = logs[log], index.position < entries.count else { return nil }
        return entries[index.position].bytes
    }

    /// All entries of a log from `from` on.
    public func entries(log: LogID, from: EntryIndex) -> HeldBatch? {
        guard let entries = logs[log], from.position < entries.count else { return nil }
        let rest = entries[from.position...]
        return HeldBatch(EntryBatch(rest.map(\.bytes)), leafHashes: rest.map(\.leaf))
    }
}
