// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
public import Cryptography
import Glibc
import Journal
import Settlement
public import Storage

/// Writes the bundle of a year for an accountant: statements and documents of every member and month that is over, and
/// the logs, genesis and epochs that they follow from. Spec: Protocol/bundle.md.
public struct YearBundle {
    /// Why there is none, in one sentence.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// The sentence.
        public let description: String
    }

    let store: JournalStore
    let suite: OpenSSLSuite
    let settled: CooperativeState
    let year: Int
    private(set) var manifest: BundleManifest

    /// Of a settled state whose logs the store holds.
    public init(_ store: JournalStore, _ suite: OpenSSLSuite, _ settled: CooperativeState, year: Int) {
        self.store = store
        self.suite = suite
        self.settled = settled
        self.year = year
        manifest = BundleManifest(settled, year: year)
    }

    /// Writes everything to a folder that is missing or empty, the manifest last; every file is then read-only.
    public mutating func write(to folder: String) throws(Failure) {
        let suite = suite
        let statements: YearStatements
        do throws(SettlementRefusal) {
            statements = try YearStatements(settled, year: year) { suite.hash(Array($0.utf8)) }
        } catch { throw Failure(description: error.description) }
        guard !statements.months.isEmpty else {
            throw Failure(description: "No month of \(year) is behind the last epoch, \(settled.epoch.date), yet.")
        }
        try makeEmpty(folder)
        try writeLogs(to: folder)
        var made: Set<String> = []
        try statements.forEach { (path, bytes) throws(Failure) in
            let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
            try Self.onFile { () throws(FileFailure) in
                if made.insert(String(parent)).inserted { try PlainFile.makeFolder("\(folder)/\(parent)") }
                try PlainFile.createUnsynced("\(folder)/\(path)", bytes)
            }
            manifest.files.append(.init(path: path, digest: suite.hash(bytes), byteCount: bytes.count))
        }
        manifest.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        let text = Array(manifest.text.utf8)
        let files = manifest.files
        try Self.onFile { () throws(FileFailure) in
            for file in files { chmod("\(folder)/\(file.path)", 0o444) }
            PlainFile.syncAll()
            try PlainFile.create("\(folder)/\(BundleManifest.name)", text, mode: 0o444)
        }
    }

    private func makeEmpty(_ folder: String) throws(Failure) {
        try Self.onFile { () throws(FileFailure) in try PlainFile.makeFolder(folder) }
        var held: [String] = []
        try Self.onFile { () throws(FileFailure) in held = try PlainFile.all(below: folder) }
        guard held.isEmpty else { throw Failure(description: "\(folder) is not empty; nothing was written.") }
    }

    private mutating func writeLogs(to folder: String) throws(Failure) {
        var export = TileExport(store: store, suite: suite, directory: "\(folder)/logs")
        export.syncsEach = false
        do throws(TileExport.Failure) {
            try export.add(settled.genesis)
            try export.addEpochs(upTo: settled.epoch.number)
            for tip in store.tips.sorted(by: { $0.log < $1.log }) { try export.add(tip) }
            for log in store.convicted { try export.addEvidence(against: log) }
        } catch { throw Failure(description: error.description) }
        let written = Dictionary(export.logs.map { ($0.log, $0.size) }) { first, _ in first }
        for covered in settled.epoch.heads where written[covered.log] ?? .empty < covered.head.size {
            throw Failure(description: "Log \(covered.log) is not held up to a signed head above what epoch "
                + "\(settled.epoch.number) covers; a bundle could not be verified.")
        }
        var files: [BundleManifest.File] = []
        let suite = suite
        try Self.onFile { () throws(FileFailure) in
            for name in try PlainFile.all(below: "\(folder)/logs") {
                let bytes = try PlainFile.read("\(folder)/logs/\(name)")
                files.append(.init(path: "logs/\(name)", digest: suite.hash(bytes), byteCount: bytes.count))
            }
        }
        manifest.files += files
    }

    private static func onFile(_ work: () throws(FileFailure) -> Void) throws(Failure) {
        do throws(FileFailure) { try work() } catch { throw Failure(description: error.description) }
    }
}
