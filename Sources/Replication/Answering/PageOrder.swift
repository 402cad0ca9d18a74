// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Entries of one log that are to be sent, as far as they fit.
public struct PageOrder: Hashable, Sendable {
    /// The log and the head that signs what is sent.
    public let row: HeadRow
    /// The first entry to send.
    public let from: EntryIndex

    /// `nil` where the row has nothing from `from` on.
    init?(_ row: HeadRow, from: EntryIndex) {
        guard row.head != nil, from.position < row.exchangedSize.count else { return nil }
        self.row = row
        self.from = from
    }

    /// Entries that are missing.
    var missing: Int { row.exchangedSize.count - from.position }

    /// Fewest missing first, so that what is new and small never waits for what is old and large.
    static func isServedBefore(_ left: PageOrder, _ right: PageOrder) -> Bool {
        left.missing == right.missing ? left.row.log < right.row.log : left.missing < right.missing
    }
}

/// Writes pages for orders within a budget that the logs share fairly: each log may use an equal part of
/// what is left, and what a small one leaves falls to the larger ones after it.
struct PageFiller {
    /// The pages, encoded one after the other.
    private(set) var pages = EncodedPages()
    /// Up to where each log of `pages` was sent.
    private(set) var ends: [HeldSize] = []
    private let numbers: LogNumbers

    init(_ numbers: LogNumbers) { self.numbers = numbers }

    /// Fills `orders`, in the order of service, with at most `budgetBytes` of encoded pages. A budget above
    /// nothing sends at least one entry, where any can be sent.
    mutating func fill<Source: PageSource>(
        _ orders: [PageOrder], budgetBytes: Int, from source: inout Source
    ) throws(Source.Failure) {
        guard budgetBytes > 0 else { return }
        let sorted = orders.sorted(by: PageOrder.isServedBefore)
        for (position, order) in sorted.enumerated() {
            let left = budgetBytes - pages.bytes.count
            guard left >= ExchangeLimits.shareBytes, pages.count < ExchangeLimits.pagesFilled else { break }
            let share = max(ExchangeLimits.shareBytes, left / (sorted.count - position))
            try add(order, budgetBytes: min(share, left), from: &source)
        }
        guard pages.count == 0 else { return }
        for order in sorted.prefix(ExchangeLimits.firstPageAttempts) where pages.count == 0 {
            try add(order, budgetBytes: max(budgetBytes, ExchangeLimits.oneEntryBytes), from: &source)
        }
    }

    private mutating func add<Source: PageSource>(
        _ order: PageOrder, budgetBytes: Int, from source: inout Source
    ) throws(Source.Failure) {
        guard let head = order.row.head else { return }
        let hashBytes = 2 * (Int.bitWidth - head.size.count.leadingZeroBitCount) * 34
        var sink = EntrySink(budgetBytes: budgetBytes - ExchangeLimits.pageHeadBytes - hashBytes)
        try source.entries(of: order.row.log, from: order.from, below: order.row.exchangedSize, to: &sink)
        guard sink.count > 0 else { return }
        let end = LogSize(known: order.from.position + sink.count)
        precondition(end <= order.row.exchangedSize, "a source offers only what it was asked for")
        guard let hashes = try source.rightHandHashes(of: order.row.log, from: end, to: head.size) else { return }
        var writer = CBORWriter(capacity: sink.bytes.count + ExchangeLimits.pageHeadBytes + hashes.count * 34)
        writer.array(count: 6)
        numbers.reference(to: order.row.log).write(to: &writer)
        writer.integer(order.from.position)
        writer.integer(head.size.count)
        writer.bytes(head.signature)
        writer.array(count: sink.count)
        writer.raw(sink.bytes)
        writer.array(count: hashes.count)
        for hash in hashes { writer.bytes(hash) }
        pages.append(writer.bytes)
        ends.append(HeldSize(log: order.row.log, size: end))
    }
}
