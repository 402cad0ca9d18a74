// SPDX-License-Identifier: EUPL-1.2

/// Finds the end of a head as bytes come in, and refuses at the first byte that cannot belong to one,
/// so that garbage does not wait for a deadline. Spec: Protocol/transport.md §4.
struct HeadScanner {
    private var position = 0
    private var lineStart = 0
    private var lines = 0

    /// Looks at what `bytes` holds beyond the last call. The count of the head's bytes, with its
    /// final empty line, once it is complete.
    mutating func scan(_ bytes: [UInt8], limits: ServerLimits) throws(RequestRefusal) -> Int? {
        while position < bytes.count {
            guard position < limits.headBytes else { throw .headTooLarge(limit: limits.headBytes) }
            let byte = bytes[position]
            switch byte {
            case 0x0D:
                // A carriage return is judged together with the byte that follows it.
                guard position + 1 < bytes.count else { return nil }
                guard bytes[position + 1] == 0x0A else { throw .bareCarriageReturn }
                if position == lineStart {
                    guard lines > 0 else { throw .emptyLineBeforeRequest }
                    return position + 2
                }
                position += 2
                lineStart = position
                lines += 1
                guard lines <= limits.fieldCount + 1 else { throw .tooManyFields(limit: limits.fieldCount) }
                continue
            case 0x0A: throw .bareLineFeed
            case 0x09, 0x20...0x7E: break
            case 0x80...0xFF: throw .notASCII
            default: throw .controlCharacter
            }
            position += 1
            // The longest request line: "DELETE", target, "HTTP/1.1" and two spaces.
            if lines == 0 && position > limits.targetBytes + 16 {
                throw .targetTooLong(limit: limits.targetBytes)
            }
        }
        return nil
    }
}
