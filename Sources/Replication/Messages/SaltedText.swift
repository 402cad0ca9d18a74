// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A text that travels beside a log, with the salt of its commitment. Spec: Protocol/exchange.md §6.
public struct SaltedText: Hashable, Sendable {
    /// Thirty-two bytes that hide short texts.
    public let salt: Salt
    /// The text, at most 1 MiB.
    public let text: String

    /// A text and its salt.
    public init(salt: Salt, text: String) {
        self.salt = salt
        self.text = text
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        try reader.array(count: 2)
        salt = try reader.bytes32()
        text = try reader.text()
        guard text.utf8.count <= Limits.textBytes else { throw .unexpectedItem }
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 2)
        writer.bytes(salt)
        writer.text(text)
    }
}
