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
    public init(_ key: Key) {
        self.key = key
        bytes.reserveCapacity(512)
    }

    /// The code of a record.
    public mutating func code(of record: TransactionRecord) -> RecordCode {
        let number = numbers.number(record.provider, record.application, record.tariffClass)
        if number == fronts.count { fronts.append(Self.front(record)) }
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: fronts[number])
        head(0, UInt64(record.day.dayNumber))
        head(3, UInt64(record.matchID.utf8.count))
        bytes.append(contentsOf: record.matchID.utf8)
        precondition(record.quantity >= 0, "a quantity is not negative")
        head(0, UInt64(record.quantity))
        let (high, low) = bytes.withUnsafeBytes { key.code16($0) }
        return RecordCode(high: high, low: low)
    }

    private static func front(_ record: TransactionRecord) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(count: 6)
        writer.text(record.provider.digits)
        writer.text(record.application)
        writer.text(record.tariffClass)
        return writer.bytes
    }

    /// Major type and argument in the shortest form. Spec: Protocol/cbor.md.
    private mutating func head(_ major: UInt8, _ argument: UInt64) {
        let type = major << 5
        switch argument {
        case 0..<24: bytes.append(type | UInt8(argument))
        case 24...0xFF:
            bytes.append(type | 24)
            bytes.append(UInt8(argument))
        case 0x100...0xFFFF: number(type | 25, argument, byteCount: 2)
        case 0x1_0000...0xFFFF_FFFF: number(type | 26, argument, byteCount: 4)
        default: number(type | 27, argument, byteCount: 8)
        }
    }

    private mutating func number(_ initial: UInt8, _ argument: UInt64, byteCount: UInt64) {
        bytes.append(initial)
        for place in (0..<byteCount).reversed() { bytes.append(UInt8(truncatingIfNeeded: argument >> (place * 8))) }
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
        for (use, number) in latest
        where use.application == application && use.tariffClass == tariffClass && use.provider == provider {
            return number
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
