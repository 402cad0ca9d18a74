// SPDX-License-Identifier: EUPL-1.2

import Glibc
public import Journal

/// Copies of the databases in a directory of their own, with a manifest. Keys are never part of it.
/// Spec: Protocol/storage.md §6.
public enum Backup {
    static let manifestName = "manifest"
    static let heading = "korf-backup/v1"

    /// Demands that each file of a backup is there, whole and as the manifest says, and that the stores in it
    /// are sound. Answers the findings of the offline check; none is good.
    public static func verify(_ directory: String, _ suite: any CipherSuite) throws(StorageFailure) -> FsckReport {
        for item in try items(of: directory) { try item.check(in: directory, suite) }
        return try Fsck.check(copy: directory, suite)
    }

    /// Makes a data directory out of a verified backup. The directory is missing or empty. The store in it has a new
    /// instance, and its own log is never signed again: peers may hold more of it than the backup does.
    public static func restore(
        from backup: String, to directory: String, _ suite: any CipherSuite
    ) throws(StorageFailure) {
        let items = try items(of: backup)
        for item in items { try item.check(in: backup, suite) }
        if mkdir(directory, 0o700) != 0, errno != EEXIST { throw DurableFile.failure("mkdir", directory) }
        for name in DatabaseFile.all.map(\.name) + ["lock"] where DurableFile.exists(directory + "/" + name) {
            throw .refused(.notEmpty(path: directory))
        }
        for item in items {
            let source = try MappedFile(backup + "/" + item.name)
            let path = directory + "/" + item.name
            try source.withBytes { bytes throws(StorageFailure) in try DurableFile.write(bytes, to: path) }
        }
        let connection = try DatabaseFile.journal.openWriter(in: directory)
        let mark = try connection.prepare("UPDATE store SET instance = ?, reads_only = 1")
        mark.bind(Randomness.bytes(16), at: 1)
        try mark.run()
        try DurableFile.syncDirectory(of: directory + "/lock")
    }

    private static func items(of directory: String) throws(StorageFailure) -> [BackupItem] {
        let path = directory + "/" + manifestName
        guard let bytes = try DurableFile.read(path, limit: Limits.headFileBytes) else {
            throw .notOurs(path: path, sentence: "there is no manifest, so this is no finished backup")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let items = lines.dropFirst().compactMap { BackupItem($0) }
        let names = DatabaseFile.all.map(\.name)
        let old = names.filter { !DatabaseFile.added.contains($0) }
        guard lines.first == heading[...], [names, old].contains(items.map(\.name)),
              lines.count == items.count + 1
        else { throw .notOurs(path: path, sentence: "the manifest cannot be read") }
        return items
    }
}

extension NodeStore {
    /// Copies the databases while the node goes on, into a directory that is missing or empty, and writes the
    /// manifest last. Texts that were destroyed are not in it. Blocks for as long as copying takes.
    public func backup(to target: String) throws(StorageFailure) {
        if mkdir(target, 0o700) != 0, errno != EEXIST { throw DurableFile.failure("mkdir", target) }
        let names = DatabaseFile.all.map(\.name) + [Backup.manifestName]
        for name in names where DurableFile.exists(target + "/" + name) {
            throw .refused(.notEmpty(path: target))
        }
        try FreeSpace.demand(directory.byteCount, at: target)
        var manifest = Backup.heading + "\n"
        // The journal last: a flush that only the journal copy has is repeated harmlessly.
        for file in DatabaseFile.all.reversed() { try copy(file, to: target) }
        for file in DatabaseFile.all {
            manifest += try BackupItem(measuring: file.name, in: target, suite).line + "\n"
        }
        try DurableFile.replace(target + "/" + Backup.manifestName, with: Array(manifest.utf8))
    }

    private func copy(_ file: DatabaseFile, to target: String) throws(StorageFailure) {
        let path = target + "/" + file.name
        // VACUUM INTO takes an empty file over, with the rights that it has.
        try DurableFile.write(UnsafeRawBufferPointer(start: nil, count: 0), to: path)
        let connection = try Connection(path: file.path(in: directory.path), mode: .read)
        let statement = try connection.prepare("VACUUM INTO ?")
        statement.bind(path, at: 1)
        try statement.run()
        try DurableFile.sync(path)
    }
}

/// One line of a manifest: `<sha-256> <bytes> <name>`.
struct BackupItem {
    let name: String
    let byteCount: Int
    let hash: Hash

    var line: String { "\(hash) \(byteCount) \(name)" }

    init?(_ line: some StringProtocol) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let hash = Hash(hexadecimal: words[0]), let byteCount = Int(words[1])
        else { return nil }
        self.hash = hash
        self.byteCount = byteCount
        name = String(words[2])
    }

    init(measuring name: String, in directory: String, _ hashing: any Hashing) throws(StorageFailure) {
        let file = try MappedFile(directory + "/" + name)
        self.name = name
        byteCount = file.byteCount
        hash = file.withBytes { hashing.hash($0) }
    }

    func check(in directory: String, _ hashing: any Hashing) throws(StorageFailure) {
        let path = directory + "/" + name
        guard DurableFile.exists(path) else {
            throw .notOurs(path: path, sentence: "this file of the backup is missing")
        }
        let found = try BackupItem(measuring: name, in: directory, hashing)
        guard found.byteCount == byteCount, found.hash == hash else {
            throw .notOurs(path: path, sentence: "size or hash is not that of the manifest")
        }
    }
}
