// SPDX-License-Identifier: EUPL-1.2

import Glibc

/// Whole small files, written so that after a crash either the old or the new one is there.
enum DurableFile {
    /// Writes beside, syncs, renames over, syncs the directory.
    static func replace(_ path: String, with bytes: [UInt8]) throws(StorageFailure) {
        let beside = path + ".new"
        try bytes.withUnsafeBufferPointer { bytes throws(StorageFailure) in
            try write(UnsafeRawBufferPointer(bytes), to: beside)
        }
        guard rename(beside, path) == 0 else { throw failure("rename", path) }
        try syncDirectory(of: path)
    }

    /// Writes and syncs a file, making or emptying it. After a failed sync it is not known what the disk holds.
    static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(StorageFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        guard fsync(descriptor) == 0 else { throw failure("fsync", path) }
    }

    /// Makes what others wrote into a file durable.
    static func sync(_ path: String) throws(StorageFailure) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", path) }
    }

    /// Makes names in the directory durable.
    static func syncDirectory(of path: String) throws(StorageFailure) {
        let directory = parent(of: path)
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", directory) }
    }

    /// `nil` when there is no such file. At most `limit` bytes.
    static func read(_ path: String, limit: Int) throws(StorageFailure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("open", path)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= limit else { throw .refused(.tooLarge(bytes: filled, limit: limit)) }
        return Array(bytes.prefix(filled))
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func byteCount(_ path: String) throws(StorageFailure) -> Int {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw failure("stat", path) }
        return Int(facts.st_size)
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func failure(_ operation: String, _ path: String) -> StorageFailure {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .diskFull(sentence: "\(operation) of \(path)") }
        return .file(operation: operation, path: path, code: code)
    }
}
