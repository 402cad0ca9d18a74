// SPDX-License-Identifier: EUPL-1.2

/// The text of a head: `origin LF size LF base64(root) LF`. Spec: Protocol/log.md §3 (C2SP tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// The name of the log.
    public let origin: String
    /// Size and root.
    public let head: Head

    /// A head under a name. The name has no line break.
    public init(origin: String, head: Head) {
        precondition(!origin.utf8.contains(0x0A), "an origin is one line")
        self.origin = origin
        self.head = head
    }

    /// A head of a log of ours.
    public init(_ origin: Origin, _ head: Head) { self.init(origin: origin.description, head: head) }

    /// The text that is signed.
    public var text: String {
        "\(origin)\n\(head.size)\n\(Base64.encode(head.root.bytes))\n"
    }

    /// Reads exactly such a text, without extension lines.
    public static func parse(_ text: String) throws(NoteRefusal) -> Checkpoint {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 4, lines[3].isEmpty, VerifierKey.isName(lines[0]),
              let count = Int(lines[1]), String(count) == lines[1], let size = LogSize(count),
              let bytes = Base64.decode(lines[2]), let root = Hash(bytes)
        else { throw .checkpointShape }
        return Checkpoint(origin: lines[0], head: Head(size: size, root: root))
    }

    /// Demands the log that is meant.
    public func check(origin expected: Origin) throws(NoteRefusal) {
        try check(origin: expected.description)
    }

    /// Demands the name that is meant; names are compared as bytes.
    public func check(origin expected: String) throws(NoteRefusal) {
        guard origin.utf8.elementsEqual(expected.utf8) else { throw .checkpointOrigin }
    }
}
