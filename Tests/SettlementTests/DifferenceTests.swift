// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Settlement
import Testing

@Suite("The difference sheet, Protocol/comparison.md §6")
struct DifferenceTests {
    private typealias Month = CountedMonth

    /// Sixty matching records a day and whatever a test does to them.
    private func months(_ change: (inout Month, inout Month) -> Void) throws -> DifferenceSheet {
        var (own, other) = (Month(), Month())
        for number in 0..<310 {
            let record = Month.record(number * 200, day: number / 10 + 1)
            own.add(record)
            other.add(record)
        }
        change(&own, &other)
        let both = try #require(try Conversation(asker: own, answerer: other).sheet())
        let reverse = try #require(try Conversation(asker: other, answerer: own).sheet())
        // Whoever asks finds the same, seen from the other side.
        #expect(reverse.transactions.map(\.cause) == both.transactions.map(\.cause))
        #expect(reverse.transactions.map(\.own) == both.transactions.map(\.other))
        return both
    }

    private func only(_ sheet: DifferenceSheet) throws -> DifferingTransaction {
        #expect(sheet.transactions.count == 1)
        return try #require(sheet.transactions.first)
    }

    @Test("midnight: one side counts a day later")
    func midnight() throws {
        let sheet = try months { own, other in
            own.add(Month.record(7, day: 4, isPlain: true))
            other.add(Month.record(7, day: 5, isPlain: true))
        }
        let found = try only(sheet)
        #expect((found.kind, found.cause, found.side) == (.different, .midnight, nil))
        #expect(!sheet.isEqual(on: Month.month.firstDay.adding(days: 3)!))
        #expect(sheet.isEqual(on: Month.month.firstDay.adding(days: 5)!))
    }

    @Test("month end: the side that lacks it has it on the day beside the month")
    func monthEnd() throws {
        let sheet = try months { own, other in
            own.add(Month.record(9, day: 31, isPlain: true))
            other.add(Month.record(9, day: 32, isPlain: true))
        }
        let found = try only(sheet)
        #expect((found.kind, found.cause, found.side) == (.missing, .monthEnd, .other))
    }

    @Test("missing hours: some in a row of which the other side has none, by the instant in the id or by the day")
    func missingHours() throws {
        let sheet = try months { own, _ in
            for number in 0..<5 { own.add(Month.record(205 + number, day: 8)) }
        }
        #expect(sheet.transactions.map(\.cause) == Array(repeating: .missingHours, count: 5))
        let days = try months { own, _ in
            for number in 0..<4 { own.add(Month.record(number, day: 9, application: "zaaksysteem", isPlain: true)) }
        }
        #expect(days.transactions.map(\.cause) == Array(repeating: .missingHours, count: 4))
    }

    @Test("two in a row, and some with a record of the other side between, are no gap")
    func noGap() throws {
        let sheet = try months { own, other in
            for number in 0..<2 { own.add(Month.record(205 + number, day: 8)) }
            for number in 0..<4 {
                own.add(Month.record(405 + number * 2, day: 9))
                let between = Month.record(406 + number * 2, day: 9)
                own.add(between)
                other.add(between)
            }
        }
        #expect(sheet.transactions.count == 6)
        #expect(sheet.transactions.allSatisfy { $0.cause == .unknown && $0.kind == .missing && $0.side == .other })
    }

    @Test("doubled: a double feed from two sources, a repetition from one")
    func doubled() throws {
        let sheet = try months { own, other in
            own.add(Month.record(200, day: 1), source: 2)
            other.add(Month.record(400, day: 1))
        }
        #expect(sheet.transactions.map(\.kind) == [.doubled, .doubled])
        #expect(sheet.transactions.map(\.side) == [.own, .other])
        #expect(sheet.transactions.map(\.cause) == [.doubleFeed, .repeated])
    }

    @Test("another class, another quantity, and both at once")
    func different() throws {
        let sheet = try months { own, other in
            own.add(Month.record(1, day: 3, quantity: 5))
            other.add(Month.record(1, day: 3, quantity: 5, tariffClass: "spoed"))
            own.add(Month.record(2, day: 3, quantity: 5))
            other.add(Month.record(2, day: 3, quantity: 6))
            own.add(Month.record(3, day: 3, quantity: 5))
            other.add(Month.record(3, day: 3, quantity: 6, tariffClass: "spoed"))
        }
        #expect(sheet.transactions.map(\.cause) == [.otherClass, .otherQuantity, .unknown])
        let causes = sheet.causes.map {
            [$0.use.tariffClass, $0.cause.rawValue, "\($0.transactions)", "\($0.quantity)"]
        }
        #expect(causes == [
            ["spoed", "other-class", "1", "-5"], ["spoed", "unknown", "1", "-6"],
            ["standaard", "other-class", "1", "5"], ["standaard", "other-quantity", "1", "-1"],
            ["standaard", "unknown", "1", "5"],
        ])
    }

    @Test(
        "both counts of every day follow, and causes add up to the difference",
        arguments: 1...8 as ClosedRange<UInt64>)
    func counts(seed: UInt64) throws {
        let planted = PlantedMonths(seed: seed, records: 900, defects: 60)
        let sheet = try #require(try Conversation(asker: planted.own, answerer: planted.other).sheet())
        for (use, own, other) in sheet.totals {
            func total(_ month: Month) -> UseCount {
                let rows = month.rows.map(\.record).filter {
                    PricedUse(provider: $0.provider, application: $0.application, tariffClass: $0.tariffClass) == use
                }
                return UseCount(records: rows.count, quantity: rows.reduce(0) { $0 + $1.quantity })
            }
            #expect(own == total(planted.own))
            #expect(other == total(planted.other))
            let causes = sheet.causes.filter { $0.use == use }.reduce(0) { $0 + $1.quantity }
            #expect(causes == own.quantity - other.quantity)
        }
    }

    @Test("the euros of units are what the lower count would cost more with them")
    func amounts() throws {
        let prices = PriceList.graduated([
            Tier(upTo: try Quantity(1_000), price: MicroEuro(100_000)), Tier(upTo: nil, price: MicroEuro(50_000)),
        ])
        #expect(try DifferenceAmount.amount(of: -30, own: 990, other: 1_020, at: prices) == Cents(200))
        #expect(try DifferenceAmount.amount(of: 5, own: 995, other: 990, at: prices) == Cents(50))
    }
}
