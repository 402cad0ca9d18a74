// SPDX-License-Identifier: EUPL-1.2

/// A consistency proof for people, in the form of C2SP's add-checkpoint body: `old N LF`, hashes in the order
/// of RFC 6962, a blank line, the checkpoint. Spec: Protocol/log.md §5.
public struct ConsistencyText: Hashable, Sendable {
    /// The older size.
    public let old: LogSize
    /// The hashes as RFC 6962 lists them.
    public let rfcHashes: [Hash]
    /// The newer checkpoint, a note.
    public let checkpoint: Note

    /// Writes a proof of ours for public tools.
    public init(_ proof: ConsistencyProof, checkpoint: Note) {
        self.init(old: proof.old, rfcHashes: proof.rfcHashes, checkpoint: checkpoint)
    }

    private init(old: LogSize, rfcHashes: [Hash], checkpoint: Note) {
        self.old = old
        self.rfcHashes = rfcHashes
        self.checkpoint = checkpoint
    }

    /// The text.
    public func format() -> String {
        var text = "old \(old)\n"
        for hash in rfcHashes { text += Base64.encode(hash.bytes) + "\n" }
        return text + "\n" + checkpoint.format()
    }

    /// Reads exactly such a text; nothing is verified yet.
    public static func parse(_ bytes: [UInt8]) throws(ProofRefusal) -> ConsistencyText {
        let (lines, rest) = try ProofText.split(bytes)
        guard let line = lines.first, line.hasPrefix("old "), let old = ProofText.number(line.dropFirst(4))
        else { throw .shape }
        return ConsistencyText(
            old: LogSize(known: old), rfcHashes: try ProofText.hashes(lines.dropFirst()),
            checkpoint: try ProofText.note(rest))
    }

    /// Demands that the newer checkpoint is signed by one of the keys and extends `oldRoot`.
    public func verify(
        oldRoot: Hash, keys: [VerifierKey], _ suite: some CipherSuite
    ) throws(ProofRefusal) -> Checkpoint {
        let head: Checkpoint
        do throws(NoteRefusal) {
            let verified = try checkpoint.verify(keys, suite)
            head = try Checkpoint.parse(checkpoint.text)
            guard verified.contains(where: { $0.key.name == head.origin }) else { throw .checkpointOrigin }
        } catch { throw .note(error) }
        if old == head.head.size {
            guard rfcHashes.isEmpty, oldRoot == head.head.root else { throw .mismatch }
            return head
        }
        let proof = ConsistencyProof(old: old, new: head.head.size, oldRoot: oldRoot, rfcHashes: rfcHashes)
        guard proof.verifies(oldRoot: oldRoot, newRoot: head.head.root, suite) else { throw .mismatch }
        return head
    }
}
