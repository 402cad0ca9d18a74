// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Canonical CBOR, Protocol/cbor.md")
struct CBORTests {
    static let valid: [(String, CBOR)] = [
        ("00", .integer(0)), ("17", .integer(23)), ("1818", .integer(24)), ("1903e8", .integer(1_000)),
        ("1a000f4240", .integer(1_000_000)), ("1b7fffffffffffffff", .integer(.max)),
        ("20", .integer(-1)), ("3b7fffffffffffffff", .integer(.min)), ("40", .bytes([])), ("60", .text("")),
        ("62c3bc", .text("ü")), ("80", .array([])), ("a0", .map([])), ("f4", .bool(false)),
        ("f5", .bool(true)), ("f6", .null),
        ("a301022002616103", .map([
            .init(.integer(1), .integer(2)), .init(.integer(-1), .integer(2)), .init(.text("a"), .integer(3)),
        ])),
    ]

    @Test("§2.5 what the writer writes, the reader reads, byte for byte", arguments: valid)
    func roundTrip(hex: String, item: CBOR) throws {
        let bytes = try #require(Hexadecimal.decode(hex))
        #expect(try CBOR.decode(bytes) == item)
        #expect(item.encode() == bytes)
    }

    static let invalid: [(String, CBORRefusal)] = [
        ("", .truncated), ("18", .truncated), ("6261", .lengthExceedsInput), ("8101ff", .trailingBytes),
        ("0000", .trailingBytes), ("1817", .notShortest), ("190017", .notShortest), ("1900ff", .notShortest),
        ("1a0000ffff", .notShortest), ("1b00000000ffffffff", .notShortest), ("5817", .notShortest),
        ("1900", .truncated), ("1bffffffffffffffff", .integerOutOfRange),
        ("3b8000000000000000", .integerOutOfRange), ("9f01ff", .indefiniteLength), ("5fff", .indefiniteLength),
        ("7fff", .indefiniteLength), ("bfff", .indefiniteLength), ("c000", .unsupportedType),
        ("f7", .unsupportedType), ("f90000", .unsupportedType), ("fa00000000", .unsupportedType),
        ("fb0000000000000000", .unsupportedType), ("e0", .unsupportedType), ("f8ff", .unsupportedType),
        ("ff", .indefiniteLength), ("1f", .indefiniteLength), ("1c", .unsupportedType),
        ("a1400000", .keyType), ("a1f400", .keyType),
        ("a201000100", .duplicateKey), ("a202000100", .keyOrder), ("a26161000200", .keyOrder),
        ("61ff", .invalidUTF8), ("62c080", .invalidUTF8), ("63eda080", .invalidUTF8),
        ("64f4908080", .invalidUTF8), ("62c3", .lengthExceedsInput), ("61c3", .invalidUTF8),
        ("9bffffffffffffffff", .lengthExceedsInput), ("8301", .lengthExceedsInput),
        ("5a7fffffff", .lengthExceedsInput),
    ]

    @Test("§1, §4 every other type and spelling is refused with its reason", arguments: invalid)
    func refusals(hex: String, reason: CBORRefusal) throws {
        let bytes = try #require(Hexadecimal.decode(hex))
        #expect(throws: reason) { try CBORReader.check(bytes) }
        #expect(throws: reason) { try CBOR.decode(bytes) }
    }

    @Test("§3 sixteen containers inside each other are accepted, seventeen are not")
    func depth() throws {
        let sixteen = [UInt8](repeating: 0x81, count: 16) + [0]
        try CBORReader.check(sixteen)
        #expect(throws: CBORRefusal.tooDeep) { try CBORReader.check([0x81] + sixteen) }
    }

    @Test("§2 every accepted string of bytes has that one spelling", arguments: 0..<200 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var random = Seeded(seed)
        let item = Self.item(&random, depth: 0)
        let bytes = item.encode()
        #expect(try CBOR.decode(bytes) == item)
        for _ in 0..<50 {
            var changed = bytes
            changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            if let decoded = try? CBOR.decode(changed) { #expect(decoded.encode() == changed) }
        }
        for end in 0..<bytes.count { #expect(throws: CBORRefusal.self) { try CBORReader.check(Array(bytes[..<end])) } }
    }

    private static func item(_ random: inout Seeded, depth: Int) -> CBOR {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
        case 0: return .integer(Int64(bitPattern: random.next() >> UInt64.random(in: 0..<64, using: &random)))
        case 1: return .bytes(random.bytes(Int.random(in: 0..<40, using: &random)))
        case 2: return .text(String(repeating: "é", count: Int.random(in: 0..<15, using: &random)))
        case 3: return .bool(random.next() & 1 == 0)
        case 4: return .null
        case 5: return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in item(&random, depth: depth + 1) })
        default:
            var pairs: [CBOR.Pair] = []
            for number in 0..<Int.random(in: 0..<5, using: &random) {
                let key: CBORKey = number % 2 == 0 ? .integer(Int64(number * 7)) : .text("k\(number)")
                pairs.append(.init(key, item(&random, depth: depth + 1)))
            }
            pairs = pairs.filter { if case .integer = $0.key { true } else { false } }
                + pairs.filter { if case .text = $0.key { true } else { false } }
            return .map(pairs)
        }
    }

    @Test("the typed reader says when the item is another than asked for")
    func unexpected() throws {
        var reader = CBORReader([0x01])
        #expect(throws: CBORRefusal.unexpectedItem) { try reader.text() }
        var array = CBORReader([0x82, 0x01, 0x02])
        #expect(throws: CBORRefusal.unexpectedItem) { try array.array(count: 3) }
        var short = CBORReader([0x41, 0x00])
        #expect(throws: CBORRefusal.unexpectedItem) { let _: Hash = try short.bytes32() }
    }
}
