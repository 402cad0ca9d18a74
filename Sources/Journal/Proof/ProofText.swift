// SPDX-License-Identifier: EUPL-1.2

/// Why a proof for people is refused. Spec: Protocol/log.md §5.
public enum ProofRefusal: Error, Equatable, Sendable {
    /// Not the text of a proof.
    case shape
    /// The checkpoint in it is refused.
    case note(NoteRefusal)
    /// The hashes do not lead to the root that was signed.
    case mismatch

    /// The reason as it is written in the vectors.
    public var reason: String {
        switch self {
        case .shape: "proof-shape"
        case .note(let refusal): refusal.rawValue
        case .mismatch: "proof-mismatch"
        }
    }
}

/// What the two texts of proofs have in common.
enum ProofText {
    /// The lines before the first blank line, and the checkpoint after it.
    static func split(_ bytes: [UInt8]) throws(ProofRefusal) -> (lines: [String], rest: [UInt8]) {
        guard bytes.count <= Limits.noteBytes + 4 * Limits.textBytes,
              let blank = (0..<max(0, bytes.count - 1)).first(where: {
                  bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A
              }),
              let head = String(validating: bytes[..<blank], as: UTF8.self)
        else { throw .shape }
        let lines = head.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.map(String.init), Array(bytes[(blank + 2)...]))
    }

    /// A decimal number as it prints.
    static func number(_ text: some StringProtocol) -> Int? {
        guard let value = Int(text), value >= 0, String(value) == text else { return nil }
        return value
    }

    static func hashes(_ lines: ArraySlice<String>) throws(ProofRefusal) -> [Hash] {
        guard lines.count <= Limits.proofHashes else { throw .shape }
        var hashes: [Hash] = []
        for line in lines {
            guard let bytes = Base64.decode(line), let hash = Hash(bytes) else { throw .shape }
            hashes.append(hash)
        }
        return hashes
    }

    static func note(_ bytes: [UInt8]) throws(ProofRefusal) -> Note {
        do throws(NoteRefusal) { return try Note.parse(bytes) } catch { throw .note(error) }
    }
}
