// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Files that hold one key each, for their owner's eyes only.
enum KeyFile {
    static let bytesLimit = 8_192

    /// Creates the file, which must not exist, writes and syncs it; its directory is synced by the caller's
    /// next step that names it.
    static func create(_ path: String, _ bytes: [UInt8]) throws(KeyError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .file(operation: "open", errno: errno) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(operation: "write", errno: errno) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw .file(operation: "fsync", errno: errno) }
    }

    /// Reads the file, which its owner alone may read or write.
    static func read(_ path: String) throws(KeyError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(operation: "open", errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file(operation: "fstat", errno: errno) }
        guard status.st_mode & 0o077 == 0 else { throw .permissions(mode: status.st_mode & 0o777) }
        var bytes = [UInt8](repeating: 0, count: bytesLimit)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { memory in
                Glibc.read(descriptor, memory.baseAddress! + filled, memory.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .file(operation: "read", errno: errno) }
            if count == 0 { return Array(bytes.prefix(filled)) }
            filled += count
        }
        throw .format
    }
}
