// SPDX-License-Identifier: EUPL-1.2

/// A quoted value that does not end, or is followed by text.
struct CSVRowError: Error {
    /// 1-based line on which the row starts.
    let line: Int
}

/// The rows of a file of comma-separated values (RFC 4180), one at a time. Lines end in LF or CR LF; empty
/// lines are skipped; a byte order mark at the start is skipped.
struct CSVRows {
    struct Row {
        /// 1-based line on which the row starts.
        let line: Int
        let fields: [[UInt8]]
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int
    private var line = 1

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func next() throws(CSVRowError) -> Row? {
        while position < bytes.count {
            let start = line
            let fields = try row()
            if fields.count > 1 || !fields[0].isEmpty { return Row(line: start, fields: fields) }
        }
        return nil
    }

    private mutating func row() throws(CSVRowError) -> [[UInt8]] {
        let start = line
        var fields: [[UInt8]] = []
        while true {
            let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
            fields.append(isQuoted ? try quoted(start) : bare())
            guard position < bytes.count else { return fields }
            let end = bytes[position]
            position += 1
            if end == UInt8(ascii: ",") { continue }
            if end == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                position += 1
            } else if end != UInt8(ascii: "\n") {
                throw CSVRowError(line: start)
            }
            line += 1
            return fields
        }
    }

    private mutating func bare() -> [UInt8] {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: "\n"),
              !isLineEnd(position) { position += 1 }
        return Array(bytes[start..<position])
    }

    private func isLineEnd(_ index: Int) -> Bool {
        bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
    }

    private mutating func quoted(_ start: Int) throws(CSVRowError) -> [UInt8] {
        var field: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return field }
                position += 1
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            }
            field.append(byte)
        }
        throw CSVRowError(line: start)
    }
}
