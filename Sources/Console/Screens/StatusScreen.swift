// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// `korf status`: worst first.
struct StatusScreen {
    let status: JSON
    let texts: Texts

    /// Whether something needs a person.
    var needsAction: Bool { status.list("acties").contains { $0.words("ernst") == "actie" } }

    var text: String {
        let above = title + [""] + CompletenessScreen.lines(status, texts) + actions
        return (above + [""] + nodes + refusals + [""] + foot).joined(separator: "\n") + "\n"
    }

    private var title: [String] {
        let name = "\(status["lid"]?.words("naam") ?? "") · \(status["netwerk"]?.words("naam") ?? "") · "
            + Self.moment(status.words("tijdstip"), Figures(texts: texts))
        let count = status.list("acties").count { $0.words("ernst") == "actie" }
        let right = switch count {
        case 0: texts(.noActions)
        case 1: texts(.oneAction)
        default: texts(.manyActions, String(count))
        }
        let left = Layout.cut(PlainText.line(name), to: Table.columnsLimit - right.count - 2)
        return [left + Layout.padLeft(right, to: max(right.count + 2, 76 - left.count))]
    }

    /// Day and minute of an instant on clocks in Amsterdam; the node gives UTC.
    private static func moment(_ instant: String, _ figures: Figures) -> String {
        guard let seconds = LocalTime.seconds(instant), let local = LocalTime(seconds: seconds) else { return instant }
        return figures.day(local.day) + " " + local.minute
    }

    private var actions: [String] {
        let actions = status.list("acties")
        guard !actions.isEmpty else { return [] }
        return [""] + actions.flatMap { action in
            let mark = action.words("ernst") == "actie" ? "! " : "- "
            return Layout.wrap(mark + sentence(action), columns: Table.columnsLimit, hanging: 2) + evidence(of: action)
        }
    }

    private func sentence(_ action: JSON) -> String {
        let facts = action["gegevens"] ?? .null
        let number = String(facts.number("aantal") ?? 0)
        switch action.words("code") {
        case "alleen-lezen": return texts(.actionReadsOnly, texts.reason(facts.words("reden")))
        case "oud-lid": return texts(.actionEnded, facts.words("naam"), String(facts.number("tijdperk") ?? 0))
        case "vork": return texts(.actionFork, facts.words("naam"))
        case "onbereikbaar":
            let (name, since) = (facts.words("naam"), facts.words("sindsTijdstip"))
            let reason = texts.reason(facts.words("reden"))
            return Self.seconds(since) == nil
                ? texts(.actionNeverReached, name, reason) : texts(.actionUnreachable, name, age(since), reason)
        case "verschil":
            let day = Figures(texts: texts).day(facts.words("reactietermijnDatum"))
            return texts(.actionDifference, number, facts.words("maand"), day)
        case "conflict": return texts(.actionConflict, number)
        case "stem": return texts(.actionVotes, number, Figures(texts: texts).day(facts.words("termijnDatum")))
        case "stemt-niet": return texts(.actionVotesNot, ObstacleWords.sentence(facts, texts))
        case "opvolger-wacht", "opvolger-onbevestigd": return successor(facts)
        case "toestand-ongelijk": return texts(.actionDigest, String(facts.number("nummer") ?? 0))
        case "tijdperk-betwist":
            let sentence = texts(.actionDisputed, String(facts.number("nummer") ?? 0))
            let names = facts.list("leden").map { $0.words("naam") }.joined(separator: ", ")
            return names.isEmpty ? sentence : texts(.disputedNamed, sentence, names)
        case "certificaat":
            let days = facts.number("dagen") ?? 0
            return days < 0 ? texts(.actionCertificateExpired) : texts(.actionCertificate, String(days))
        case "geen-quorum":
            return texts(
                .actionNoQuorum, String(facts.number("bereikbaar") ?? 0), String(facts.number("stemmers") ?? 0),
                String(facts.number("nodig") ?? 0))
        case "schijf": return texts(.actionDisk, String(facts.number("procent") ?? 0))
        case "backup":
            let last = facts.words("laatsteTijdstip")
            return last.isEmpty
                ? texts(.actionBackupNever) : texts(.actionBackupOld, Figures(texts: texts).day(last))
        default: return PlainText.line(action.words("tekst"))
        }
    }

    /// At two voters: what a new log waits for before it votes for the old one.
    private func successor(_ facts: JSON) -> String {
        let (name, end) = (facts.words("naam"), String(facts.number("omvang") ?? 0))
        if facts["bevestigt"] != nil { return texts(.actionSuccessorWaits, name, facts.words("bevestigt"), end) }
        guard let held = facts.number("aanwezig") else { return texts(.actionSuccessorForked, name) }
        return texts(.actionSuccessorShort, name, end, String(held))
    }

