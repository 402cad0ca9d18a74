// SPDX-License-Identifier: EUPL-1.2

/// An inclusion proof for people, as public tools read it (c2sp.org/tlog-proof@v1). Spec: Protocol/log.md §5.
public struct TlogProof: Hashable, Sendable {
    /// Where the entry stands.
    public let index: EntryIndex
    /// The hashes, from the leaf's sibling up.
    public let hashes: [Hash]
    /// The checkpoint, a note.
    public let checkpoint: Note
    /// Bytes that nothing authenticates, such as salt and text to hold against a commitment.
    public let extra: [UInt8]?

    private static let opening = "c2sp.org/tlog-proof@v1"

    /// Joins the parts.
    public init(index: EntryIndex, hashes: [Hash], checkpoint: Note, extra: [UInt8]? = nil) {
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
        self.extra = extra
    }

    /// The text of the proof.
    public func format() -> String {
        var text = Self.opening + "\n"
        if let extra { text += "extra \(Base64.encode(extra))\n" }
        text += "index \(index)\n"
        for hash in hashes { text += Base64.encode(hash.bytes) + "\n" }
        return text + "\n" + checkpoint.format()
    }

    /// Reads exactly such a text; nothing is verified yet.
    public static func parse(_ bytes: [UInt8]) throws(ProofRefusal) -> TlogProof {
        var (lines, rest) = try ProofText.split(bytes)
        guard lines.first == opening else { throw .shape }
        lines.removeFirst()
        var extra: [UInt8]?
        if let line = lines.first, line.hasPrefix("extra ") {
            extra = Base64.decode(line.dropFirst(6))
            guard extra != nil else { throw .shape }
            lines.removeFirst()
        }
        guard let line = lines.first, line.hasPrefix("index "), let index = ProofText.number(line.dropFirst(6))
        else { throw .shape }
        let hashes = try ProofText.hashes(lines.dropFirst())
        return TlogProof(
            index: EntryIndex(known: index), hashes: hashes, checkpoint: try ProofText.note(rest), extra: extra)
    }

    /// Demands that an entry with this leaf hash stands in a tree that one of the keys signed.
    /// Answers the checkpoint.
    public func verify(
        leaf: Hash, keys: [VerifierKey], _ suite: some CipherSuite
    ) throws(ProofRefusal) -> Checkpoint {
        let head: Checkpoint
        do throws(NoteRefusal) {
            let verified = try checkpoint.verify(keys, suite)
            head = try Checkpoint.parse(checkpoint.text)
            guard verified.contains(where: { $0.key.name == head.origin }) else { throw .checkpointOrigin }
        } catch { throw .note(error) }
        let proof = InclusionProof(index: index, size: head.head.size, hashes: hashes)
        guard proof.verifies(leaf: leaf, root: head.head.root, suite) else { throw .mismatch }
        return head
    }
}
