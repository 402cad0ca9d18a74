// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Files that hold one key each, for their owner's eyes only.
enum KeyFile {
    static let bytesLimit = 8_192

    /// Creates the file, which must not exist, writes it and syncs it and its directory. Where that fails the
    /// half-written file is removed, so that the step can be repeated.
    static func create(_ path: String, _ bytes: [UInt8]) throws(KeyError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .file(operation: "open", errno: errno) }
        defer { close(descriptor) }
        do throws(KeyError) {
            try write(bytes, to: descriptor)
            try syncDirectory(of: path)
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) throws(KeyError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(operation: "write", errno: errno) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw .file(operation: "fsync", errno: errno) }
    }

    /// The name of a new file is durable only when its directory is synced, open(2) and fsync(2).
    private static func syncDirectory(of path: String) throws(KeyError) {
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .file(operation: "open directory", errno: errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .file(operation: "fsync directory", errno: errno) }
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
            let count = bytes[filled...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .file(operation: "read", errno: errno) }
            if count == 0 { return Array(bytes.prefix(filled)) }
            filled += count
        }
        throw .format
    }
}