    /// The two heads that convict a log, under the action that names it.
    private func evidence(of action: JSON) -> [String] {
        guard action.words("code") == "vork", let log = action["gegevens"]?["logId"]?.text else { return [] }
        return status.list("vorken").filter { $0.words("logId") == log }.flatMap { fork in
            Layout.wrap(
                texts(
                    .forkEvidence, fork.words("naam"), String(fork.words("logId").prefix(12)),
                    String(fork.number("omvangEersteLog") ?? 0), String(fork.words("wortelEersteLog").prefix(12)),
                    String(fork.number("omvangTweedeLog") ?? 0), String(fork.words("wortelTweedeLog").prefix(12))),
                columns: Table.columnsLimit - 2, hanging: 4).map { "  " + $0 }
        }
    }

    private var nodes: [String] {
        var table = Table([
            .init(texts(.nodeColumn), leastWidth: 18), .init(texts(.reachableColumn)), .init(texts(.exchangedColumn)),
            .init(texts(.behindColumn)), .init(texts(.standColumn)),
        ])
        for node in status.list("knopen") {
            let isOwn = node["eigen"]?.truth ?? false
            if isOwn {
                let size = Figures(texts: texts).count(node.number("logOmvang"))
                table.add([texts(.ownNode, node.words("naam")), "-", "-", "-", size])
                continue
            }
            let reachable = node["bereikbaar"]?.truth.map { texts($0 ? .yes : .no) } ?? "-"
            let behind = node.number("achter").map { Figures(texts: texts).count($0) } ?? texts(.unknown)
            table.add([
                node.words("naam"), reachable, age(node.words("uitgewisseldTijdstip")), behind,
                texts.word(node.words("stand")),
            ])
        }
        return table.lines()
    }

    private var refusals: [String] {
        status.list("knopen").flatMap { node in
            let refused = node.list("weigeringen")
            guard !refused.isEmpty else { return [String]() }
            let reasons = refused.map { "\($0.words("reden")) \($0.number("aantal") ?? 0)×" }.joined(separator: ", ")
            return Layout.wrap(
                texts(.refusedBy, node.words("naam"), reasons), columns: Table.columnsLimit, hanging: 2)
        }
    }

    /// How long ago an instant was, by the node's own clock.
    private func age(_ instant: String) -> String {
        guard let then = Self.seconds(instant), let now = Self.seconds(status.words("tijdstip")) else {
            return texts(.unknown)
        }
        let seconds = max(0, now - then)
        switch seconds {
        case ..<120: return texts(.secondsAgo, String(seconds))
        case ..<7_200: return texts(.minutesAgo, String(seconds / 60))
        case ..<172_800: return texts(.hoursAgo, String(seconds / 3_600))
        default: return texts(.daysAgo, String(seconds / 86_400))
        }
    }

    private static func seconds(_ instant: String) -> Int64? {
        let parts = instant.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int64($0) }
        guard let day = CivilDate(instant.prefix(10)), parts.count == 3 else { return nil }
        return Int64(day.dayNumber) * 86_400 + parts[0] * 3_600 + parts[1] * 60 + parts[2]
    }

    private var foot: [String] {
        let figures = Figures(texts: texts)
        let (inbox, disk, epoch) = (status["inbox"], status["schijf"], status["tijdperk"])
        var free = texts(.statusDiskUnknown)
        if let bytes = disk?.number("bytesVrij"), let total = disk?.number("bytesTotaal"), total > 0 {
            free = "\(Int(Double(bytes) * 100 / Double(total)))%"
        }
        let backup = status["backup"]?.words("laatsteTijdstip") ?? ""
        var lines = [
            texts(
                .statusInbox, figures.count(inbox?.number("ontvangen")), figures.count(inbox?.number("nietVerzonden")),
                free, backup.isEmpty ? texts(.statusBackupNever) : Self.moment(backup, figures)),
            texts(
                .statusCertificate, figures.count(status["certificaat"]?.number("dagen")), status.words("versie")),
        ]
        lines += EpochLines(epoch: epoch ?? .null, texts: texts).lines
        if let open = status.number("besluitenOpen"), open > 0 {
            lines.append(texts(.statusDecisions, figures.count(open)))
        }
        if let missing = status.number("ontbrekendeTeksten"), missing > 0 {
            lines.append(texts(.statusTexts, figures.count(missing)))
        }
        if let waiting = status.number("wachtendeRegels"), waiting > 0 {
            lines.append(texts(.statusWaiting, figures.count(waiting)))
        }
        let void = status.list("nietigeRegels").map { "\($0.words("reden")) \($0.number("aantal") ?? 0)×" }
        if !void.isEmpty { lines.append(texts(.statusVoid, void.joined(separator: ", "))) }
        lines.append(texts(.statusDigest, status.words("toestandsdigest")))
        return lines.flatMap { Layout.wrap($0, columns: Table.columnsLimit, hanging: 2) }
    }
}
