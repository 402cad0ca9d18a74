// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Glibc
import Journal
@testable import Storage

let suite = OpenSSLSuite()

/// A directory that is removed with everything in it when the test ends.
final class Scratch: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/korf-storage-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { preconditionFailure("no temporary directory") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.removeAll(path) }

    static func removeAll(_ path: String) {
        if let directory = opendir(path) {
            while let item = readdir(directory) {
                let name = name(of: item)
                if name != ".", name != ".." { removeAll(path + "/" + name) }
            }
            closedir(directory)
        }
        Glibc.remove(path)
    }

    static func name(of item: UnsafeMutablePointer<dirent>) -> String {
        withUnsafeBytes(of: item.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    var data: String { path + "/data" }
    var head: String { path + "/head" }

    func open() throws -> NodeStore { try NodeStore(path: data, headFile: head, suite: suite) }

    func read(_ path: String) throws -> [UInt8] {
        try MappedFile(path).withBytes { Array($0) }
    }

    func write(_ bytes: [UInt8], _ path: String) throws {
        try bytes.withUnsafeBytes { try DurableFile.write($0, to: path) }
    }
}

/// The writer of a log, for tests: its key and how far it went.
struct Writer {
    let signer: SigningKey
    let entryZero: EntryZero
    private(set) var own: OwnLog
    private(set) var entries: [[UInt8]] = []
    private(set) var pages: [AdmittedPage] = []

    init(_ number: UInt8) throws {
        signer = try SigningKey(seed: [UInt8](repeating: number, count: 32))
        guard let network = NetworkID([UInt8](repeating: 7, count: 32)),
              let oin = OIN("0000009900000000000\(number % 10)"),
              let next = Hash([UInt8](repeating: number, count: 32))
        else { preconditionFailure("the constants are well formed") }
        entryZero = EntryZero(network: network, oin: oin, logKey: signer.publicKey, nextKeyHash: next)
        let begun = OwnLog.begin(entryZero, signer: signer, suite)
        own = begun.log
        entries = [entryZero.encode()]
        pages = [begun.page]
    }

    var log: LogID { own.tip.log }
    var identity: LogIdentity { own.tip.identity }

    /// Appends entries of kind 40_000 with a body of `bytes` bytes and answers the page.
    @discardableResult
    mutating func append(_ count: Int, bytes: Int = 20) throws -> AdmittedPage {
        let new = (0..<count).map { step in
            let filler = (0..<bytes).map { UInt8(truncatingIfNeeded: entries.count + step + $0) }
            var writer = CBORWriter(capacity: bytes + 16)
            writer.array(count: 3)
            writer.integer(1)
            writer.integer(40_000)
            writer.bytes(filler)
            return writer.bytes
        }
        let page = try own.append(new, signer: signer, suite)
        entries += new
        pages.append(page)
        return page
    }

    /// What a receiver makes of the whole log.
    func received(upTo size: Int? = nil, by tip: LogTip? = nil) throws -> (page: AdmittedPage, tip: LogTip) {
        var tip = tip ?? LogTip(authorised: identity)
        guard let head = own.head else { preconditionFailure("a begun log has a head") }
        let stop = size ?? entries.count
        let leaves = entries.map { suite.leafHash($0) }
        let tree = MerkleTree(LeafHashes(leaves, suite), size: head.size, suite)
        let page = try tip.admit(
            Page(
                log: log, from: tip.held.next, entries: EntryBatch(Array(entries[tip.held.count..<stop])),
                headSize: head.size, signature: head.signed.signature,
                rightHandHashes: tree.rightHandHashes(from: LogSize(known: stop))),
            suite)
        return (page, tip)
    }
}

/// A generator of test cases, the same for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension StorageFailure {
    var refusal: StorageRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}

/// Runs `work`, which is expected to fail, and answers how.
func failure(_ work: () async throws -> Void) async -> StorageFailure? {
    do {
        try await work()
        return nil
    } catch { return error as? StorageFailure }
}

extension Scratch {
    func mode(_ path: String) -> mode_t {
        var facts = stat()
        return stat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0
    }

    func remove(_ path: String) throws {
        guard unlink(path) == 0 else { throw DurableFile.failure("unlink", path) }
    }

    func makeDirectory(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 else { throw DurableFile.failure("mkdir", path) }
    }

    /// Name and content of every file in the data directory.
    func everything() throws -> [String: [UInt8]] {
        guard let directory = opendir(data) else { throw DurableFile.failure("opendir", data) }
        defer { closedir(directory) }
        var files: [String: [UInt8]] = [:]
        while let item = readdir(directory) {
            let name = Self.name(of: item)
            if !name.hasPrefix(".") { files[name] = try read(data + "/" + name) }
        }
        return files
    }
}

func day(_ number: Int32) -> CivilDate {
    guard let day = CivilDate(dayNumber: Int(number)) else { preconditionFailure("the day is in range") }
    return day
}

/// The event with a number; its identity is spread as a keyed hash would be.
func event(
    _ number: Int, content: UInt64 = 0, day dayNumber: Int32 = 20_000, quantity: UInt64 = 1,
    application: String = "corv", transaction: String? = nil
) -> InboxEvent {
    var random = SeededGenerator(seed: UInt64(number) &* 7_919)
    guard let provider = OIN("00000099000000000001"), let consumer = OIN("00000099000000000002") else {
        preconditionFailure("the constants are well formed")
    }
    return InboxEvent(
        identity: EventIdentity(high: random.next(), low: random.next()), content: content, source: "/test",
        id: "id-\(number)", transaction: transaction, application: application, provider: provider,
        consumer: consumer, usageClass: "standaard", side: .provider, day: day(dayNumber), quantity: quantity)
}
