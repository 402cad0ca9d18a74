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
            lines += Layout.wrap(mark + sentence(task) + day, columns: Table.columnsLimit, hanging: 2)
            let command = task.words("opdracht")
            if !command.isEmpty {
                lines += Layout.wrap(PlainText.line(command), columns: Table.columnsLimit - 4, hanging: 2)
                    .map { "    " + $0 }
            }
        }
        return (lines + [""] + CompletenessScreen.lines(answer, texts)).joined(separator: "\n") + "\n"
    }

    private func sentence(_ task: JSON) -> String {
        let facts = task["gegevens"] ?? .null
        let number = String(facts.number("aantal") ?? facts.number("dagen") ?? 0)
        let member = facts["lid"]?["naam"]?.text ?? facts["indiener"]?["naam"]?.text ?? ""
        switch task.words("soort") {
        case "stem": return texts(.todoVote, facts.words("titel"), member)
        case "vork": return texts(.todoFork, member, String(facts.words("logId").prefix(12)))
        case "conflict": return texts(.todoConflict, facts.words("applicatie"), facts.words("veld"))
        case "quarantaine":
            return texts(.todoQuarantine, facts.list("dagen").compactMap(\.text).joined(separator: ", "))
        case "certificaat": return texts(.todoCertificate, number)
        case "kandidaat": return texts(.todoCandidate, member)
        case "verschil": return texts(.todoDifference, number, facts.words("maand"))
        default: return PlainText.line(task.words("tekst"))
        }
    }
}
