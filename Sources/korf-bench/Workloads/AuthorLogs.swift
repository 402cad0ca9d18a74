// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// The 400 logs as their owners write them: entries that wait for a signature, then pages under signed heads.
struct AuthorLogs {
    private let suite = OpenSSLSuite()
    private let signers: [SigningKey]
    private var logs: [OwnLog]
    private var waiting: [[[UInt8]]]

    /// Begins every log; its entry 0 comes in the first page of `pages`.
    private(set) var begun: [AdmittedPage]

    init(_ network: BenchNetwork) throws {
        var signers: [SigningKey] = []
        var logs: [OwnLog] = []
        var begun: [AdmittedPage] = []
        for author in 0..<BenchNetwork.authorCount {
            let signer = try BenchNetwork.signer(BenchNetwork.nodeCount + author)
            let card = network.genesis.founders[BenchNetwork.nodeCount + author]
            let (log, page) = OwnLog.begin(
                EntryZero(network: network.genesis.network, card: card), signer: signer, suite)
            signers.append(signer)
            logs.append(log)
            begun.append(page)
        }
        self.signers = signers
        self.logs = logs
        self.begun = begun
        waiting = Array(repeating: [], count: logs.count)
    }

    /// A log's id.
    func id(_ author: Int) -> LogID { logs[author].tip.log }

    /// Adds an entry, and says how others name it.
    mutating func add(_ entry: [UInt8], by author: Int) -> EntryReference {
        let index = EntryIndex(known: logs[author].tip.held.count + waiting[author].count)
        waiting[author].append(entry)
        return EntryReference(log: id(author), index: index, leaf: suite.leafHash(entry))
    }

    /// Signs what waits of one author; `nil` for nothing.
    mutating func sign(_ author: Int) throws -> AdmittedPage? {
        guard !waiting[author].isEmpty else { return nil }
        let page = try logs[author].append(waiting[author], signer: signers[author], suite)
        waiting[author] = []
        return page
    }

    /// Signs what waits, one page an author.
    mutating func signAll() throws -> [AdmittedPage] {
        var pages: [AdmittedPage] = []
        for author in logs.indices {
            if let page = try sign(author) { pages.append(page) }
        }
        return pages
    }
}

extension Page {
    /// A page as its owner would send it: up to its head.
    init(whole page: AdmittedPage) {
        guard let head = page.tip.head else { preconditionFailure("an owner signs what it appends") }
        self.init(
            log: page.log, from: page.first, entries: page.entries, headSize: head.size,
            signature: head.signed.signature, rightHandHashes: [])
    }
}
