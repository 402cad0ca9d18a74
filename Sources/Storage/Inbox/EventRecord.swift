// SPDX-License-Identifier: EUPL-1.2

/// One record in a row of the inbox: an event, a retraction, or the place of one that expired.
/// Numbers are little-endian; text stands behind the fixed part. Spec: Protocol/storage.md §5.
struct EventRecord: Equatable {
    enum Kind: UInt8 { case event = 0, retraction = 1, expired = 255 }

    static let fixedBytes = 62
    static let noTransaction: UInt16 = .max

    var kind: Kind
    var key: CounterKey
    var quantity: UInt64
    var identity: EventIdentity
    /// The content hash of an event; the position of the event that a retraction takes back.
    var content: UInt64
    /// The number of the word that is the source.
    var source: UInt32
    var id: String
    var transaction: String?

    /// What the record adds to its cell and day.
    func counters(at position: UInt64) -> InboxCounters {
        switch kind {
        case .event: InboxCounters(eventsCounted: 1, quantityCounted: quantity, position: position)
        case .retraction: InboxCounters(eventsRetracted: 1, quantityRetracted: quantity, position: position)
        case .expired: InboxCounters()
        }
    }

    func append(to bytes: inout [UInt8]) {
        guard kind != .expired else { return bytes.append(kind.rawValue) }
        bytes.append(kind.rawValue)
        bytes.append(key.side)
        Self.append(UInt32(bitPattern: key.day), to: &bytes)
        for word in [key.application, key.provider, key.consumer, key.usageClass] {
            Self.append(word, to: &bytes)
        }
        Self.append(quantity, to: &bytes)
        Self.append(identity.high, to: &bytes)
        Self.append(identity.low, to: &bytes)
        Self.append(content, to: &bytes)
        Self.append(source, to: &bytes)
        Self.append(UInt16(id.utf8.count), to: &bytes)
        Self.append(transaction.map { UInt16($0.utf8.count) } ?? Self.noTransaction, to: &bytes)
        bytes.append(contentsOf: id.utf8)
        if let transaction { bytes.append(contentsOf: transaction.utf8) }
    }

    /// Reads the record at `offset` and moves it behind; `nil` when the bytes end or are none.
    static func read(_ bytes: UnsafeRawBufferPointer, at offset: inout Int) -> EventRecord? {
        guard offset < bytes.count, let kind = Kind(rawValue: bytes[offset]) else { return nil }
        guard kind != .expired else {
            offset += 1
            return .tombstone
        }
        guard offset + fixedBytes <= bytes.count else { return nil }
        let start = offset
        func number<Number: FixedWidthInteger>(_ at: Int, _ type: Number.Type) -> Number {
            Number(littleEndian: bytes.loadUnaligned(fromByteOffset: start + at, as: type))
        }
        let idCount = Int(number(58, UInt16.self))
        let transactionCount = number(60, UInt16.self)
        let textEnd = start + fixedBytes + idCount
        let end = textEnd + (transactionCount == noTransaction ? 0 : Int(transactionCount))
        guard end <= bytes.count else { return nil }
        offset = end
        return EventRecord(
            kind: kind,
            key: CounterKey(
                application: number(6, UInt32.self), provider: number(10, UInt32.self),
                consumer: number(14, UInt32.self), usageClass: number(18, UInt32.self),
                side: bytes[start + 1], day: Int32(bitPattern: number(2, UInt32.self))),
            quantity: number(22, UInt64.self),
            identity: EventIdentity(high: number(30, UInt64.self), low: number(38, UInt64.self)),
            content: number(46, UInt64.self), source: number(54, UInt32.self),
            id: String(decoding: bytes[start + fixedBytes..<textEnd], as: UTF8.self),
            transaction: transactionCount == noTransaction
                ? nil : String(decoding: bytes[textEnd..<end], as: UTF8.self))
    }

    static let tombstone = EventRecord(
        kind: .expired,
        key: CounterKey(application: 0, provider: 0, consumer: 0, usageClass: 0, side: 0, day: 0),
        quantity: 0, identity: EventIdentity(high: 0, low: 0), content: 0, source: 0, id: "", transaction: nil)

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// The cell and day of a counter, its names as numbers of words.
struct CounterKey: Hashable, Comparable, Sendable {
    var application: UInt32
    var provider: UInt32
    var consumer: UInt32
    var usageClass: UInt32
    var side: UInt8
    var day: Int32

    static func < (left: Self, right: Self) -> Bool {
        // By day first: what is metered together is near in time, so its counters share pages.
        if left.day != right.day { return left.day < right.day }
        return (left.application, left.provider, left.consumer, left.usageClass, left.side)
            < (right.application, right.provider, right.consumer, right.usageClass, right.side)
    }

    /// Six numbers in the order of the key, for the cursor of a half-written seal.
    var bytes: [UInt8] {
        [application, provider, consumer, usageClass, UInt32(side), UInt32(bitPattern: day)].flatMap { number in
            withUnsafeBytes(of: number.littleEndian) { Array($0) }
        }
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count == 24 else { return nil }
        let numbers = stride(from: 0, to: 24, by: 4).map { start in
            bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        guard let side = UInt8(exactly: numbers[4]) else { return nil }
        self.init(
            application: numbers[0], provider: numbers[1], consumer: numbers[2], usageClass: numbers[3],
            side: side, day: Int32(bitPattern: numbers[5]))
    }

    init(
        application: UInt32, provider: UInt32, consumer: UInt32, usageClass: UInt32, side: UInt8, day: Int32
    ) {
        self.application = application
        self.provider = provider
        self.consumer = consumer
        self.usageClass = usageClass
        self.side = side
        self.day = day
    }
}
