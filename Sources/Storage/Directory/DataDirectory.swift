// SPDX-License-Identifier: EUPL-1.2

import Glibc

/// The data directory of one node: its names, its rights, its lock. Spec: Protocol/storage.md §1.
/// While a value of this type lives, no other process can open the directory.
public struct DataDirectory: ~Copyable, Sendable {
    /// Where the directory stands.
    public let path: String
    private let lock: DirectoryLock

    /// Takes the directory, making it (0700) where it is missing. Files of a newer program, or of another one,
    /// are refused before anything is touched.
    public init(_ path: String) throws(StorageFailure) {
        self.path = path
        for file in DatabaseFile.all { try file.checkHeader(in: path) }
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw DurableFile.failure("mkdir", path) }
        lock = try DirectoryLock(path + "/lock")
    }

    /// Bytes of everything that the store wrote here, for `status`.
    public var byteCount: Int {
        var total = 0
        for file in DatabaseFile.all {
            for suffix in ["", "-wal", "-shm"] {
                var facts = stat()
                if stat(file.path(in: path) + suffix, &facts) == 0 { total += Int(facts.st_size) }
            }
        }
        return total
    }

    /// Bytes that the disk of the directory has left for this process; `nil` when the system does not say.
    public var freeByteCount: Int? { FreeSpace.byteCount(at: path) }
}

enum FreeSpace {
    static func byteCount(at path: String) -> Int? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return Int(facts.f_bavail) * Int(facts.f_frsize)
    }

    /// Refuses work that would fill the disk, before it begins: what fails later stops the node.
    static func demand(_ bytes: Int, at path: String) throws(StorageFailure) {
        guard let free = byteCount(at: path), free < bytes * 2 + Limits.freeBytes else { return }
        throw .diskFull(sentence: "\(free) bytes are left on the disk of \(path)")
    }
}
