// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Card, Protocol/identity.md §3")
struct CardTests {
    @Test("a card and its file read as they were written")
    func roundTrip() throws {
        let card = try Sample.card(1)
        #expect(try Card.parse(card.encode()) == card)
        let checked = CheckedCard(signing: card, by: try Sample.key(1))
        #expect(try CheckedCard(file: checked.file, suite) == checked)
        #expect(checked.file.hasPrefix("-----BEGIN KORF CARD-----\n"))
        #expect(checked.file.split(separator: "\n").allSatisfy { $0.count <= 64 })
    }

    @Test("a card file that anything changed is refused")
    func file() throws {
        let checked = CheckedCard(signing: try Sample.card(1), by: try Sample.key(1))
        let other = try Sample.key(2).sign([1])
        #expect(throws: CardRefusal.signature) {
            try CheckedCard(bytes: checked.card.encode(), signature: other, suite)
        }
        for text in ["", checked.file + "\n", String(checked.file.dropLast()), checked.file.lowercased(),
                     checked.file.replacing("\n", with: "\r\n")] {
            #expect(throws: CardRefusal.fileShape) { try CheckedCard(file: text, suite) }
        }
    }

    private func changed(_ key: Int64, _ value: CBOR?) throws -> [UInt8] {
        guard case .map(let pairs) = try CBOR.decode(try Sample.card(1).encode()) else { throw SampleError.impossible }
        let rest = pairs.filter { $0.key != .integer(key) }
        return CBOR.map(rest + (value.map { [.init(.integer(key), $0)] } ?? [])).encode()
    }

    @Test("§6 each mandatory key must be there", arguments: 1...10)
    func missing(key: Int) throws {
        #expect(throws: CardRefusal.fieldMissing(key)) { try Card.parse(changed(Int64(key), nil)) }
    }

    static let malformed: [(Int64, CBOR)] = [
        (1, .text("123")), (1, .integer(1)), (2, .text("")), (2, .text(String(repeating: "a", count: 101))),
        (2, .text("a\nb")), (3, .integer(0)), (3, .integer(6)), (4, .bytes([1])), (5, .null), (6, .bytes([])),
        (7, .text("x")), (8, .array([])), (8, .array([.bytes([1])])),
        (8, .array([CBOR](repeating: .bytes([UInt8](repeating: 1, count: 32)), count: 3))),
        (9, .array([.text("voorbeeld.nl")])), (9, .array([CBOR](repeating: .text("a.nl:1"), count: 4))),
        (10, .array([.array([.text("GM12"), .text("X")])])),
        (10, .array([.array([.text("GM0002"), .text("X")]), .array([.text("GM0001"), .text("Y")])])),
        (10, .array([.array([.text("GM0002"), .text("X")]), .array([.text("GM0002"), .text("Y")])])),
        (11, .map([.init(.integer(8), .text("x"))])), (11, .map([.init(.integer(4), .text("1234567"))])),
        (11, .map([.init(.integer(1), .array([]))])), (11, .map([.init(.integer(7), .text("geen"))])),
        (11, .map([.init(.integer(1), .array([CBOR](repeating: .text("x"), count: 5)))])), (11, .null),
    ]

    @Test("§6 a value that is not of its form is named by its key", arguments: malformed)
    func invalid(key: Int64, value: CBOR) throws {
        #expect(throws: CardRefusal.fieldInvalid(Int(key))) { try Card.parse(changed(key, value)) }
    }

    @Test("§6 other keys, equal keys and other bytes are refused")
    func others() throws {
        #expect(throws: CardRefusal.fieldUnknown(12)) { try Card.parse(changed(12, .null)) }
        #expect(throws: CardRefusal.notCanonical) { try Card.parse([0xA0, 0x00]) }
        #expect(throws: CardRefusal.notCanonical) { try Card.parse([0x80]) }
        let key = try Sample.key(1).publicKey
        for number in [6, 7] as [Int64] {
            #expect(throws: CardRefusal.keysNotDistinct) { try Card.parse(changed(number, .bytes(key.bytes))) }
        }
    }

    @Test("§3 an endpoint is a host and a port in one spelling", arguments: [
        ("korf.voorbeeld.nl:8443", true), ("192.0.2.1:443", true), ("[2001:db8::1]:443", true),
        ("[::]:1", true), ("[1:2:3:4:5:6:7:8]:65535", true), ("localhost:8443", true), ("a-b.nl:1", true),
        ("korf.nl", false), ("korf.nl:0", false), ("korf.nl:065", false), ("korf.nl:65536", false),
        (":443", false), ("-a.nl:1", false), ("a..nl:1", false), ("256.1.1.1:1", false), ("1.2.3:1", false),
        ("01.2.3.4:1", false), ("[::1:1", false), ("[1::2::3]:1", false), ("[12345::]:1", false),
        ("2001:db8::1:443", false), ("[1:2:3:4:5:6:7:8:9]:1", false), ("a b.nl:1", false), ("a.nl:+1", false),
        ("[]:1", false), ("[1:2:3:4:5:6:7:8::]:1", false), ("[:1::2]:1", false),
    ])
    func endpoints(text: String, isValid: Bool) {
        #expect((Endpoint(text) != nil) == isValid, "\(text)")
        if isValid { #expect(Endpoint(text)?.description == text) }
    }
}

