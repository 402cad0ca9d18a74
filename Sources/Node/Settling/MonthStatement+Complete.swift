// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

/// Why a month may not be complete, with what would be right. Spec: Protocol/metering-events.md §11.
enum StatingObstacle: Sendable {
    /// A feed that normally delivers delivered nothing for a while.
    case silent(Silence)
    /// Days that wait since a backup was put back.
    case quarantined([CivilDate])
    /// A cell of which this member states a total, and none was handed over.
    case totalMissing(InboxCell)
    /// A cell with a total that was metered as well: only the total counts.
    case totalBesideEvents(InboxCell, events: UInt64)

    /// One sentence that names what is wrong, and one that says what to do.
    var both: BothLanguages {
        switch self {
        case .silent(let silence):
            let from = "\(silence.first.day) \(silence.first.hour):00"
            let to = "\(silence.last.day) \(silence.last.hour):59"
            return BothLanguages(
                nl: "\(silence.source) meldde niets van \(from) tot \(to) (\(silence.hours) uur). Laat de applicatie "
                    + "opnieuw aanleveren, met korf usage import.",
                en: "\(silence.source) reported nothing from \(from) to \(to) (\(silence.hours) hours). Have the "
                    + "application deliver again, with korf usage import.")
        case .quarantined(let days):
            let list = days.map(\.description).joined(separator: ", ")
            return BothLanguages(
                nl: "Sinds de teruggezette back-up wachten \(list). Vergelijk met korf settle compare --narrow of geef "
                    + "ze vrij met korf usage release.",
                en: "Days wait since a backup was put back: \(list). Compare with korf settle compare --narrow or let "
                    + "them count with korf usage release.")
        case .totalMissing(let cell):
            return BothLanguages(
                nl: "Van \(cell.application), klasse \(cell.usageClass), van \(cell.provider) wordt een maandtotaal "
                    + "gesteld en er is geen. Lever het aan met korf usage import --totals.",
                en: "Of \(cell.application), class \(cell.usageClass), of \(cell.provider) a monthly total is stated "
                    + "and there is none. Hand it over with korf usage import --totals.")
        case .totalBesideEvents(let cell, let events):
            return BothLanguages(
                nl: "Van \(cell.application), klasse \(cell.usageClass), van \(cell.provider) staat een maandtotaal, "
                    + "en er zijn \(events) meldingen: alleen het totaal telt. Trek de meldingen in.",
                en: "Of \(cell.application), class \(cell.usageClass), of \(cell.provider) a monthly total stands, "
                    + "and \(events) events were metered: only the total counts. Retract the events.")
        }
    }
}

/// What keeps a month from being stated without a reason.
public struct StatingObstacles: Sendable {
    /// In the order of Protocol/metering-events.md §11.
    let obstacles: [StatingObstacle]
}

extension MonthStatement {
    /// Refuses a month of which something is missing or may be.
    func demandComplete(_ month: CivilMonth, _ rules: RulesInForce) async throws(Refusal) {
        let obstacles: [StatingObstacle]
        do throws(StorageFailure) { obstacles = try await self.obstacles(month, rules) } catch {
            throw .engine(.storage(error))
        }
        guard obstacles.isEmpty else { throw .incomplete(month, StatingObstacles(obstacles: obstacles)) }
    }

    private func obstacles(
        _ month: CivilMonth, _ rules: RulesInForce
    ) async throws(StorageFailure) -> [StatingObstacle] {
        var watch = FeedWatch(month, named: feeds, workingDays: WorkingDays())
        try inbox.forEachEvent(days: watch.days) { watch.see($0.event) }
        var found = watch.silences.map { StatingObstacle.silent($0) }
        let waiting = try inbox.quarantinedDays().filter { !$0.isReleased && $0.day.month == month }.map(\.day)
        if !waiting.isEmpty { found.append(.quarantined(waiting)) }
        let totals = try inbox.totals(months: month...month)
        for cell in StatedTotals.cells(rules, of: engine.member.oin, in: month) where totals[cell] == nil {
            found.append(.totalMissing(cell))
        }
        for row in try await inbox.cells(months: month...month) where totals[row.cell] != nil {
            let events = row.current.eventsCounted - row.current.eventsRetracted
            if events > 0 { found.append(.totalBesideEvents(row.cell, events: events)) }
        }
        return found
    }
}

/// Which totals a member states. Spec: Protocol/metering-events.md §10.
enum StatedTotals {
    /// The cells of a month of which a member states a total: those of applications where its mode is monthly total.
    static func cells(_ rules: RulesInForce, of member: OIN, in month: CivilMonth) -> [InboxCell] {
        var cells: [InboxCell] = []
        for application in rules.applications where application.isUser(member, in: month)
            && application.modes.contains(where: { $0.consumer == member && $0.mode == .monthlyTotal }) {
            for provider in application.providers where provider != member {
                cells += application.classes.map { cell(application, provider, member, $0.description, month) }
            }
        }
        return cells.sorted()
    }

    private static func cell(
        _ application: Genesis.Application, _ provider: OIN, _ member: OIN, _ name: String, _ month: CivilMonth
    ) -> InboxCell {
        InboxCell(
            application: application.id.description, provider: provider, consumer: member, usageClass: name,
            month: month, side: .consumer)
    }
}

extension InboxCell {
    /// The cell that an event counts in.
    init(_ event: InboxEvent) {
        self.init(
            application: event.application, provider: event.provider, consumer: event.consumer,
            usageClass: event.usageClass, month: event.day.month, side: event.side)
    }
}
