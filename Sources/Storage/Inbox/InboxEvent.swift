// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Sixteen bytes of keyed hash of an event's (source, id): what the inbox remembers for ever.
/// The key is `InboxStore.identityKey`. Spec: Protocol/storage.md §5.
public struct EventIdentity: Hashable, Sendable, Comparable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// Joins the halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// `nil` unless there are sixteen bytes or more; the first sixteen count.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count >= 16 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Byte order.
    public static func < (left: Self, right: Self) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

/// On which side of a delivery the node meters.
public enum InboxSide: UInt8, Sendable, CaseIterable, Comparable {
    case provider = 0
    case consumer = 1

    /// The provider's side first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One event to be accepted, as mapped from its CloudEvent.
public struct InboxEvent: Sendable, Equatable {
    /// Keyed hash of (source, id).
    public let identity: EventIdentity
    /// Eight bytes of hash of the mapped data and the civil day: the same id with another content is a
    /// conflict.
    public let content: UInt64
    /// The CloudEvents source.
    public let source: String
    /// The CloudEvents id.
    public let id: String
    /// The id that both sides share, where the event has one.
    public let transaction: String?
    /// The application that was used.
    public let application: String
    /// Who provided it.
    public let provider: OIN
    /// Who used it.
    public let consumer: OIN
    /// The class of use.
    public let usageClass: String
    /// On which side this node stands.
    public let side: InboxSide
    /// The day to which the use belongs.
    public let day: CivilDate
    /// How much was used, in the application's unit.
    public let quantity: UInt64

    /// Takes the fields as they are; their lengths are judged when the event is accepted.
    public init(
        identity: EventIdentity, content: UInt64, source: String, id: String, transaction: String?,
        application: String, provider: OIN, consumer: OIN, usageClass: String, side: InboxSide,
        day: CivilDate, quantity: UInt64
    ) {
        self.identity = identity
        self.content = content
        self.source = source
        self.id = id
        self.transaction = transaction
        self.application = application
        self.provider = provider
        self.consumer = consumer
        self.usageClass = usageClass
        self.side = side
        self.day = day
        self.quantity = quantity
    }
}

/// What became of one event. A position is the sequence number of the event in the inbox, dense, from 1.
public enum AcceptOutcome: Sendable, Equatable {
    /// New, and durable.
    case accepted(position: UInt64)
    /// Held already, with the same content.
    case duplicate(position: UInt64)
    /// Its id is held with another content; nothing was kept of this one.
    case conflict(position: UInt64)
}

/// What became of a wish to retract an event.
public enum RetractOutcome: Sendable, Equatable {
    /// Retracted now, at a position of its own in the inbox.
    case retracted(position: UInt64)
    /// It was retracted before, at that position.
    case already(position: UInt64)
    /// No event with this id was ever accepted.
    case unknown
    /// The raw event has expired, so its counters are settled for good.
    case expired
}

/// An event as it is kept until it expires.
public struct StoredEvent: Sendable, Equatable {
    /// Its place in the inbox.
    public let position: UInt64
    /// The event itself.
    public let event: InboxEvent
    /// The position of its retraction, where it was retracted later.
    public let retractedAt: UInt64?

    /// Whether it was retracted later.
    public var isRetracted: Bool { retractedAt != nil }
}

/// A cell of usage of this node: what its counters belong to. Spec: Protocol/kinds.md §2.
public struct InboxCell: Hashable, Sendable, Comparable {
    /// The application that was used.
    public let application: String
    /// Who provided it.
    public let provider: OIN
    /// Who used it.
    public let consumer: OIN
    /// The class of use.
    public let usageClass: String
    /// The month to which the use belongs.
    public let month: CivilMonth
    /// On which side this node stands.
    public let side: InboxSide

    /// Names a cell.
    public init(
        application: String, provider: OIN, consumer: OIN, usageClass: String, month: CivilMonth,
        side: InboxSide
    ) {
        self.application = application
        self.provider = provider
        self.consumer = consumer
        self.usageClass = usageClass
        self.month = month
        self.side = side
    }

    /// By application, provider, consumer, class, month, side: the order of a flush. Text by its bytes.
    public static func < (left: Self, right: Self) -> Bool {
        if left.application != right.application {
            return left.application.utf8.lexicographicallyPrecedes(right.application.utf8)
        }
        if left.provider != right.provider { return left.provider < right.provider }
        if left.consumer != right.consumer { return left.consumer < right.consumer }
        if left.usageClass != right.usageClass {
            return left.usageClass.utf8.lexicographicallyPrecedes(right.usageClass.utf8)
        }
        return (left.month, left.side) < (right.month, right.side)
    }
}

/// Four counters and the largest inbox position that moved them. They never fall.
public struct InboxCounters: Hashable, Sendable {
    /// Events counted.
    public var eventsCounted: UInt64
    /// Events retracted, each of them counted before.
    public var eventsRetracted: UInt64
    /// The quantity of the events counted.
    public var quantityCounted: UInt64
    /// The quantity of the events retracted.
    public var quantityRetracted: UInt64
    /// The largest position of an event or retraction that is counted here; 0 for none.
    public var position: UInt64

    /// Takes the counters as given.
    public init(
        eventsCounted: UInt64 = 0, eventsRetracted: UInt64 = 0, quantityCounted: UInt64 = 0,
        quantityRetracted: UInt64 = 0, position: UInt64 = 0
    ) {
        self.eventsCounted = eventsCounted
        self.eventsRetracted = eventsRetracted
        self.quantityCounted = quantityCounted
        self.quantityRetracted = quantityRetracted
        self.position = position
    }

    mutating func add(_ other: InboxCounters) {
        eventsCounted += other.eventsCounted
        eventsRetracted += other.eventsRetracted
        quantityCounted += other.quantityCounted
        quantityRetracted += other.quantityRetracted
        position = max(position, other.position)
    }
}

/// A cell with what the inbox counted and what was last flushed to the log.
public struct CellCounters: Sendable, Equatable {
    /// The cell.
    public let cell: InboxCell
    /// What stands in the inbox.
    public let current: InboxCounters
    /// What `recordFlush` was last told; zeros where it never was.
    public let flushed: InboxCounters

    /// Whether anything was counted or retracted since the last flush.
    public var hasChanges: Bool {
        current.eventsCounted != flushed.eventsCounted || current.eventsRetracted != flushed.eventsRetracted
    }
}

/// What one day adds to a cell. Days stay in the node.
public struct DayCounters: Sendable, Equatable {
    /// The cell.
    public let cell: InboxCell
    /// The day, in the month of the cell.
    public let day: CivilDate
    /// The counters of that day alone.
    public let counters: InboxCounters
}
