// SPDX-License-Identifier: EUPL-1.2

/// A text with signature lines (C2SP signed-note 1.0.0), read strictly. Spec: Protocol/log.md §3.
public struct Note: Hashable, Sendable {
    /// One signature line: a claim until `verify` has looked at it.
    public struct Line: Hashable, Sendable {
        /// The name of the signer.
        public let name: String
        /// The id of its key.
        public let keyID: UInt32
        /// What follows the key id.
        public let signature: [UInt8]
    }

    /// The text that is signed; ends in LF.
    public let text: String
    /// The signature lines, in order.
    public let lines: [Line]

    private static let dash = "\u{2014} "

    /// Joins a text and signatures by Ed25519 keys. The text ends in LF and has no other control characters.
    public init(text: String, signatures: [(key: VerifierKey, signature: Signature)]) {
        precondition(text.hasSuffix("\n"), "the text of a note ends in LF")
        self.text = text
        lines = signatures.map {
            Line(name: $0.key.name, keyID: $0.key.id, signature: $0.signature.bytes)
        }
    }

    /// Reads exactly one note; signatures are not yet verified.
    public static func parse(_ bytes: [UInt8]) throws(NoteRefusal) -> Note {
        guard bytes.count <= Limits.noteBytes, !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }),
              let whole = String(validating: bytes, as: UTF8.self), bytes.last == 0x0A,
              let split = lastBlankLine(bytes)
        else { throw .noteShape }
        let text = String(decoding: bytes[...split], as: UTF8.self)
        let signatures = whole.utf8.dropFirst(split + 2)
        guard let block = String(signatures) else { throw .noteShape }
        let rows = block.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard (1...Limits.noteSignatureLines).contains(rows.count) else { throw .noteShape }
        var lines: [Line] = []
        for row in rows { lines.append(try line(String(row))) }
        return Note(text: text, lines: lines)
    }

    /// Reads exactly one note; signatures are not yet verified.
    public static func parse(_ text: String) throws(NoteRefusal) -> Note { try parse(Array(text.utf8)) }

    private init(text: String, lines: [Line]) {
        self.text = text
        self.lines = lines
    }

    /// Where the LF before the last blank line stands.
    private static func lastBlankLine(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 3 else { return nil }
        return (0..<bytes.count - 1).last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
    }

    private static func line(_ text: String) throws(NoteRefusal) -> Line {
        guard text.utf8.starts(with: dash.utf8) else { throw .noteShape }
        let rest = text.utf8.dropFirst(dash.utf8.count)
        guard let space = rest.firstIndex(of: 0x20),
              let name = String(rest[..<space]), VerifierKey.isName(name),
              let encoded = String(rest[rest.index(after: space)...]),
              let bytes = Base64.decode(encoded), bytes.count >= 5
        else { throw .noteShape }
        let id = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Line(name: name, keyID: id, signature: Array(bytes.dropFirst(4)))
    }

    /// The text of the note.
    public func format() -> String {
        var result = text + "\n"
        for line in lines {
            let id = (0..<4).map { UInt8(truncatingIfNeeded: line.keyID >> UInt32(24 - 8 * $0)) }
            result += "\(Self.dash)\(line.name) \(Base64.encode(id + line.signature))\n"
        }
        return result
    }

    /// Checks the lines of the known keys; other lines are ignored, a known one that fails refuses the note.
    /// Answers the signatures of the known keys, at least one, in the order of the lines.
    public func verify(
        _ known: [VerifierKey], _ verifier: some SignatureVerifying
    ) throws(NoteRefusal) -> [(key: VerifierKey, signature: Signature)] {
        let message = Array(text.utf8)
        var verified: [(key: VerifierKey, signature: Signature)] = []
        for line in lines {
            guard let key = known.first(where: { $0.id == line.keyID && Self.same($0.name, line.name) })
            else { continue }
            guard let signature = Signature(line.signature),
                  verifier.verifies(signature, of: message, by: key.key)
            else { throw .noteSignature }
            verified.append((key, signature))
        }
        guard !verified.isEmpty else { throw .noteUnsigned }
        return verified
    }

    /// Names are compared as bytes, not as Swift compares text.
    private static func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
}
