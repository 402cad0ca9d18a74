// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Entry, Protocol/log.md §1")
struct EntryTests {
    private func reference(_ number: UInt8, _ index: Int) -> EntryReference {
        EntryReference(log: LogID(Sample.hash(number)), index: EntryIndex(known: index), leaf: Sample.hash(3))
    }

    @Test("an entry reads as it was written, in each of its three forms")
    func roundTrip() throws {
        let references = [reference(1, 5), reference(1, 4), reference(2, 0)]
        let commitment = TextCommitment(Sample.hash(8).value)
        for (given, text) in [([], nil), (references, nil), ([], commitment), (references, commitment)] {
            let entry = try Entry(kind: 300, body: [0x81, 0x05], references: given, commitment: text)
            #expect(try Entry.parse(entry.bytes) == entry)
            #expect(entry.references == given.sorted())
            #expect(entry.commitment == text)
            #expect(Array(entry.body) == [0x81, 0x05])
            #expect(entry.kind == 300)
        }
    }

    private func expect(_ refusal: EntryRefusal, _ build: (inout CBORWriter) -> Void) {
        var writer = CBORWriter()
        build(&writer)
        #expect(throws: refusal) { try Entry.parse(writer.bytes) }
    }

    @Test("what is not an entry is refused by name")
    func refusals() throws {
        expect(.shape) { $0.integer(1) }
        expect(.shape) { $0.array(count: 2); $0.integer(1); $0.integer(1) }
        expect(.version) { $0.array(count: 3); $0.integer(2); $0.integer(1); $0.null() }
        expect(.version) { $0.array(count: 3); $0.text("1"); $0.integer(1); $0.null() }
        expect(.shape) { $0.array(count: 3); $0.integer(1); $0.integer(65_536); $0.null() }
        expect(.shape) { $0.array(count: 3); $0.integer(1); $0.integer(-1); $0.null() }
        expect(.shape) { $0.array(count: 4); $0.integer(1); $0.integer(1); $0.null(); $0.array(count: 0) }
        expect(.shape) {
            $0.array(count: 4); $0.integer(1); $0.integer(1); $0.null(); $0.array(count: 1); $0.integer(1)
        }
        expect(.commitment) {
            $0.array(count: 5); $0.integer(1); $0.integer(1); $0.null(); $0.array(count: 0); $0.bytes([1, 2])
        }
        expect(.notCanonical(.trailingBytes)) {
            $0.array(count: 3); $0.integer(1); $0.integer(1); $0.null(); $0.null()
        }
        expect(.notCanonical(.unsupportedType)) {
            $0.array(count: 3); $0.integer(1); $0.integer(1); $0.raw([0xF7])
        }
        expect(.notCanonical(.truncated)) { _ in }
    }

    @Test("references are sorted, each once, at most sixty-four")
    func references() throws {
        func entry(_ references: [EntryReference]) -> [UInt8] {
            var writer = CBORWriter()
            writer.array(count: 4); writer.integer(1); writer.integer(1); writer.null()
            writer.array(count: references.count)
            for reference in references { reference.write(to: &writer) }
            return writer.bytes
        }
        let sorted = (0..<64).map { reference(1, $0) }
        #expect(try Entry.parse(entry(sorted)).references == sorted)
        #expect(throws: EntryRefusal.referencesTooMany) { try Entry.parse(entry(sorted + [reference(1, 64)])) }
        #expect(throws: EntryRefusal.referencesUnsorted) { try Entry.parse(entry([sorted[1], sorted[0]])) }
        #expect(throws: EntryRefusal.referencesUnsorted) { try Entry.parse(entry([sorted[1], sorted[1]])) }
    }

    @Test("65,535 bytes are an entry, one more is not")
    func size() throws {
        func entry(_ count: Int) -> [UInt8] {
            var body = CBORWriter()
            body.bytes([UInt8](repeating: 7, count: count))
            return Entry.encode(kind: 1, body: body.bytes)
        }
        let largest = entry(Limits.entryBytes - 6)
        #expect(largest.count == Limits.entryBytes)
        #expect(try Entry.parse(largest).kind == 1)
        #expect(throws: EntryRefusal.oversize(bytes: Limits.entryBytes + 1)) {
            try Entry.parse(entry(Limits.entryBytes - 5))
        }
    }

    @Test("a commitment binds salt and text, and a text is UTF-8 of at most 1 MiB")
    func commitment() throws {
        let salt = Salt(Sample.hash(1).value)
        let commitment = try #require(TextCommitment(salt: salt, text: "voorstel", hashing: suite))
        #expect(commitment.value == suite.hash(salt.bytes + Array("voorstel".utf8)).value)
        #expect(TextCommitment(salt: salt, utf8: [0xFF], hashing: suite) == nil)
        let long = [UInt8](repeating: 0x61, count: Limits.textBytes + 1)
        #expect(TextCommitment(salt: salt, utf8: long, hashing: suite) == nil)
        #expect(TextCommitment(salt: salt, utf8: Array(long.dropLast()), hashing: suite) != nil)
    }

    @Test("no change of one byte makes another spelling of an entry", arguments: 0..<100 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var random = Seeded(seed)
        let bytes = try Entry(
            kind: 9, body: CBOR.text("inhoud").encode(), references: [reference(1, 2), reference(4, 2)],
            commitment: TextCommitment(Sample.hash(1).value)).bytes
        for _ in 0..<100 {
            var changed = bytes
            changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            guard let entry = try? Entry.parse(changed) else { continue }
            #expect(
                Entry.encode(
                    kind: entry.kind, body: Array(entry.body), references: entry.references,
                    commitment: entry.commitment) == changed)
        }
    }
}
