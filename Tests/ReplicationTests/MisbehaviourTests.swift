// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

/// What a lying partner makes of an honest answer.
enum Lie: String, CaseIterable, Sendable {
    case garbage, oversize, cut, replayedToken, staleHead, wrongSigner, gap, hugeSize, foreignLog
    case futureVersion, flippedEntry, wrongHashes, nonsenseWants, pagesForNothing, lyingDigest
    case fullTableForEver, unknownNumber, endlessMore

    func tell(_ honest: [UInt8], logs: [TestLog]) -> [UInt8] {
        guard var answer = try? ExchangeAnswer(decoding: honest) else { return honest }
        switch self {
        case .garbage: return [0xFF, 0x00, 0x13]
        case .oversize: return honest + [UInt8](repeating: 0, count: ExchangeLimits.bodyBytes)
        case .cut: return Array(honest.dropLast(honest.count / 3))
        case .futureVersion: return honest.enumerated().map { $0.offset == 2 ? 9 : $0.element }
        case .replayedToken: answer.token = [1, 2, 3]
        case .staleHead: answer.parcel.heads = mentions(logs) { _ in 1 }
        case .wrongSigner:
            answer.parcel.pages = answer.parcel.pages.map { remake($0, signature: logs[0].head.signature) }
        case .gap:
            answer.parcel.pages = answer.parcel.pages.map { remake($0, from: $0.from.position + 5) }
        case .hugeSize: answer.parcel.heads = mentions(logs) { _ in Int.max }
        case .foreignLog:
            let foreign = LogReference.id(LogID(suite.hash([4])))
            answer.parcel.pages = answer.parcel.pages.map { remake($0, log: foreign) }
        case .flippedEntry: answer.parcel.pages = answer.parcel.pages.map(flipped)
        case .wrongHashes:
            let hashes = [Hash](repeating: suite.hash([3]), count: 60)
            answer.parcel.pages = answer.parcel.pages.map { remake($0, hashes: hashes) }
        case .nonsenseWants:
            answer.parcel.wants = (0..<1_000).map {
                Want(log: .number($0 % logs.count), from: EntryIndex(known: $0 * 1_000_000))
            }
        case .pagesForNothing: answer.parcel.pages += answer.parcel.pages + answer.parcel.pages
        case .lyingDigest: answer.digest = suite.hash([99])
        case .fullTableForEver: answer.sendFullTable = true
        case .unknownNumber: answer.parcel.wants = [Want(log: .number(5_000), from: 0)]
        case .endlessMore:
            answer.token = nil
            answer.hasMore = true
            answer.parcel.pages = []
        }
        return answer.encode()
    }

    private func mentions(_ logs: [TestLog], size: (TestLog) -> Int) -> [HeadMention] {
        logs.map { HeadMention(log: .id($0.log), size: LogSize(known: size($0)), signature: $0.head.signature) }
    }

    private func remake(
        _ page: ReferencedPage, log: LogReference? = nil, from: Int? = nil, signature: Signature? = nil,
        entries: EntryBatch? = nil, hashes: [Hash]? = nil
    ) -> ReferencedPage {
        ReferencedPage(
            log: log ?? page.log, from: from.map { EntryIndex(known: $0) } ?? page.from, headSize: page.headSize,
            headSignature: signature ?? page.headSignature, entries: entries ?? page.entries,
            rightHandHashes: hashes ?? page.rightHandHashes)
    }

    private func flipped(_ page: ReferencedPage) -> ReferencedPage {
        var entries = (0..<page.entries.count).map { Array(page.entries[$0]) }
        if let last = entries.indices.last { entries[last][entries[last].count - 1] ^= 1 }
        return remake(page, entries: EntryBatch(entries))
    }
}

@Suite("Exchange: misbehaving partners, Protocol/exchange.md §4")
struct MisbehaviourTests {
    @Test(
        "a lie ends within bounds, changes nothing that is held, and an honest partner still brings all",
        arguments: Lie.allCases)
    func bounded(lie: Lie) throws {
        var world = try TestWorld(logs: 4, nodes: 3)
        for log in world.logs.indices { try world.logs[log].append(20 + log) }
        world.giveAll(to: 0)
        world.giveAll(to: 2)
        let logs = world.logs
        var network = TestNetwork(world.nodes)
        network.alter = { lie.tell($0, logs: logs) }
        network.start(1, 0)
        network.mustEnd()
        let summary = try #require(network.summaries.last)
        #expect(summary.requests <= 8)
        #expect(summary.faults.count <= ExchangeLimits.sessionFaults)
        let harmless: Set<Lie> = [.replayedToken, .pagesForNothing, .staleHead]
        if !harmless.contains(lie) {
            #expect(summary.outcome != .complete || summary.digests == .unequal)
            #expect(network.nodes[1].memories[0]?.token == nil)
        }
        network.alter = nil
        network.start(1, 2)
        network.mustEnd()
        network.start(1, 0)
        network.mustEnd()
        network.mustBeEqual()
    }

