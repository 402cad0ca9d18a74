// SPDX-License-Identifier: EUPL-1.2
import COpenSSL

/// Sole owner of secret bytes, wiped when released.
public final class Secret: Sendable {
    // Written once in `init` and wiped in `deinit`; read only between: no data race is possible.
    private nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer

    /// How many bytes there are.
    public var count: Int { memory.count }

    /// Copies the bytes. The caller's copy is the caller's to wipe.
    public init(_ bytes: some Collection<UInt8>) {
        memory = .allocate(byteCount: max(bytes.count, 1), alignment: 8)
        memory.copyBytes(from: bytes)
    }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }

    /// Lends the bytes.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(memory))
    }
}
