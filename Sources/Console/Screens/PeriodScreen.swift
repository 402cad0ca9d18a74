// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle periods`: a month with every other party.
struct PeriodScreen {
    let answer: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    var text: String {
        var lines = [texts(.periodsTitle, figures.month(answer.words("maand")))]
        let parties = answer.list("wederpartijen")
        if parties.isEmpty { lines.append(texts(.periodsNone)) }
        for party in parties {
            lines += ["", texts(
                .periodsParty, PlainText.line(party["wederpartij"]?.words("naam") ?? ""),
                texts.word(party.words("stand")))]
            if let closed = party["gesloten"], closed != .null {
                lines.append(texts(
                    .periodsClosed, texts.word(closed.words("wijze")), figures.count(closed.number("tijdperk"))))
            }
            lines += party.list("cellen").map(cell)
            lines += party.list("standpunten").map(stance)
        }
        return (lines + CompletenessScreen.lines(answer, texts)).joined(separator: "\n") + "\n"
    }

    private func cell(_ cell: JSON) -> String {
        let counts = ["aantalAanbieder", "aantalAfnemer"].map { name in
            cell.number(name).map { figures.count($0) } ?? "-"
        }
        let line = texts(
            .periodsCell, PlainText.line(cell.words("applicatie")), PlainText.line(cell.words("klasse")), counts[0],
            counts[1])
        guard let agreed = cell.number("overeengekomen") else { return line }
        return line + ", " + texts(.periodsAgreed, figures.count(agreed))
    }

    private func stance(_ view: JSON) -> String {
        let quantity = view.number("aantal").map { " " + figures.count($0) } ?? ""
        let reason = view["reden"]?.text.map { ": " + PlainText.line($0) } ?? ""
        return texts(
            .periodsStance, PlainText.line(view["lid"]?.words("naam") ?? ""),
            texts.word(view.words("woord")) + quantity,
            PlainText.line(view.words("applicatie")), PlainText.line(view.words("klasse"))) + reason
    }

    /// What was just said of a cell.
    static func stance(_ answer: JSON, _ texts: Texts) -> String {
        let figures = Figures(texts: texts)
        let quantity = answer.number("aantal").map { " " + figures.count($0) } ?? ""
        return texts(
            .stanceTaken, PlainText.line(answer.words("applicatie")), PlainText.line(answer.words("klasse")),
            figures.month(answer.words("maand")), texts.word(answer.words("woord")) + quantity,
            answer.words("regel")) + "\n"
    }

    /// What was just signed.
    static func closing(_ answer: JSON, _ texts: Texts) -> String {
        let figures = Figures(texts: texts)
        let name = PlainText.line(answer["wederpartij"]?.words("naam") ?? "")
        let signed = texts(
            .cutSigned, figures.month(answer.words("maand")).uppercasedFirst, name,
            figures.count(answer.number("tijdperk")), figures.count(answer.number("cellen")), answer.words("regel"))
        let next = answer["beide"]?.truth == true ? texts(.cutWaitsForEpoch) : texts(.cutWaitsForOther, name)
        return signed + "\n" + next + "\n"
    }
}