    @Test(
        "forged pages and a forged head lead to prove, which names the relay",
        arguments: [Lie.wrongSigner, .flippedEntry])
    func relay(lie: Lie) throws {
        var world = try TestWorld(logs: 2, nodes: 2)
        for log in world.logs.indices {
            try world.logs[log].append(5)
            #expect(world.nodes[1].admit(world.logs[log].page()) == nil)
            try world.logs[log].append(5)
        }
        world.giveAll(to: 0)
        let logs = world.logs
        var network = TestNetwork(world.nodes)
        network.alter = { lie.tell($0, logs: logs) }
        network.start(1, 0)
        network.mustEnd()
        let faults = network.summaries.last?.faults ?? []
        let isForged = faults.contains { if case .pageRefused(_, .headSignature) = $0 { true } else { false } }
        #expect(isForged || lie == .flippedEntry)
        #expect(network.findings.allSatisfy { $0 == .oneHistory })
        for node in network.nodes { #expect(node.evidence.isEmpty) }
    }

    @Test("a partner that pushes forged pages is refused by name and told so")
    func forgedPush() throws {
        var world = try TestWorld(logs: 2, nodes: 2)
        try world.logs[0].append(5)
        let page = world.logs[0].page()
        var request = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: suite.hash([1]))
        request.parcel.wants = []
        request.parcel.pages = [
            ReferencedPage(
                log: .id(page.log), from: 0, headSize: page.headSize, headSignature: world.logs[1].head.signature,
                entries: page.entries, rightHandHashes: []),
        ]
        let answer = try ExchangeAnswer(decoding: world.nodes[1].answer(request.encode()))
        #expect(answer.refusals.map(\.reason) == ["head-signature"])
        #expect(world.nodes[1].size(page.log) == 0)
    }

    @Test("a drip of one entry an answer is bounded by the requests of a session")
    func drip() throws {
        var world = try TestWorld(logs: 1, nodes: 2)
        try world.logs[0].append(100)
        world.giveAll(to: 0)
        let log = world.logs[0]
        var network = TestNetwork(world.nodes)
        network.alter = { honest in
            guard var answer = try? ExchangeAnswer(decoding: honest), let page = answer.parcel.pages.first
            else { return honest }
            let from = page.from.position
            let one = log.page(from: from, to: from + 1)
            answer.parcel.pages = [
                ReferencedPage(
                    log: page.log, from: page.from, headSize: one.headSize, headSignature: one.signature,
                    entries: one.entries, rightHandHashes: one.rightHandHashes),
            ]
            answer.parcel.heads = from == 0
                ? [HeadMention(log: page.log, size: one.headSize, signature: one.signature)] : []
            return answer.encode()
        }
        network.start(1, 0)
        network.mustEnd()
        network.mustBeEqual()
        #expect(network.summaries.last?.requests == 101)
    }

    @Test("arbitrary bytes are refused or read, never more", arguments: 1...200 as ClosedRange<UInt64>)
    func arbitraryBytes(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        var world = try TestWorld(logs: 2, nodes: 2)
        try world.logs[0].append(4)
        world.giveAll(to: 0)
        var asker = world.nodes[1]
        var session = ExchangeSession(.none, numbers: asker.numbers, ruleVersion: 1, epoch: 0)
        var source = asker
        let request = session.compose(&asker.heads, from: &source, suite)
        var body = try world.nodes[0].answer(request)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            body[Int.random(in: 0..<body.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let effects = session.received(body, &asker.heads, suite)
        for case .admit(let batch) in effects {
            let refused = asker.admit(batch.pages)
            _ = session.settled(batch.number, refused: refused, &asker.heads, suite)
        }
        for log in world.logs { #expect(asker.size(log.log) <= log.entries.count) }
        guard let read = try? ExchangeAnswer(decoding: body) else { return }
        #expect(try ExchangeAnswer(decoding: read.encode()) == read)
    }
}
