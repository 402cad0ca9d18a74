// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// A folder of this run below the system's temporary folder.
struct Workspace: Sendable {
    let path: String

    /// A new folder, for this user only.
    static func make() -> Workspace? {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/korf-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        let bytes = template.dropLast().map { UInt8(bitPattern: $0) }
        return Workspace(path: String(decoding: bytes, as: UTF8.self))
    }

    /// A folder below, made where it is missing.
    func folder(_ name: String) -> String {
        let folder = "\(path)/\(name)"
        mkdir(folder, 0o700)
        return folder
    }

    /// This folder, made where it is missing.
    func made() -> String {
        mkdir(path, 0o700)
        return path
    }

    func exists(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

    /// Removes everything.
    func remove() { Self.remove(path) }

    static func remove(_ path: String) {
        for name in names(path) {
            let item = "\(path)/\(name)"
            if unlink(item) != 0 { remove(item) }
        }
        rmdir(path)
    }

    /// Copies a data directory that nobody writes to: databases with their write-ahead logs.
    static func copy(_ source: String, to target: String) throws(BenchFailure) {
        mkdir(target, 0o700)
        for name in names(source) where name.hasSuffix(".db") || name.hasSuffix("-wal") {
            let bytes = try read("\(source)/\(name)")
            try write(bytes, to: "\(target)/\(name)")
        }
    }

    static func read(_ path: String) throws(BenchFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BenchFailure("\(path) cannot be read") }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw BenchFailure("\(path) cannot be read") }
        var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + done, $0.count - done) }
            guard count > 0 else { throw BenchFailure("\(path) cannot be read") }
            done += count
        }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) throws(BenchFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchFailure("\(path) cannot be written") }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
            guard count > 0 else { throw BenchFailure("\(path) cannot be written") }
            done += count
        }
    }

    private static func names(_ path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
