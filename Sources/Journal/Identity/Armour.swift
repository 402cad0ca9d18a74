// SPDX-License-Identifier: EUPL-1.2

/// Bytes as text that survives mail: a first line, padded base64 in lines of 64, a last line, each ended by LF.
/// One spelling only. Spec: Protocol/identity.md §3, Protocol/membership.md §1.
public struct Armour: Sendable {
    private static let lineCharacters = 64
    private let opening: String
    private let closing: String

    /// The text around one kind of file; `label` stands in its first and last line.
    public init(_ label: String) {
        opening = "-----BEGIN \(label)-----"
        closing = "-----END \(label)-----"
    }

    /// The text of `bytes`.
    public func text(_ bytes: [UInt8]) -> String {
        let base64 = Array(Base64.encode(bytes).utf8)
        var text = opening + "\n"
        for start in stride(from: 0, to: base64.count, by: Self.lineCharacters) {
            let line = base64[start..<min(start + Self.lineCharacters, base64.count)]
            text += String(decoding: line, as: UTF8.self) + "\n"
        }
        return text + closing + "\n"
    }

    /// The bytes of a text; `nil` for any text that `text` would not have written.
    public func bytes(_ text: String) -> [UInt8]? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.popLast() == "", lines.first == opening[...], lines.last == closing[...], lines.count >= 3
        else { return nil }
        let body = lines[1..<lines.count - 1]
        guard body.dropLast().allSatisfy({ $0.utf8.count == Self.lineCharacters }),
              body.last.map({ (1...Self.lineCharacters).contains($0.utf8.count) }) ?? false
        else { return nil }
        return Base64.decode(body.joined())
    }
}
