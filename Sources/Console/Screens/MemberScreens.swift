// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf member`.
enum MemberScreens {
    static func list(_ answer: JSON, _ texts: Texts) -> String {
        var table = Table([
            .init(texts(.nameColumn), leastWidth: 14), .init(texts(.oinColumn)),
            .init(texts(.standColumn)), .init(texts(.sinceColumn), .right),
            .init(texts(.endpointColumn), leastWidth: 12), .init(texts(.entriesColumn), .right),
            .init(texts(.heartbeatColumn)),
        ])
        for member in answer.list("leden") {
            let name = member.words("naam")
            let size = member.list("logs").compactMap { $0.number("omvang") }.reduce(0, +)
            table.add([
                member["eigen"]?.truth == true ? texts(.ownNode, name) : name, member.words("oin"),
                standing(member, texts), member.number("sindsTijdperk").map { String($0) } ?? "-",
                member.list("eindpunten").first?.text ?? "-",
                Figures(texts: texts).count(size), member["hartslagDatum"]?.text ?? "-",
            ])
        }
        let hasMark = answer.list("leden").contains { $0["stemt"]?.truth == false }
        let legend = [texts(.memberLegend)] + (hasMark ? [texts(.memberLegendVotes)] : [])
        let lines = table.lines() + [""] + legend + [""] + CompletenessScreen.lines(answer, texts)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The standing, with a mark where the member's node does not vote on epochs.
    private static func standing(_ member: JSON, _ texts: Texts) -> String {
        texts.word(member["stand"]?.text ?? "-") + (member["stemt"]?.truth == false ? "*" : "")
    }

    static func show(_ member: JSON, _ texts: Texts) -> String {
        var lines = [
            PlainText.line("\(member.words("naam")) · \(member.words("oin")) · \(texts.word(member.words("soort")))"),
        ]
        if let standing = member["stand"]?.text {
            let votes = texts(member["stemt"]?.truth == false ? .memberVotesNot : .memberVotes)
            lines.append(texts(
                .memberStanding, texts.word(standing), String(member.number("sindsTijdperk") ?? 0), votes))
        }
        let towns = member.list("gemeenten").map { "\($0.words("naam")) (\($0.words("code")))" }
        if !towns.isEmpty { lines.append(texts(.memberTowns, towns.joined(separator: ", "))) }
        for pin in member["kaart"]?.list("tlsPinnen") ?? [] { lines.append(texts(.memberPins, pin.text ?? "")) }
        for log in member.list("logs") {
            lines.append(texts(
                .memberLog, log.words("logId"), Figures(texts: texts).count(log.number("omvang"))))
            // Whole, even beyond the columns: it is copied into other tools.
            lines.append(texts(.memberKey, log.words("verificatiesleutel")))
            if log["inTijdperk"]?.truth == false { lines.append(texts(.memberLogWaits)) }
            if let end = log.number("eindOmvang") {
                lines.append(texts(.memberLogEnds, Figures(texts: texts).count(end)))
            }
            if let size = log.number("opgeschortVanaf") { lines.append(texts(.memberSuspended, String(size))) }
        }
        return (lines + [""] + CompletenessScreen.lines(member, texts)).joined(separator: "\n") + "\n"
    }
}
