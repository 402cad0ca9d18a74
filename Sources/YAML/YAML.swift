// SPDX-License-Identifier: EUPL-1.2
public import Notation

/// YAML 1.2 documents as trees with places. libyaml finds the structure; the meaning of plain text is ours
/// (`ScalarValue`), because libyaml follows YAML 1.1.
public enum YAML {
    /// Reads one document. Refused: what is not UTF-8, more than one document, anchors and aliases, tags
    /// beyond the core schema, and what passes `YAMLLimits`. Names that occur twice are kept and reported by
    /// the mapping, so that a reader can say where.
    public static func parse(_ bytes: [UInt8]) throws(YAMLError) -> PositionedNode {
        guard bytes.count <= YAMLLimits.bytes else { throw YAMLError(reason: .tooLarge, line: 0, column: 0) }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        return try text.withUnsafeBufferPointer { buffer throws(YAMLError) in
            if let offset = UTF8Text.firstInvalidByte(in: buffer) {
                throw YAMLError(reason: .invalidUTF8, at: offset, in: buffer)
            }
            var composer = try YAMLComposer(buffer)
            return try composer.document()
        }
    }

    /// The same over a string.
    public static func parse(_ text: String) throws(YAMLError) -> PositionedNode { try parse(Array(text.utf8)) }
}

extension YAMLError {
    init(reason: Reason, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        let before = bytes[0..<offset]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        self.init(reason: reason, line: before.count { $0 == 0x0A } + 1, column: column)
    }
}
