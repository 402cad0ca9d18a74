// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
import Replication

/// A store in memory around Journal's own admission, with the answering side of the exchange.
struct TestNode: Sendable {
    struct Held: Sendable {
        var tip: LogTip
        var entries: [[UInt8]] = []
        var leaves: [Hash] = []
    }

    let name: Int
    let numbers: LogNumbers
    let identities: [LogID: LogIdentity]
    var logs: [LogID: Held] = [:]
    var heads: HeldHeads
    var evidence: [LogID: [UInt8]] = [:]
    var memories: [Int: PartnerMemory] = [:]
    var health: [Int: PeerHealth] = [:]

    init(name: Int, identities: [LogIdentity], numbered: Bool = true) {
        self.name = name
        self.identities = Dictionary(uniqueKeysWithValues: identities.map { ($0.log, $0) })
        numbers = LogNumbers(epoch: 0, logs: numbered ? identities.map(\.log) : [])
        let instance = StoreInstance([UInt8](repeating: UInt8(name), count: 16))!
        heads = HeldHeads(
            table: HeadTable(identities.map { HeadRow(empty: $0.log) }),
            history: HeadHistory(instance: instance, sequence: HeadSequence(0)))
        for identity in identities { logs[identity.log] = Held(tip: LogTip(authorised: identity)) }
    }

    /// A new life of the same store: sequence kept, changes and instance new.
    mutating func restart(instance: UInt8, from backup: TestNode? = nil) {
        if let backup { self = backup }
        heads = HeldHeads(
            table: heads.table,
            history: HeadHistory(
                instance: StoreInstance([UInt8](repeating: instance, count: 16))!, sequence: heads.history.sequence))
    }

    mutating func digest() -> Hash { heads.digest(suite) }

    func size(_ log: LogID) -> Int { heads.table[log]?.held.count ?? 0 }

    mutating func admit(_ page: Page) -> PageRefusal? {
        guard var held = logs[page.log], evidence[page.log] == nil else { return .logNotAuthorised }
        do throws(PageRefusal) {
            let admitted = try held.tip.admit(page, suite)
            for position in 0..<admitted.entries.count { held.entries.append(Array(admitted.entries[position])) }
            held.leaves += admitted.leafHashes
            logs[page.log] = held
            heads.keep(HeadRow(held.tip, suite))
            return nil
        } catch {
            return error
        }
    }

    mutating func keep(_ item: [UInt8]) {
        guard let parsed = try? ForkEvidence.parse(item), let identity = identities[parsed.log],
              evidence[parsed.log] == nil, (try? parsed.check(identity, suite)) != nil
        else { return }
        evidence[parsed.log] = item
        var row = heads.table[parsed.log] ?? HeadRow(empty: parsed.log)
        row.forkedCoveredSize = .empty
        heads.keep(row)
    }

    /// Admits in order; of each log the first refusal.
    mutating func admit(_ pages: [Page]) -> [RefusedPage] {
        var refused: [RefusedPage] = []
        for page in pages {
            guard let refusal = admit(page), refusal != .empty else { continue }
            if !refused.contains(where: { $0.log == page.log }) {
                refused.append(RefusedPage(log: page.log, refusal: refusal))
            }
        }
        return refused
    }

    /// `POST /v1/exchange`.
    mutating func answer(_ body: [UInt8]) throws -> [UInt8] {
        let asked = try ResolvedRequest(ExchangeRequest(decoding: body), numbers)
        for item in asked.request.parcel.evidence { keep(item) }
        let refused = admit(asked.pages).map { LogRefusal(log: $0.log, reason: $0.refusal.reason) }
        let plan = AnswerPlan(asked, &heads, epoch: 0, refusals: refused, suite)
        return plan.fill(from: &self).body
    }

    /// `POST /v1/prove`.
    func prove(_ body: [UInt8]) throws -> [UInt8]? {
        let request = try ProveRequest(decoding: body)
        guard let log = numbers.log(request.log), let held = logs[log] else { return nil }
        guard let tree = tree(held, held.tip.head?.size ?? .empty)?.source else { return nil }
        return ProveAnswer.answering(
            request, log: log, head: held.tip.head?.signed, held: held.tip.held, tree, suite)?.encode()
    }

    func tree(
        _ held: Held, _ size: LogSize
    ) -> MerkleTree<PartialTree<LeafHashes<OpenSSLSuite>, OpenSSLSuite>, OpenSSLSuite>? {
        PartialTree(
            LeafHashes(held.leaves, suite), size: held.tip.held, headSize: held.tip.head?.size ?? .empty,
            rightHandHashes: held.tip.rightHandHashes, suite
        ).map { MerkleTree($0, size: size, suite) }
    }

    mutating func judge(_ request: ProveRequest, _ body: [UInt8]) -> ForkFinding? {
        guard let log = numbers.log(request.log), let held = logs[log], let head = held.tip.head?.signed,
              let identity = identities[log], let answer = try? ProveAnswer(decoding: body)
        else { return nil }
        guard let tree = tree(held, head.size)?.source else { return nil }
        let finding = ForkCheck(identity, own: head, held: held.tip.held, tree, suite).judge(answer)
        if case .fork(let convicted) = finding { keep(convicted.evidence.encode()) }
        return finding
    }
}

extension TestNode: PageSource {
    typealias Failure = Never

    func entries(of log: LogID, from first: EntryIndex, below end: LogSize, to sink: inout EntrySink) {
        guard let held = logs[log] else { return }
        for entry in held.entries[first.position..<end.count] where !sink.offer(entry) { return }
    }

    func rightHandHashes(of log: LogID, from stop: LogSize, to headSize: LogSize) -> [Hash]? {
        guard let held = logs[log] else { return nil }
        return tree(held, headSize)?.rightHandHashes(from: stop)
    }

    func evidence(against log: LogID) -> [UInt8]? { evidence[log] }

    func text(of commitment: TextCommitment) -> SaltedText? { nil }
}
