// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

@Suite("The head table, Protocol/exchange.md §1")
struct HeadTableTests {
    private func row(_ number: UInt8, size: Int) throws -> HeadRow {
        let log = try #require(LogID([UInt8](repeating: number, count: 32)))
        let blank = try #require(Signature([UInt8](repeating: 0, count: 64)))
        let root = suite.hash([number, UInt8(size)])
        return HeadRow(
            log: log, held: LogSize(known: size), root: root,
            head: SignedHead(Head(size: LogSize(known: size), root: root), signature: blank))
    }

    @Test(
        "the digest does not depend on the order of rows, and follows each change",
        arguments: 1...20 as ClosedRange<UInt64>)
    func order(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let rows = try (1...30).map { try row(UInt8($0), size: $0) }
        var left = HeadTable(rows)
        var right = HeadTable()
        for row in rows.shuffled(using: &generator) { right.set(row) }
        #expect(left.digest(suite) == right.digest(suite))
        right.set(try row(7, size: 100))
        #expect(left.digest(suite) != right.digest(suite))
        left.set(try row(7, size: 100))
        #expect(left.digest(suite) == right.digest(suite))
    }

    @Test("an authorised log without entries does not count, a forked one counts whatever is held")
    func counted() throws {
        let log = try #require(LogID([UInt8](repeating: 9, count: 32)))
        var table = HeadTable([HeadRow(empty: log)])
        #expect(table.digest(suite) == suite.emptyRoot)
        table.set(HeadRow(empty: log, forkedCoveredSize: 0))
        let empty = table.digest(suite)
        #expect(empty != suite.emptyRoot)
        var held = try row(9, size: 4)
        held.forkedCoveredSize = 0
        table.set(held)
        #expect(table.digest(suite) == empty)
    }

    @Test("only what grew or was convicted counts as a change")
    func changes() throws {
        let instance = try #require(StoreInstance([UInt8](repeating: 3, count: 16)))
        var heads = HeldHeads(
            table: HeadTable(), history: HeadHistory(instance: instance, sequence: HeadSequence(0)))
        let log = try #require(LogID([UInt8](repeating: 9, count: 32)))
        heads.keep(HeadRow(empty: log))
        #expect(heads.history.sequence == HeadSequence(0))
        heads.keep(try row(9, size: 4))
        heads.keep(try row(9, size: 4))
        #expect(heads.history.sequence == HeadSequence(1))
        var convicted = try row(9, size: 4)
        convicted.forkedCoveredSize = 0
        heads.keep(convicted)
        #expect(heads.history.sequence == HeadSequence(2))
    }
}
