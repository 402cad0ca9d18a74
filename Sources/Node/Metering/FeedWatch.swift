// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

/// A stretch of a month in which a feed that normally delivers delivered nothing.
struct Silence: Sendable {
    /// The feed: the `source` of its events.
    let source: String
    /// The first hour without an event, 0..23 in Amsterdam.
    let first: (day: CivilDate, hour: Int)
    /// The last hour without an event.
    let last: (day: CivilDate, hour: Int)
    /// Whole hours.
    let hours: Int
}

/// Finds the feeds that were silent in a month, from the events themselves: those that `korf.yaml` names by the hours
/// that it gives, any other by whole working days. Spec: Protocol/metering-events.md §11.
struct FeedWatch {
    /// A feed delivers every working day where it did so on three of four, or better, in the month.
    private static let regularPart = (kept: 3, of: 4)
    /// Days before the month that are looked at, and on how many of them a feed delivered that has to go on.
    static let daysBefore = 14
    private static let regularDaysBefore = 5

    private struct Feed {
        /// For each hour of the month, in order, whether it has an event; an event without a moment has the whole day.
        var hours: [Bool]
        var daysBefore: Set<CivilDate> = []
    }

    private let month: CivilMonth
    private let named: [String: Int]
    private let workingDays: WorkingDays
    private let dayCount: Int
    private var feeds: [String: Feed] = [:]

    /// Watches a month. `named` gives for a source how many hours without an event are normal at most.
    init(_ month: CivilMonth, named: [String: Int], workingDays: WorkingDays) {
        self.month = month
        self.named = named
        self.workingDays = workingDays
        dayCount = Int(month.lastDay.dayNumber - month.firstDay.dayNumber) + 1
        for source in named.keys.sorted() { feeds[source] = Feed(hours: Self.none(dayCount)) }
    }

    /// The days of which events have to be seen.
    var days: ClosedRange<CivilDate> {
        (month.firstDay.adding(days: -Self.daysBefore) ?? month.firstDay)...month.lastDay
    }

    /// An event that was received, retracted or not.
    mutating func see(_ event: InboxEvent) {
        guard event.day >= month.firstDay else {
            feeds[event.source, default: Feed(hours: Self.none(dayCount))].daysBefore.insert(event.day)
            return
        }
        let first = Int(event.day.dayNumber - month.firstDay.dayNumber) * 24
        guard first < dayCount * 24 else { return }
        let hour = named[event.source] == nil ? nil : Self.hour(of: event)
        for place in hour.map({ first + $0...first + $0 }) ?? first...first + 23 {
            feeds[event.source, default: Feed(hours: Self.none(dayCount))].hours[place] = true
        }
    }

    /// What was silent, by source and time.
    var silences: [Silence] {
        feeds.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap { source, feed in
            if let hours = named[source] {
                return runs(feed.hours) { $0 > hours }.map { silence(source, $0) }
            }
            return silentDays(feed).map { silence(source, $0) }
        }
    }

    private static func none(_ days: Int) -> [Bool] { [Bool](repeating: false, count: days * 24) }

    /// Working days without an event, those that follow each other with what lies between as one.
    private func silentDays(_ feed: Feed) -> [Range<Int>] {
        let isSeen = (0..<dayCount).map { day in feed.hours[day * 24..<day * 24 + 24].contains(true) }
        let working = (0..<dayCount).filter { day in
            month.firstDay.adding(days: day).map { workingDays.isWorkingDay($0) } ?? false
        }
        if !isSeen.contains(true) {
            return feed.daysBefore.count >= Self.regularDaysBefore ? [0..<dayCount * 24] : []
        }
        let kept = working.filter { isSeen[$0] }.count
        guard kept * Self.regularPart.of >= working.count * Self.regularPart.kept else { return [] }
        return runs(feed.hours) { _ in true }.filter { run in
            working.contains { run.contains($0 * 24) && run.contains($0 * 24 + 23) }
        }
    }

    /// Runs of hours without an event that are long enough.
    private func runs(_ hours: [Bool], _ isLong: (Int) -> Bool) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        for place in 0...hours.count where place == hours.count || hours[place] {
            if place > start, isLong(place - start) { found.append(start..<place) }
            start = place + 1
        }
        return found
    }

    private func silence(_ source: String, _ run: Range<Int>) -> Silence {
        func at(_ place: Int) -> (day: CivilDate, hour: Int) {
            (month.firstDay.adding(days: place / 24) ?? month.lastDay, place % 24)
        }
        return Silence(source: source, first: at(run.lowerBound), last: at(run.upperBound - 1), hours: run.count)
    }

    /// The hour of its day in Amsterdam, where the id that both sides share has a moment: a UUID of version 7.
    private static func hour(of event: InboxEvent) -> Int? {
        guard let id = event.transaction, let moment = UsageEvent.milliseconds(ofTransaction: id),
              let offset = CivilDate.amsterdamOffsetSeconds(atSeconds: moment / 1_000)
        else { return nil }
        return Int((moment / 1_000 + offset) / 3_600 % 24)
    }
}
