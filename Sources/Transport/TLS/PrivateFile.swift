// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Small files of certificates and keys: read whole, written once.
enum PrivateFile {
    /// The bytes of `path`. With `secret`, a mode other than 0600 or 0400 is refused; the mode is
    /// that of the opened file, so it cannot be swapped in between.
    static func read(_ path: String, secret: Bool = false) throws(IdentityFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .fileUnreadable(path: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .fileUnreadable(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .fileUnreadable(path: path, errno: EINVAL) }
        let mode = status.st_mode & 0o7777
        if secret && mode != 0o600 && mode != 0o400 {
            throw .keyReadableByOthers(path: path, mode: mode)
        }
        guard status.st_size <= Limit.pemFileBytes else {
            throw .fileTooLarge(path: path, limit: Limit.pemFileBytes)
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress! + filled, $0.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .fileUnreadable(path: path, errno: count < 0 ? errno : EIO) }
            filled += count
        }
        return bytes
    }

    /// Writes a new file of mode `mode` and syncs it; a file that exists is never replaced.
    static func create(_ path: String, mode: mode_t, _ bytes: [UInt8]) throws(IdentityFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? .fileExists(path: path) : .fileUnreadable(path: path, errno: errno)
        }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .fileUnreadable(path: path, errno: errno) }
            written += count
        }
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
            throw .fileUnreadable(path: path, errno: errno)
        }
    }
}
