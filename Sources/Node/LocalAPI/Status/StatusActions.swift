// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement

/// One thing that asks for a person, or for attention.
struct StatusAction: Sendable {
    let isAction: Bool
    let code: String
    /// Dutch, whole.
    let sentence: String
    /// What the sentence is made of, so that others can say it in another language.
    let facts: [(String, JSON)]

    var json: JSON {
        [
            "ernst": isAction ? "actie" : "let op", "code": .string(code), "tekst": .string(sentence),
            "gegevens": .object(JSONObject(facts.map { JSONObject.Member($0.0, $0.1) })),
        ]
    }
}

/// What needs action, worst first. Spec: Protocol/local-api.md §4.
struct StatusActions {
    private var actions: [StatusAction] = []

    /// Milliseconds that a partner may be out of reach before a person should look.
    static let unreachableMilliseconds: Int64 = 3_600_000
    static let certificateWarningDays = 30
    static let certificateActionDays = 7
    static let diskActionPercent: Int64 = 10
    static let backupDays = 2

    /// What needs a person comes before what asks for attention; inside each, what stops this node before what stops
    /// others, then the order of looking.
    var sorted: [StatusAction] {
        func inOrder(_ some: [StatusAction]) -> [StatusAction] {
            some.filter { Self.ownTrouble.contains($0.code) } + some.filter { !Self.ownTrouble.contains($0.code) }
        }
        return inOrder(actions.filter(\.isAction)) + inOrder(actions.filter { !$0.isAction })
    }

    private static let ownTrouble: Set<String> = [
        "oud-lid", "alleen-lezen", "toestand-ongelijk", "tijdperk-betwist", "certificaat", "schijf",
    ]

    init(_ engine: isolated NodeEngine) {
        lookAtMembership(engine)
        lookAtOwnLog(engine)
        lookAtForks(engine)
        lookAtPartners(engine)
        lookAtDifferences(engine)
        lookAtConflicts(engine)
        lookAtVotes(engine)
    }

    mutating func add(_ isAction: Bool, _ code: String, _ sentence: String, _ facts: [(String, JSON)] = []) {
        actions.append(StatusAction(isAction: isAction, code: code, sentence: sentence, facts: facts))
    }

    private mutating func lookAtMembership(_ engine: isolated NodeEngine) {
        guard let own = engine.state.member(engine.member.oin), own.standing == .ended else { return }
        add(true, "oud-lid", "\(own.card.name) is geen lid meer sinds tijdperk \(own.since)",
            [("naam", .string(own.card.name)), ("tijdperk", .count(own.since))])
    }

    private mutating func lookAtOwnLog(_ engine: isolated NodeEngine) {
        guard case .readsOnly(let reason) = engine.mode else { return }
        add(true, "alleen-lezen", "Deze knoop leest alleen: \(reason)", [("reden", .string(reason))])
    }

    private mutating func lookAtForks(_ engine: isolated NodeEngine) {
        for fork in engine.forks.values.sorted(by: { $0.log < $1.log }) {
            let name = engine.state.author(of: fork.log).map { engine.name(of: $0) } ?? "?"
            add(true, "vork", "\(name): sleutel tekende twee geschiedenissen; log opgeschort, bewijs bewaard",
                [("naam", .string(name)), ("logId", .string(fork.log.description))])
        }
    }

    private mutating func lookAtPartners(_ engine: isolated NodeEngine) {
        let now = engine.clock.milliseconds()
        for card in engine.state.members().filter({ $0.standing < .ended }).map(\.card) {
            guard let standing = engine.partners[card.oin], standing.isReachable == false else { continue }
            let reason = standing.reason ?? "onbekend"
            let since = standing.lastExchangeMilliseconds
            let isLong = since.map { now - $0 > Self.unreachableMilliseconds } ?? true
            add(isLong || !standing.isHeardSinceStart, "onbereikbaar", "\(card.name) onbereikbaar (\(reason))", [
                ("naam", .string(card.name)), ("reden", .string(reason)),
                ("sindsTijdstip", .optional(since.map { Instant(milliseconds: $0).description })),
            ])
        }
    }

