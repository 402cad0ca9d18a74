// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Codes records one after another in the same memory: canonical CBOR of six items, hashed under a pair's key.
/// What one month holds millions of is written by hand here; the names at its front are kept ready.
/// Spec: Protocol/comparison.md §1.
public struct RecordCoder<Key: KeyedHashing> {
    private let key: Key
    private var numbers = UseNumbers()
    /// By number of use: the head of the array and its first three items.
    private var fronts: [[UInt8]] = []
    private var bytes: [UInt8] = []

    /// Codes under a pair's key.
    public init(_ key: Key) { self.key = key }

    /// The code of a record.
    public mutating func code(of record: TransactionRecord) -> RecordCode {
        precondition(record.quantity >= 0, "a quantity is not negative")
        let number = numbers.number(record.provider, record.application, record.tariffClass)
        if number == fronts.count { fronts.append(Self.front(record)) }
        var matchID = record.matchID
        // Taken out of the value while it is written to, and put back.
        var scratch: [UInt8] = []
        swap(&scratch, &bytes)
        defer { swap(&scratch, &bytes) }
        let (key, front) = (key, fronts[number])
        let (high, low) = matchID.withUTF8 { text in
            let room = front.count + text.count + Self.headBytes
            if scratch.count < room { scratch = [UInt8](repeating: 0, count: room * 2) }
            return scratch.withUnsafeMutableBytes { memory in
                var at = front.withUnsafeBytes { front in
                    memory.copyMemory(from: front)
                    return front.count
                }
                Self.head(0, UInt64(record.day.dayNumber), memory, &at)
                Self.head(3, UInt64(text.count), memory, &at)
                UnsafeMutableRawBufferPointer(rebasing: memory[at...]).copyMemory(from: UnsafeRawBufferPointer(text))
                at += text.count
                Self.head(0, UInt64(record.quantity), memory, &at)
                return key.code16(UnsafeRawBufferPointer(rebasing: memory[..<at]))
            }
        }
        return RecordCode(high: high, low: low)
    }

    /// Bytes of the heads of day, text and quantity, at most.
    private static var headBytes: Int { 27 }

    private static func front(_ record: TransactionRecord) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(count: 6)
        writer.text(record.provider.digits)
        writer.text(record.application)
        writer.text(record.tariffClass)
        return writer.bytes
    }

    /// Major type and argument in the shortest form. Spec: Protocol/cbor.md.
    private static func head(
        _ major: UInt8, _ argument: UInt64, _ memory: UnsafeMutableRawBufferPointer, _ at: inout Int
    ) {
        let byteCount: Int
        switch argument {
        case 0..<24:
            memory[at] = major << 5 | UInt8(argument)
            at += 1
            return
        case 24...0xFF: byteCount = 1
        case 0x100...0xFFFF: byteCount = 2
        case 0x1_0000...0xFFFF_FFFF: byteCount = 4
        default: byteCount = 8
        }
        memory[at] = major << 5 | (24 + UInt8(byteCount.trailingZeroBitCount))
        for place in 1...byteCount {
            memory[at + place] = UInt8(truncatingIfNeeded: argument >> UInt64((byteCount - place) * 8))
        }
        at += 1 + byteCount
    }
}

/// Numbers for provider, application and class in the order in which they are first met. Records of a month name few
/// of them, over and over: the latest are compared, not hashed.
struct UseNumbers: Sendable {
    private static let latestCount = 16
    private var latest: [(use: PricedUse, number: Int)] = []
    private var numbers: [PricedUse: Int] = [:]
    private var replaced = 0

    /// Every use met, in their order.
    private(set) var uses: [PricedUse] = []

    mutating func number(_ provider: OIN, _ application: String, _ tariffClass: String) -> Int {
        for index in latest.indices
        where latest[index].use.application == application && latest[index].use.tariffClass == tariffClass
            && latest[index].use.provider == provider {
            return latest[index].number
        }
        let use = PricedUse(provider: provider, application: application, tariffClass: tariffClass)
        let number = numbers[use] ?? uses.count
        if number == uses.count {
            numbers[use] = number
            uses.append(use)
        }
        if latest.count < Self.latestCount { latest.append((use, number)) } else {
            latest[replaced % Self.latestCount] = (use, number)
            replaced += 1
        }
        return number
    }

    /// The number of a use that was met.
    func known(_ use: PricedUse) -> Int? { numbers[use] }
}
