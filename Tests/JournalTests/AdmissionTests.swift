// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Admission, Protocol/log.md §4")
struct AdmissionTests {
    private func log(_ count: Int) throws -> SampleLog {
        var log = try SampleLog(1)
        try log.append((1..<count).map { Sample.entry($0) })
        return log
    }

    @Test("any split into pages of any length gives the owner's tip", arguments: [1, 2, 3, 7, 16, 33, 64, 65])
    func pages(length: Int) throws {
        let log = try log(65)
        var tip = LogTip(authorised: log.identity)
        while tip.held < 65 {
            let from = tip.held.count
            let page = try log.page(from: from, to: min(65, from + length))
            let admitted = try tip.admit(page, suite)
            #expect(admitted.first.position == from)
            #expect(admitted.entries == page.entries)
            #expect(admitted.tip == tip)
            #expect(tip.head?.size == 65)
            let restored = try LogTip(
                restoring: log.identity, edge: tip.edge, head: #require(tip.head).signed,
                rightHandHashes: tip.rightHandHashes, suite)
            #expect(restored == tip)
        }
        #expect(tip == log.own.tip)
        #expect(tip.standing == .whole(try #require(log.own.head)))
    }

    @Test("a page that is cut anywhere is as its sender would have cut it", arguments: [1, 2, 5, 16, 31, 40, 64])
    func cut(at size: Int) throws {
        let log = try log(65)
        for end in [41, 48, 64, 65] {
            let cut = try #require(log.page(from: 0, to: end).cut(at: LogSize(known: size), suite))
            #expect(try bytes(cut) == bytes(log.page(from: 0, to: min(size, end))))
            let later = try log.page(from: min(3, size), to: end).cut(at: LogSize(known: size), suite)
            #expect(try later.map(bytes) == (size > 3 ? bytes(log.page(from: 3, to: min(size, end))) : nil))
        }
    }

    private func bytes(_ page: Page) -> [UInt8] {
        var writer = CBORWriter()
        page.write(to: &writer)
        return writer.bytes
    }

    @Test("entries below the own size are skipped, and the rest is admitted")
    func overlap() throws {
        let log = try log(20)
        var tip = LogTip(authorised: log.identity)
        _ = try tip.admit(log.page(from: 0, to: 12), suite)
        let admitted = try tip.admit(log.page(from: 5, to: 20), suite)
        #expect(admitted.first == 12)
        #expect(admitted.entries.count == 8)
        #expect(admitted.entry(0).bytes == log.entries[12])
        #expect(tip == log.own.tip)
    }

    @Test("a page without entries may bring a newer head for what is held")
    func headOnly() throws {
        var log = try log(10)
        var tip = LogTip(authorised: log.identity)
        _ = try tip.admit(log.page(from: 0, to: 10), suite)
        try log.append([Sample.entry(10)])
        let admitted = try tip.admit(log.page(from: 10, to: 10), suite)
        #expect(admitted.entries.isEmpty)
        #expect(tip.held == 10)
        #expect(tip.head?.size == 11)
    }

    private func expect(_ refusal: PageRefusal, _ tip: LogTip, _ page: Page) {
        var changed = tip
        #expect(throws: refusal) { try changed.admit(page, suite) }
        #expect(changed == tip, "nothing of a refused page is kept")
    }

