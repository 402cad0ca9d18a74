// SPDX-License-Identifier: EUPL-1.2

/// The bounds of this module.
enum Limits {
    /// How long SQLite waits for a lock that another connection of this process holds.
    static let busyMilliseconds: Int32 = 5_000
    /// How long the second process on a data directory waits before it is refused.
    static let lockMilliseconds = 500
    /// Bytes of callers' work that one transaction takes together.
    static let groupBytes = 8 << 20
    /// Callers that one transaction takes together.
    static let groupCallers = 1_024
    /// Bytes that must stay free on the disk beside what a transaction writes.
    static let freeBytes = 16 << 20
    /// Page cache of a writer, per database.
    static let writerCacheKibibytes = 4_096
    /// Page cache of a reader, per database.
    static let readerCacheKibibytes = 512
    /// Pages of write-ahead log after which a commit also copies them into the database.
    static let checkpointPages = 4_096
    /// Entries of a blob, which is also the width of a tile. Protocol/log.md §5.
    static let blobEntries = 256
    /// Verified blobs kept in memory for serving.
    static let verifiedBlobs = 8
    /// Rows of the history of changed heads; what falls out of it makes old tokens void.
    static let headChanges = 100_000
    /// Rows beyond that before the oldest are dropped together.
    static let headChangesSlack = 10_000
    /// Bytes of one fork evidence. Protocol/log.md §6.
    static let evidenceBytes = 5_120
    /// Bytes of one text. Protocol/exchange.md §6.
    static let textBytes = 1 << 20
    /// Peers of which the last exchange is remembered.
    static let peers = 4_096
    /// Bytes kept of a peer's error or of the name of a refusal.
    static let peerTextBytes = 500
    /// Kinds of refusal counted apart for one peer; the rest is counted together.
    static let peerRefusalKinds = 64
    /// Logs for which the largest head that a peer showed is kept.
    static let peerHeads = 10_000
    /// Bytes of an external head file.
    static let headFileBytes = 4_096

    /// Events held in memory before they become a sorted run.
    static let recentEvents = 65_536
    /// Runs of one tier that are merged into one of the next.
    static let runFanOut = 4
    /// Records merged per accepted event and tier: above 1, so that a merge ends before the next is due.
    static let mergeRecordsPerEvent = 2
    /// Least records merged with each transaction.
    static let mergeRecordsLeast = 512
    /// Pages of a merged run that are dropped with each transaction.
    static let droppedPages = 256
    /// Records of 32 bytes in one page of a run, so that the row fills one database page.
    static let runPageRecords = 126
    /// Bits of filter per record, as long as all filters together stay under `filterBits`.
    static let filterBitsPerRecord = 12
    /// Bits of one run's filter at most: 24 MiB.
    static let filterBits = 24 << 23
    /// Bytes of events in one row.
    static let eventRowBytes = 1 << 20
    /// Events of one call.
    static let acceptedEvents = 10_000
    /// Bytes of a source, an id or a match id.
    static let eventTextBytes = 1_024
    /// Names of applications, parties, classes and sources that the inbox has met.
    static let words = 262_144
    /// Day counters written with each transaction per accepted event.
    static let countersPerEvent = 2
    /// Least day counters written with each transaction.
    static let countersLeast = 256
    /// Findings that an offline check lists before it only counts.
    static let findings = 1_000
}
