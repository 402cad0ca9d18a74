// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Whether two nodes hold the same, as far as an exchange can tell.
public enum DigestComparison: Hashable, Sendable {
    /// Equal head tables.
    case equal
    /// Different, although everything was exchanged.
    case unequal
    /// One side changed meanwhile, or the exchange was not complete.
    case unknown
}

/// How an exchange ended.
public enum ExchangeOutcome: Hashable, Sendable {
    /// Everything that was named was exchanged.
    case complete
    /// Something was refused or not delivered; the next exchange goes on.
    case partial
    /// No usable answer.
    case failed(String)
}

/// What an exchange brought, for `status` and for counting. Spec: Protocol/exchange.md §3.
public struct ExchangeSummary: Equatable, Sendable {
    /// How it ended.
    public var outcome: ExchangeOutcome = .complete
    /// Whether both sides now hold the same.
    public var digests: DigestComparison = .unknown
    /// Requests sent.
    public var requests = 0
    /// Bytes of bodies sent.
    public var bytesSent = 0
    /// Bytes of bodies received.
    public var bytesReceived = 0
    /// Entries received in usable pages.
    public var entriesReceived = 0
    /// Logs of which this side still lacks entries that the partner named, with how many.
    public var behind: [LogGap] = []
    /// Logs of which the partner still lacks entries that this side told it of, with how many.
    public var partnerBehind: [LogGap] = []
    /// What the partner did wrong, in order, bounded.
    public var faults: [PartnerFault] = []
    /// What the partner refused of ours, bounded.
    public var refusedByPartner: [LogRefusal] = []
    /// Logs that the partner named and that nothing authorises here.
    public var unknownLogs = 0
    /// The highest epoch that the partner holds; `nil` without an answer.
    public var partnerEpoch: Int?
    /// Epochs that the partner holds and that may contradict what is held here.
    public var partnerEpochs: [EpochMention] = []

    /// Nothing has happened yet.
    public init() {}
}

/// How many entries of a log one side lacks.
public struct LogGap: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The number of entries.
    public let entries: Int

    /// So many entries of `log`.
    public init(log: LogID, entries: Int) {
        self.log = log
        self.entries = entries
    }
}
