// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Why a file could not be read or written, with the words of the system.
public struct FileFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried.
    public let operation: String
    /// On which path.
    public let path: String
    /// The system's error number.
    public let code: Int32

    public var description: String { "\(path): cannot \(operation): \(String(cString: strerror(code)))" }
}

/// Small whole files: configuration, cards, certificates. Stores have their own ways.
public enum PlainFile {
    /// Bytes that are read at most.
    public static let bytesLimit = 64 << 20

    /// Reads a whole file of at most `bytesLimit` bytes.
    public static func read(_ path: String) throws(FileFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(operation: "read", path: path, code: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw FileFailure(operation: "read", path: path, code: EISDIR) }
        guard status.st_size <= bytesLimit else { throw FileFailure(operation: "read", path: path, code: EFBIG) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure(operation: "read", path: path, code: errno) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= bytesLimit else { throw FileFailure(operation: "read", path: path, code: EFBIG) }
        }
    }

    /// Creates a file that must not exist yet, and syncs it.
    public static func create(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws(FileFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileFailure(operation: "create", path: path, code: errno) }
        defer { close(descriptor) }
        try write(bytes, to: descriptor, path)
    }

    /// Creates a file that must not exist yet; `syncAll` makes it durable with all others.
    static func createUnsynced(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws(FileFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileFailure(operation: "create", path: path, code: errno) }
        defer { close(descriptor) }
        try fill(descriptor, bytes, path)
    }

    /// Makes everything durable that was written before.
    static func syncAll() { sync() }

    /// The files below a folder, by path below it, in order of bytes; `.` and `..` apart, folders are gone into.
    static func all(below folder: String) throws(FileFailure) -> [String] {
        var found: [String] = []
        var waiting = [""]
        while let prefix = waiting.popLast() {
            let path = prefix.isEmpty ? folder : "\(folder)/\(prefix)"
            guard let directory = opendir(path) else { throw FileFailure(operation: "open", path: path, code: errno) }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                let below = prefix.isEmpty ? name : "\(prefix)/\(name)"
                var status = stat()
                guard lstat("\(folder)/\(below)", &status) == 0 else {
                    throw FileFailure(operation: "read", path: "\(folder)/\(below)", code: errno)
                }
                if status.st_mode & S_IFMT == S_IFDIR { waiting.append(below) } else { found.append(below) }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Writes a file whole or not at all: beside it first, then in its place.
    public static func replace(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws(FileFailure) {
        let draft = path + ".new"
        unlink(draft)
        try create(draft, bytes, mode: mode)
        guard rename(draft, path) == 0 else { throw FileFailure(operation: "replace", path: path, code: errno) }
    }

    /// Makes a folder and those above it.
    public static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws(FileFailure) {
        var built = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            built += "/\(part)"
            guard mkdir(built, mode) == 0 || errno == EEXIST else {
                throw FileFailure(operation: "make the folder", path: built, code: errno)
            }
        }
    }

    /// Whether something stands at that path.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(FileFailure) {
        try fill(descriptor, bytes, path)
        guard fsync(descriptor) == 0 else { throw FileFailure(operation: "sync", path: path, code: errno) }
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8], _ path: String) throws(FileFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { memory in
                Glibc.write(descriptor, memory.baseAddress?.advanced(by: written), memory.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure(operation: "write", path: path, code: errno) }
            written += count
        }
    }
}