@Suite("Entry 0 and origin, Protocol/identity.md §4 and §5")
struct EntryZeroTests {
    private func successor(
        _ authority: Succession.Authority, signer: SigningKey, oin: OIN? = nil, after log: LogID? = nil
    ) throws -> EntryZero {
        let before = LogIdentity(try Sample.entryZero(1), suite)
        let end = try #require(PredecessorEnd(log: log ?? before.log, size: 5, root: Sample.hash(1)))
        return EntryZero(
            network: Sample.network, oin: try oin ?? Sample.oin(1), logKey: try Sample.key(9).publicKey,
            nextKeyHash: Sample.hash(3), after: end, authority: authority, signer: signer)
    }

    @Test("a founder's entry 0 follows from network and card, and reads back")
    func founder() throws {
        let zero = EntryZero(network: Sample.network, card: try Sample.card(1))
        #expect(zero == (try Sample.entryZero(1)))
        #expect(try EntryZero.parse(zero.encode()) == zero)
        #expect(zero.log(suite).value == suite.hash(zero.encode()).value)
        let origin = zero.origin(suite)
        #expect(origin.description.utf8.count == 150)
        #expect(Origin(origin.description) == origin)
        #expect(Origin(origin.description.uppercased()) == nil)
        let keys = (logKey: zero.logKey, nextKeyHash: zero.nextKeyHash)
        try zero.checkFounder(network: Sample.network) { $0 == zero.oin ? keys : nil }
        #expect(throws: EntryZeroRefusal.network) {
            try zero.checkFounder(network: NetworkID(Sample.hash(1))) { _ in keys }
        }
        #expect(throws: EntryZeroRefusal.oin) { try zero.checkFounder(network: Sample.network) { _ in nil } }
        #expect(throws: EntryZeroRefusal.notAuthorised) {
            try zero.checkFounder(network: Sample.network) { _ in (zero.logKey, Sample.hash(1)) }
        }
    }

    @Test("next key and recovery key authorise a successor, nothing else does")
    func authority() throws {
        let before = LogIdentity(try Sample.entryZero(1), suite)
        let (next, recovery, live) = (try Sample.key(101), try Sample.key(51), try Sample.key(1))
        func check(_ zero: EntryZero) throws {
            #expect(try EntryZero.parse(zero.encode()) == zero)
            try zero.checkSuccession(of: before, recoveryKey: recovery.publicKey, suite)
        }
        try check(successor(.nextKey, signer: next))
        try check(successor(.recoveryKey, signer: recovery))
        #expect(throws: EntryZeroRefusal.authority) { try check(successor(.nextKey, signer: live)) }
        #expect(throws: EntryZeroRefusal.authority) { try check(successor(.recoveryKey, signer: live)) }
        #expect(throws: EntryZeroRefusal.authority) { try check(successor(.recoveryKey, signer: next)) }
        #expect(throws: EntryZeroRefusal.oin) {
            try check(successor(.nextKey, signer: next, oin: try Sample.oin(2)))
        }
        #expect(throws: EntryZeroRefusal.notAuthorised) {
            try check(successor(.nextKey, signer: next, after: LogID(Sample.hash(4))))
        }
        #expect(throws: EntryZeroRefusal.shape) { try check(Sample.entryZero(1)) }
    }

    @Test("a changed successor is refused by its signature")
    func signature() throws {
        let zero = try successor(.nextKey, signer: try Sample.key(101))
        var bytes = zero.encode()
        bytes[bytes.count - 1] ^= 1
        let changed = try EntryZero.parse(bytes)
        let before = LogIdentity(try Sample.entryZero(1), suite)
        #expect(throws: EntryZeroRefusal.signature) {
            try changed.checkSuccession(of: before, recoveryKey: try Sample.key(51).publicKey, suite)
        }
    }

    @Test("§6 other shapes are refused")
    func shape() throws {
        #expect(throws: EntryZeroRefusal.shape) { try EntryZero.parse(Sample.entry(1)) }
        #expect(throws: EntryZeroRefusal.shape) { try EntryZero.parse([0x00]) }
        let zero = try Sample.entryZero(1).encode()
        let digits = Array(try Sample.oin(1).digits.utf8)
        let start = try #require((0..<zero.count - 20).first { Array(zero[$0..<$0 + 20]) == digits })
        var changed = zero
        changed[start] = 0x61
        #expect(throws: EntryZeroRefusal.shape) { try EntryZero.parse(changed) }
        #expect(PredecessorEnd(log: LogID(Sample.hash(1)), size: 0, root: Sample.hash(2)) == nil)
    }
}
