// SPDX-License-Identifier: EUPL-1.2

/// Bytes on their way to one socket, written as it takes them.
struct Outbound {
    private var segments: [[UInt8]] = []
    private var offset = 0

    var isEmpty: Bool { segments.isEmpty }

    mutating func append(_ bytes: [UInt8]) {
        if !bytes.isEmpty { segments.append(bytes) }
    }

    /// Writes until all is gone or the socket takes no more. `nil` when all is gone.
    mutating func flush(to channel: Channel, wrote: (Int) -> Void) -> Channel.Outcome? {
        while let segment = segments.first {
            let outcome = segment.withUnsafeBytes {
                channel.write(UnsafeRawBufferPointer(rebasing: $0[offset...]))
            }
            guard case .bytes(let count) = outcome else { return outcome }
            wrote(count)
            offset += count
            guard offset == segment.count else { continue }
            segments.removeFirst()
            offset = 0
        }
        return nil
    }
}