    /// Cells of months that both parties stated, in which this member is one of them.
    private mutating func lookAtDifferences(_ engine: isolated NodeEngine) {
        for (month, count, deadline) in OwnDifferences.all(engine) {
            let end = deadline.map { ", reageren t/m \($0)" } ?? ""
            let noun = count == 1 ? "afwijking" : "afwijkingen"
            add(true, "verschil", "\(count) \(noun) boven tolerantie in \(month)\(end): korf settle compare", [
                ("aantal", .count(count)), ("maand", .string(month.description)),
                ("reactietermijnDatum", .optional(deadline?.description)),
            ])
        }
    }

    private mutating func lookAtConflicts(_ engine: isolated NodeEngine) {
        let count = engine.state.applicationViews().reduce(0) { $0 + $1.conflicts.count }
        guard count > 0 else { return }
        let noun = count == 1 ? "veld" : "velden"
        add(false, "conflict", "\(count) \(noun) in de catalogus met meer dan één waarde: korf catalogue conflicts",
            [("aantal", .count(count))])
    }

    private mutating func lookAtVotes(_ engine: isolated NodeEngine) {
        let open = WorklistAnswer.openVotes(engine).map(\.view)
        guard let deadline = open.map(\.proposal.deadline).min() else { return }
        let isDue = open.contains { WorklistAnswer.isDue($0, today: engine.clock.today()) }
        let noun = open.count == 1 ? "besluit" : "besluiten"
        add(isDue, "stem", "Stem van dit lid gevraagd over \(open.count) \(noun), t/m \(deadline): korf todo",
            [("aantal", .count(open.count)), ("termijnDatum", .string(deadline.description))])
    }

    mutating func look(at certificate: CertificateTerm) {
        guard certificate.days < Self.certificateWarningDays else { return }
        let isAction = certificate.days < Self.certificateActionDays
        let sentence = certificate.days < 0
            ? "Eigen certificaat is verlopen; anderen weigeren deze knoop"
            : "Eigen certificaat nog \(certificate.days) dagen geldig"
        add(isAction, "certificaat", sentence,
            [("dagen", .integer(certificate.days))])
    }

    mutating func look(at disk: DiskSpace) {
        guard let free = disk.freeBytes, let total = disk.totalBytes, total > 0 else { return }
        let percent = Int64(Double(free) * 100 / Double(total))
        guard percent < Self.diskActionPercent else { return }
        add(true, "schijf", "Nog \(percent)% van de schijf vrij", [("procent", .integer(percent))])
    }

    mutating func look(at backup: String?, today: CivilDate) {
        guard let backup else {
            add(false, "backup", "Nog nooit een back-up gemaakt: korf backup MAP", [("laatsteTijdstip", nil)])
            return
        }
        guard let day = CivilDate(backup.prefix(10)), let oldest = today.adding(days: -Self.backupDays), day < oldest
        else { return }
        add(false, "backup", "Laatste back-up \(day)", [("laatsteTijdstip", .string(backup))])
    }
}

/// Cells of this member that differ above tolerance, by months that both parties stated.
enum OwnDifferences {
    static func all(_ engine: isolated NodeEngine) -> [(month: CivilMonth, count: Int, deadline: CivilDate?)] {
        let own = PartyID(engine.member.oin)
        return StatedMonths.both(engine).compactMap { month in
            guard let input = try? SettlementInput(engine.state, through: month),
                  let outcomes = try? input.outcomes(in: month)
            else { return nil }
            // Between two that closed the month nothing can be said any more.
            let closed = engine.state.closedPeriods().filter { $0.cut.month == month }.map {
                Set([$0.cut.lower.digits, $0.cut.higher.digits])
            }
            let count = outcomes.count {
                let key = $0.cell.key
                return $0.state == .differs && (key.provider == own || key.consumer == own)
                    && !closed.contains([key.provider.text, key.consumer.text])
            }
            guard count > 0 else { return nil }
            let date = engine.settled.epoch.date
            return (month, count, try? WorkingDays().disputeDeadline(statedOn: date, terms: input.terms))
        }
    }
}

/// Months that were stated by both parties of some pair of which this member is one.
enum StatedMonths {
    static func both(_ engine: isolated NodeEngine) -> [CivilMonth] {
        let own = engine.member.oin
        let views = engine.state.statementViews().filter { $0.author == own || $0.counterparty == own }
        var theirs: [OIN: Set<CivilMonth>] = [:]
        for view in views where view.counterparty == own { theirs[view.author, default: []].insert(view.month) }
        let months = views.filter { $0.author == own && theirs[$0.counterparty]?.contains($0.month) == true }
        return Set(months.map(\.month)).sorted()
    }
}
