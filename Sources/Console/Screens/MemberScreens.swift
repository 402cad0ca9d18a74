// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf member`.
enum MemberScreens {
    static func list(_ answer: JSON, _ texts: Texts) -> String {
        var table = Table([
            .init(texts(.nameColumn), leastWidth: 16), .init(texts(.oinColumn)),
            .init(texts(.kindColumn), leastWidth: 10),
            .init(texts(.endpointColumn), leastWidth: 14), .init(texts(.entriesColumn), .right),
            .init(texts(.heartbeatColumn)),
        ])
        for member in answer.list("leden") {
            let name = member.words("naam")
            let size = member.list("logs").compactMap { $0.number("omvang") }.reduce(0, +)
            table.add([
                member["eigen"]?.truth == true ? texts(.ownNode, name) : name, member.words("oin"),
                texts.word(member.words("soort")), member.list("eindpunten").first?.text ?? "-",
                Figures(texts: texts).count(size), member["hartslagDatum"]?.text ?? "-",
            ])
        }
        return (table.lines() + [""] + CompletenessScreen.lines(answer, texts)).joined(separator: "\n") + "\n"
    }

    static func show(_ member: JSON, _ texts: Texts) -> String {
        var lines = [
            PlainText.line("\(member.words("naam")) · \(member.words("oin")) · \(texts.word(member.words("soort")))"),
        ]
        let towns = member.list("gemeenten").map { "\($0.words("naam")) (\($0.words("code")))" }
        if !towns.isEmpty { lines.append(texts(.memberTowns, towns.joined(separator: ", "))) }
        for pin in member["kaart"]?.list("tlsPinnen") ?? [] { lines.append(texts(.memberPins, pin.text ?? "")) }
        for log in member.list("logs") {
            lines.append(texts(
                .memberLog, log.words("logId"), Figures(texts: texts).count(log.number("omvang"))))
            // Whole, even beyond the columns: it is copied into other tools.
            lines.append(texts(.memberKey, log.words("verificatiesleutel")))
            if let size = log.number("opgeschortVanaf") { lines.append(texts(.memberSuspended, String(size))) }
        }
        return (lines + [""] + CompletenessScreen.lines(member, texts)).joined(separator: "\n") + "\n"
    }
}
