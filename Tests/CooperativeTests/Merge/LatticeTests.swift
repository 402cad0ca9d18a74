// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Merge: lattices, Protocol/state.md §2")
struct LatticeTests {
    /// Every cell that a log of three entries can give, each write having its own value.
    static let registers: [RegisterCell] = (0...3).flatMap { newest in
        (0...3).map { superseded in
            RegisterCell(
                newest: newest, superseded: superseded, value: newest == 0 ? [0xF6] : [UInt8(newest)],
                leaf: newest == 0 ? StateDigest.empty : suite.hash([UInt8(newest)]))
        }
    }

    static let elements: [ElementCell] = (0...3).flatMap { newest in
        (0...3).map { ElementCell(newest: newest, superseded: $0, leaf: suite.hash([UInt8(newest)])) }
    }

    static func obeysLaws<Cell: Equatable>(
        _ cells: [Cell], _ merge: (Cell, Cell) -> Cell
    ) -> Bool {
        for first in cells {
            guard merge(first, first) == first else { return false }
            for second in cells {
                guard merge(first, second) == merge(second, first) else { return false }
                for third in cells {
                    guard merge(merge(first, second), third) == merge(first, merge(second, third)) else {
                        return false
                    }
                }
            }
        }
        return true
    }

    @Test("a register's cells merge in any order, grouping and number")
    func registerLaws() {
        #expect(Self.obeysLaws(Self.registers) { first, second in
            var merged = first
            merged.merge(second)
            return merged
        })
    }

    @Test("an element's cells merge in any order, grouping and number")
    func elementLaws() {
        #expect(Self.obeysLaws(Self.elements) { first, second in
            var merged = first
            merged.merge(second)
            return merged
        })
    }

    @Test("counters merge in any order, grouping and number, and never fall", arguments: UInt64(1)...40)
    func counterLaws(seed: UInt64) {
        var choices = Choices(seed: seed)
        let counters = (0..<6).map { _ in
            UsageCounters(
                eventsCounted: Int64(choices.below(4)), eventsRetracted: Int64(choices.below(4)),
                quantityCounted: Int64(choices.below(4)), quantityRetracted: Int64(choices.below(4)),
                inboxPosition: Int64(choices.below(4)))
        }
        #expect(Self.obeysLaws(counters) { first, second in
            var merged = first
            merged.merge(second)
            return merged
        })
        var merged = counters[0]
        for next in counters {
            let before = merged
            merged.merge(next)
            #expect(merged.eventsCounted >= before.eventsCounted && merged.inboxPosition >= before.inboxPosition)
        }
    }

    @Test("a write that was named is current no more; a newer one is")
    func currency() {
        var cell = ElementCell()
        cell.add(at: 4, leaf: suite.hash([4]))
        #expect(cell.isCurrent)
        cell.supersede(through: 4)
        #expect(!cell.isCurrent)
        cell.add(at: 5, leaf: suite.hash([5]))
        #expect(cell.isCurrent)
    }
}
