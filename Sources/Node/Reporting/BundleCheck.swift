// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
public import Journal
import Replication
import Settlement

/// Verifies the bundle of a year offline: every file's hash, every log and its signed head, the chain of epochs, the
/// fold to the state that the manifest names, and every statement and document computed anew to the same bytes.
/// Spec: Protocol/bundle.md §4.
public struct BundleCheck: Sendable {
    /// What is wrong with which file; nil where it is no one file's.
    public struct Finding: Equatable, Sendable, CustomStringConvertible {
        /// Below the bundle.
        public let path: String?
        /// What is wrong, as a sentence.
        public let sentence: String

        public var description: String { path.map { "\($0): \(sentence)" } ?? sentence }
    }

    /// The first file that fails, in the order of the checks and then of the paths; nil for a sound bundle.
    public private(set) var finding: Finding?
    /// The network that the bundle is about: who trusts it compares this with what they know.
    public private(set) var network: NetworkID?
    /// The year.
    public private(set) var year = 0
    /// The last epoch in it.
    public private(set) var epoch = 0
    /// Its settled state.
    public private(set) var state: Hash?
    /// Files looked at, logs replayed, entries hashed.
    public private(set) var counts = (files: 0, logs: 0, entries: 0)
    /// Statements computed anew.
    public private(set) var statementCount = 0

    private struct Fault: Error { let finding: Finding }
    private let folder: String
    private let suite = OpenSSLSuite()

    /// Whether a folder is a bundle: it has a manifest of one.
    public static func isBundle(_ folder: String) -> Bool {
        guard let bytes = try? PlainFile.read("\(folder)/\(BundleManifest.name)") else { return false }
        return bytes.starts(with: Array((BundleManifest.form + "\n").utf8))
    }

    /// Checks a folder.
    public init(_ folder: String) {
        self.folder = folder
        do throws(Fault) { try check() } catch { finding = error.finding }
    }

    private mutating func check() throws(Fault) {
        let bytes = try read(BundleManifest.name)
        guard let manifest = BundleManifest(bytes) else { throw Self.fault(BundleManifest.name, "is no manifest") }
        (network, year, epoch, state) = (manifest.network, manifest.year, manifest.epoch, manifest.state)
        let logs = try hashes(manifest)
        let genesis = try Self.genesis(logs["logs/genesis.cbor"], suite)
        guard genesis.network == manifest.network else {
            throw Self.fault("logs/genesis.cbor", "is the genesis of another network, \(genesis.network)")
        }
        let held = try BundleLogs(logs, suite, fault: Self.fault)
        counts.logs = held.logCount
        counts.entries = held.entryCount
        let settled = try replay(manifest, genesis, held, logs)
        try recompute(manifest, settled)
    }

    /// Every file by its digest; answers those of the logs.
    private mutating func hashes(_ manifest: BundleManifest) throws(Fault) -> [String: [UInt8]] {
        var logs: [String: [UInt8]] = [:]
        let present: [String]
        do throws(FileFailure) { present = try PlainFile.all(below: folder) } catch {
            throw Fault(finding: .init(path: nil, sentence: error.description))
        }
        let listed = Set(manifest.files.map(\.path))
        if let stranger = present.first(where: { $0 != BundleManifest.name && !listed.contains($0) }) {
            throw Self.fault(stranger, "is in no manifest")
        }
        let there = Set(present)
        for file in manifest.files {
            guard there.contains(file.path) else { throw Self.fault(file.path, "is missing") }
            let bytes = try read(file.path)
            guard bytes.count == file.byteCount, suite.hash(bytes) == file.digest else {
                throw Self.fault(file.path, "has another content than the manifest says")
            }
            counts.files += 1
            if file.path.hasPrefix("logs/") { logs[file.path] = bytes }
        }
        return logs
    }

    private static func genesis(_ bytes: [UInt8]?, _ suite: OpenSSLSuite) throws(Fault) -> Genesis {
        guard let bytes else { throw fault("logs/genesis.cbor", "is missing") }
        do throws(GenesisRefusal) { return try Genesis.parse(bytes, suite) } catch {
            throw fault("logs/genesis.cbor", "is no genesis: \(error.sentence)")
        }
    }

    /// The settled state after the last epoch, from the genesis on.
    private func replay(
        _ manifest: BundleManifest, _ genesis: Genesis, _ held: BundleLogs, _ files: [String: [UInt8]]
    ) throws(Fault) -> CooperativeState {
        var state = CooperativeState(genesis: genesis, hashing: suite)
        let replay = EpochReplay(
            held: held.entries, size: { held.entries.size(of: $0) }, root: { held.root(of: $0, at: $1) },
            checksStates: true)
        for number in stride(from: 1, through: manifest.epoch, by: 1) {
            let digits = String(number)
            let name = "logs/epochs/\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
            guard let certificate = files[name + ".certificate"], let delta = files[name + ".delta"] else {
                throw Self.fault(name + ".certificate", "is missing, or its delta is")
            }
            do throws(ArchiveFailure) {
                state = try replay.next(number, certificate: certificate, delta: delta, after: state, suite)
            } catch { throw Self.fault(name + ".certificate", error.sentence) }
        }
        guard state.epoch.number == manifest.epoch, state.epoch.date == manifest.date, state.digest() == manifest.state
        else { throw Self.fault(BundleManifest.name, "names another state than the logs fold to, \(state.digest())") }
        return state
    }

    /// Every statement and document again.
    private mutating func recompute(_ manifest: BundleManifest, _ settled: CooperativeState) throws(Fault) {
        let suite = suite
        var expected: [String: Hash] = [:]
        for file in manifest.files where !file.path.hasPrefix("logs/") { expected[file.path] = file.digest }
        let made: YearStatements
        do throws(SettlementRefusal) {
            made = try YearStatements(settled, year: manifest.year) { suite.hash(Array($0.utf8)) }
        } catch { throw Self.fault(BundleManifest.name, error.description) }
        var count = 0
        try made.forEach { (path, bytes) throws(Fault) in
            guard let digest = expected.removeValue(forKey: path) else {
                throw Self.fault(path, "is missing: it follows from the logs")
            }
            guard digest == suite.hash(bytes) else {
                throw Self.fault(path, "says something else than follows from the logs")
            }
            count += path.hasSuffix(".canonical") ? 1 : 0
        }
        statementCount = count
        if let stranger = expected.keys.min() { throw Self.fault(stranger, "does not follow from the logs") }
    }

    private func read(_ path: String) throws(Fault) -> [UInt8] {
        do throws(FileFailure) { return try PlainFile.read("\(folder)/\(path)") } catch {
            throw Self.fault(path, "cannot be read: \(error)")
        }
    }

    private static func fault(_ path: String, _ sentence: String) -> Fault {
        Fault(finding: Finding(path: path, sentence: sentence))
    }
}
