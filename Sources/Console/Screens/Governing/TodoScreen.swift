// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf todo`: the worklist, due tasks first, each with its exact command.
struct TodoScreen {
    let answer: JSON
    let texts: Texts

    /// Whether something is due.
    var isDue: Bool { tasks.contains { $0["dringend"]?.truth == true } }
    private var tasks: [JSON] { answer.list("taken") }

    var text: String {
        let due = tasks.count { $0["dringend"]?.truth == true }
        var lines = [texts(tasks.isEmpty ? .todoNothing : .todoTitle, String(tasks.count), String(due))]
        for task in tasks {
            let mark = task["dringend"]?.truth == true ? "! " : "- "
            let day = task["termijnDatum"]?.text.map { texts(.todoUntil, Figures(texts: texts).day($0)) } ?? ""
            lines += Layout.wrap(mark + sentence(task) + day + more(task), columns: Table.columnsLimit, hanging: 2)
            let command = task.words("opdracht")
            if !command.isEmpty {
                lines += Layout.wrap(PlainText.line(command), columns: Table.columnsLimit - 4, hanging: 2)
                    .map { "    " + $0 }
            }
        }
        return (lines + [""] + CompletenessScreen.lines(answer, texts)).joined(separator: "\n") + "\n"
    }

    /// The euros that it is about, and who does it.
    private func more(_ task: JSON) -> String {
        let facts = task["gegevens"] ?? .null
        let euros = facts.number("bedragCent").map { ", " + Figures(texts: texts).cents($0) } ?? ""
        let role = facts["rol"]?.text.map { " (" + texts.word($0) + ")" } ?? ""
        return euros + role
    }

    private func sentence(_ task: JSON) -> String {
        let facts = task["gegevens"] ?? .null
        let number = String(facts.number("aantal") ?? facts.number("dagen") ?? 0)
        let member = facts["lid"]?["naam"]?.text ?? facts["indiener"]?["naam"]?.text ?? ""
        switch task.words("soort") {
        case "stem": return texts(.todoVote, facts.words("titel"), member)
        case "oud-lid":
            return texts(
                .actionEnded, facts["lid"]?["naam"]?.text ?? "", String(facts.number("tijdperk") ?? 0))
        case "vork": return texts(.todoFork, member, String(facts.words("logId").prefix(12)))
        case "conflict": return texts(.todoConflict, facts.words("applicatie"), facts.words("veld"))
        case "quarantaine":
            return texts(.todoQuarantine, facts.list("dagen").compactMap(\.text).joined(separator: ", "))
        case "certificaat": return texts(.todoCertificate, number)
        case "kandidaat": return texts(.todoCandidate, member)
        case "verschil": return texts(.todoDifference, number, facts.words("maand"))
        case "vaststellen": return texts(.todoState, facts.words("maand"))
        case "afsluiten": return texts(.todoClose, PlainText.line(facts.words("naam")), facts.words("maand"))
        case "prestatie": return texts(.todoConfirm, PlainText.line(facts.words("naam")), facts.words("maand"))
        case "akkoord": return texts(.todoApprove, PlainText.line(facts.words("naam")), facts.words("maand"))
        case "goedkeuren": return texts(.todoRelease, facts.words("nummer"))
        case "overhandigen":
            return texts(.todoHandOver, facts.words("nummer"), PlainText.line(facts.words("naam")))
        case "vervallen post": return texts(.todoOverdue, facts.words("nummer"))
        case "rekening": return texts(.todoAccount, PlainText.line(facts.words("naam")), facts.words("iban"))
        default: return PlainText.line(task.words("tekst"))
        }
    }
}
