// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Heads and notes, Protocol/log.md §3")
struct HeadTests {
    static let note = """
        korf.example/n/m/1
        3
        NmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=

        — korf.example/n/m/1 6zz3PI5hrTgKYoK2CdCNRynRgiU+dKT/\
        chSwYEoJH71xiVcuJJKf1XKIQLLtfWon2XfbCyfBRnHlQ5R0gRGdU02Drgs=

        """
    static let verifier = "korf.example/n/m/1+eb3cf73c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"

    @Test("what public tools signed is what we write, byte for byte")
    func vector() throws {
        let key = try SigningKey(seed: Array(0..<32))
        let verifier = try #require(VerifierKey(name: "korf.example/n/m/1", key: key.publicKey, suite))
        #expect(verifier.description == Self.verifier)
        #expect(VerifierKey(Self.verifier, suite) == verifier)
        var edge = RightEdge()
        for entry in ["a", "b", "c"] { edge.append(leaf: suite.leafHash(Array(entry.utf8)), suite) }
        let text = Checkpoint(origin: verifier.name, head: Head(size: 3, root: edge.root(suite))).text
        let note = Note(text: text, signatures: [(verifier, key.sign(Array(text.utf8)))])
        #expect(note.format() == Self.note)
        #expect(try Note.parse(Self.note) == note)
        #expect(try note.verify([verifier], suite).count == 1)
        #expect(try Checkpoint.parse(note.text).head.size == 3)
    }

    private func expect(_ refusal: NoteRefusal, _ text: String) throws {
        let verifier = try #require(VerifierKey(Self.verifier, suite))
        #expect(throws: refusal) {
            let note = try Note.parse(text)
            _ = try note.verify([verifier], suite)
            _ = try Checkpoint.parse(note.text)
        }
    }

    @Test("what is not a note, or not signed, is refused by name")
    func refusals() throws {
        let note = Self.note
        try expect(.noteShape, "")
        try expect(.noteShape, String(note.dropLast()))
        try expect(.noteShape, note + "\n")
        try expect(.noteShape, note.replacing("— ", with: "- "))
        try expect(.noteShape, note.replacing("\n3\n", with: "\n3\r\n"))
        try expect(.noteShape, note.replacing("Drgs=", with: "Drgt="))
        try expect(.noteShape, note.replacing("\n\n", with: "\n"))
        try expect(.noteSignature, note.replacing("\n3\n", with: "\n4\n"))
        try expect(.noteUnsigned, note.replacing("— korf.example/n/m/1", with: "— korf.example/n/m/2"))
        try expect(.noteUnsigned, note.replacing(" 6zz3", with: " 7zz3"))
        #expect(throws: NoteRefusal.noteShape) {
            try Note.parse([UInt8](repeating: 0x61, count: Limits.noteBytes + 1))
        }
        let line = try #require(note.split(separator: "\n").last)
        let hundred = note + String(repeating: line + "\n", count: 99)
        #expect(try Note.parse(hundred).lines.count == 100)
        try expect(.noteShape, hundred + line + "\n")
    }

    @Test("a line by an unknown key is ignored, a false one by a known key refuses all")
    func unknownLines() throws {
        let verifier = try #require(VerifierKey(Self.verifier, suite))
        let good = try Note.parse(Self.note)
        let other = try Sample.key(4)
        let stranger = try #require(VerifierKey(name: "elders", key: other.publicKey, suite))
        let message = Array(good.text.utf8)
        let both = Note(text: good.text, signatures: [
            (stranger, other.sign(message)), (verifier, try #require(Signature(good.lines[0].signature))),
        ])
        #expect(try both.verify([verifier], suite).map(\.key) == [verifier])
        let falsified = Note(text: good.text, signatures: [
            (verifier, try #require(Signature(good.lines[0].signature))), (verifier, other.sign(message)),
        ])
        #expect(throws: NoteRefusal.noteSignature) { try falsified.verify([verifier], suite) }
    }

    @Test("a checkpoint has one spelling", arguments: [
        "o\n03\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=\n",
        "o\n+3\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=\n",
        "o\n-3\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=\n", "o\n3\nNmQu\n", "o\n3\n", "",
        "o\n3\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=\nextra\n",
        "o\n9223372036854775808\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=\n",
        "o\n3\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsF=\n", "\n3\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=\n",
    ])
    func checkpointShape(text: String) {
        #expect(throws: NoteRefusal.checkpointShape) { try Checkpoint.parse(text) }
    }

    @Test("§7 the external head is read back, and that of another log is refused")
    func external() throws {
        let (log, other) = (try SampleLog(1), try SampleLog(2))
        let head = ExternalHead.signed(try #require(log.own.head))
        for state in [head, .empty] {
            let text = state.format(log.identity, suite)
            #expect(try ExternalHead.parse(Array(text.utf8), of: log.identity, suite) == state)
            #expect(throws: NoteRefusal.self) {
                try ExternalHead.parse(Array(text.utf8), of: other.identity, suite)
            }
        }
        #expect(throws: NoteRefusal.noteUnsigned) {
            try VerifiedHead(note: Array(head.format(log.identity, suite).utf8), of: other.identity, suite)
        }
    }

    @Test("base64 has one spelling and reads back", arguments: 0..<40)
    func base64(count: Int) throws {
        var random = Seeded(UInt64(count))
        let bytes = random.bytes(count)
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        for bad in ["A", "AA", "AAA", "AB==", "AAB=", "A===", "====", "AA=A", "AAAA\n", "AA=="  + "AAAA", "A-AA"] {
            #expect(Base64.decode(bad) == nil)
        }
    }
}