    @Test("§4 a page that is not what the log signed is refused by name, as a whole")
    func refusals() throws {
        let log = try log(40)
        var tip = LogTip(authorised: log.identity)
        _ = try tip.admit(log.page(from: 0, to: 10), suite)
        let page = try log.page(from: 10, to: 23)
        let other = try SampleLog(2)
        expect(.logNotAuthorised, tip, try other.page(from: 0, to: 1))
        expect(.gap(held: 10, from: 11), tip, try log.page(from: 11, to: 23))
        expect(.empty, tip, try log.page(from: 2, to: 9))
        expect(.hashes, tip, page.with(hashes: Array(page.rightHandHashes.dropLast())))
        expect(.hashes, tip, page.with(headSize: 22))
        expect(.hashes, tip, page.with(headSize: 24))
        expect(.headSignature, tip, page.with(signature: other.own.head?.signed.signature))
        expect(.headSignature, tip, page.with(hashes: page.rightHandHashes.reversed()))
        expect(.empty, log.own.tip, try log.page(from: 40, to: 40))
        var entries = Array(log.entries[10..<23])
        entries.swapAt(0, 1)
        expect(.headSignature, tip, page.with(entries: EntryBatch(entries)))
        entries[3] = [0xF7]
        expect(.entry(position: 3, .notCanonical(.unsupportedType)), tip, page.with(entries: EntryBatch(entries)))
        let cut = EntryBatch(Array(log.entries[10..<22]))
        expect(.hashes, tip, try log.page(from: 10, to: 40).with(entries: cut))
        let large = EntryBatch((0..<20).map { Sample.entry($0, byteCount: 60_000) })
        expect(.oversize(bytes: page.with(entries: large).encodedByteCount), tip, page.with(entries: large))
    }

    @Test("§4.4 another entry 0 than the log's is refused")
    func entryZero() throws {
        let (log, other) = (try log(5), try SampleLog(2))
        let tip = LogTip(authorised: log.identity)
        let page = try log.page(from: 0, to: 5)
        expect(.entryZeroMismatch, tip, page.with(entries: EntryBatch(other.entries + log.entries[1...])))
    }

    @Test("§4.5 every change of one bit in a page is refused", arguments: 0..<60 as Range<UInt64>)
    func bits(seed: UInt64) throws {
        var random = Seeded(seed)
        let log = try log(40)
        var tip = LogTip(authorised: log.identity)
        _ = try tip.admit(log.page(from: 0, to: 10), suite)
        let page = try log.page(from: 10, to: 23)
        var buffer = page.entries.buffer
        buffer[Int.random(in: 0..<buffer.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        let forged = try #require(EntryBatch(buffer: buffer, ranges: page.entries.ranges))
        #expect(throws: PageRefusal.self) { try tip.admit(page.with(entries: forged), suite) }
        var hashes = page.rightHandHashes
        hashes[Int.random(in: 0..<hashes.count, using: &random)] = random.hash()
        #expect(throws: PageRefusal.headSignature) { try tip.admit(page.with(hashes: hashes), suite) }
    }

    @Test("a restored tip is checked anew")
    func restoring() throws {
        let log = try log(9)
        let head = try #require(log.own.head).signed
        let edge = log.own.tip.edge
        let wrong = try #require(RightEdge(size: 9, hashes: [edge.hashes[0], Sample.hash(1)]))
        #expect(throws: PageRefusal.headSignature) {
            try LogTip(restoring: log.identity, edge: wrong, head: head, rightHandHashes: [], suite)
        }
        #expect(throws: PageRefusal.hashes) {
            try LogTip(restoring: log.identity, edge: edge, head: head, rightHandHashes: [edge.hashes[0]], suite)
        }
    }

    @Test("§7 an own log is resumed at a signed head only, and refuses what is no entry")
    func own() throws {
        var log = try log(9)
        var tip = LogTip(authorised: log.identity)
        #expect(OwnLog(resuming: tip) == nil)
        _ = try tip.admit(log.page(from: 0, to: 4), suite)
        var writer = CBORWriter()
        try log.page(from: 0, to: 4).write(to: &writer)
        #expect(try log.page(from: 0, to: 4).encodedByteCount == writer.bytes.count)
        #expect(OwnLog(resuming: tip) == nil)
        #expect(OwnLog(resuming: log.own.tip) == log.own)
        let before = log.own
        #expect(throws: EntryRefusal.self) { try log.append([[0x00]]) }
        #expect(log.own == before)
    }
}
