// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Which entries one side asks the other for. Spec: Protocol/exchange.md §2, key 12.
public struct Want: Hashable, Sendable {
    /// The log.
    public let log: LogReference
    /// The first entry that is missing.
    public let from: EntryIndex

    /// All of `log` from `from` on.
    public init(log: LogReference, from: EntryIndex) {
        self.log = log
        self.from = from
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        try reader.array(count: 2)
        log = try LogReference(from: &reader)
        from = EntryIndex(known: try reader.unsigned())
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 2)
        log.write(to: &writer)
        writer.integer(from.position)
    }
}

/// Why pushed pages of one log were not kept. Spec: Protocol/exchange.md §3, key 15.
public struct PushRefusal: Hashable, Sendable {
    /// The log.
    public let log: LogReference
    /// The reason, of Protocol/log.md §4 or Protocol/exchange.md §4.
    public let reason: String

    /// A refusal of pages of `log`.
    public init(log: LogReference, reason: String) {
        self.log = log
        self.reason = reason
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        try reader.array(count: 2)
        log = try LogReference(from: &reader)
        reason = try reader.text()
        guard (1...ExchangeLimits.reasonBytes).contains(reason.utf8.count) else { throw .unexpectedItem }
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 2)
        log.write(to: &writer)
        writer.text(reason)
    }
}
