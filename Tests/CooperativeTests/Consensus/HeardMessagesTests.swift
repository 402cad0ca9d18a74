// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Consensus: how much of a log is heard, Protocol/consensus.md §4")
struct HeardMessagesTests {
    private static let log = LogID(suite.hash([1]))

    private static func place(_ index: Int, branch: Int = 0) -> MessagePlace {
        MessagePlace(log: log, branch: branch, index: EntryIndex(known: index))
    }

    @Test("the first 8,192 messages above E_k are heard, each once, and none after them")
    func count() {
        var heard = HeardMessages()
        heard.begin(0, of: Self.log, at: 5)
        let most = CooperativeLimits.messagesHeard
        #expect(most == 8_192)
        let taken = (5..<20_000).filter { heard.hears(Self.place($0), byteCount: 10) }
        #expect(taken == Array(5..<5 + most))
        let isHeardAgain = heard.hears(Self.place(5), byteCount: 10)
        #expect(!isHeardAgain && heard.isFull(Self.log))
    }

    @Test("and at most 1 MiB of them: one that does not fit ends it")
    func bytes() {
        var heard = HeardMessages()
        heard.begin(0, of: Self.log, at: 1)
        let taken = (1..<40).filter { heard.hears(Self.place($0), byteCount: 60_000) }
        #expect(taken == Array(1...17))
        let isSmallHeard = heard.hears(Self.place(50), byteCount: 10)
        #expect(!isSmallHeard)
    }

    @Test("a branch has its own, with what stands below where it parts")
    func branches() {
        var heard = HeardMessages()
        heard.begin(0, of: Self.log, at: 0)
        for index in 0..<9_000 { _ = heard.hears(Self.place(index), byteCount: 10) }
        heard.begin(1, of: Self.log, at: 100)
        let taken = (100..<9_000).filter { heard.hears(Self.place($0, branch: 1), byteCount: 10) }
        #expect(taken == Array(100..<8_192))
    }
}
