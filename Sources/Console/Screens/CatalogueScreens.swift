// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf catalogue`.
enum CatalogueScreens {
    static func list(_ answer: JSON, _ texts: Texts) -> String {
        var table = Table([
            .init(texts(.applicationColumn), leastWidth: 14), .init(texts(.leadColumn), leastWidth: 10),
            .init(texts(.phaseColumn)), .init(texts(.licenceColumn), leastWidth: 8), .init(texts(.gradeColumn)),
            .init(texts(.conflictsColumn), .right),
        ])
        for application in answer.list("applicaties") {
            let phase = application["fase"]?.text.map(texts.word) ?? application["ontwikkelstatus"]?.text ?? "-"
            table.add([
                application.words("id"), application["lead"]?.words("naam") ?? "", phase,
                application["licentie"]?.text ?? "-", application["beoordeling"]?.text ?? "-",
                application.number("conflicten").map { $0 == 0 ? "-" : String($0) } ?? "?",
            ])
        }
        return (table.lines() + [""] + CompletenessScreen.lines(answer, texts)).joined(separator: "\n") + "\n"
    }

    static func show(_ application: JSON, _ texts: Texts) -> String {
        var table = Table([
            .init(texts(.fieldColumn), leastWidth: 12), .init(texts(.valueColumn), leastWidth: 30),
            .init(texts(.writerColumn), leastWidth: 10),
        ])
        for field in application.list("velden") {
            for value in field.list("waarden") {
                let mark = field["conflict"]?.truth == true ? "! " : ""
                table.add([
                    mark + field.words("veld"), value["waarde"]?.onOneLine ?? "-",
                    value["schrijver"]?.words("naam") ?? "",
                ])
            }
        }
        for set in application.list("verzamelingen") {
            for element in set.list("elementen") {
                let writers = element.list("schrijvers").map { $0["schrijver"]?.words("naam") ?? "" }
                table.add([set.words("naam"), element["waarde"]?.onOneLine ?? "-", writers.joined(separator: ", ")])
            }
        }
        let people = application.list("deelnemers").map { $0.words("naam") }.joined(separator: ", ")
        let title = PlainText.line("\(application.words("naam")) · \(application.words("id"))")
        let lines = [title, texts(.participants, people), ""] + table.lines() + [""]
        return (lines + CompletenessScreen.lines(application, texts)).joined(separator: "\n") + "\n"
    }

    static func conflicts(_ answer: JSON, _ texts: Texts) -> String {
        let conflicts = answer.list("conflicten")
        var lines = conflicts.isEmpty ? [texts(.conflictsNone)] : []
        for conflict in conflicts {
            let values = conflict.list("waarden")
            let (application, field) = (conflict.words("applicatie"), conflict.words("veld"))
            lines.append(texts(.conflictTitle, conflict.words("naam"), field, String(values.count)))
            for value in values {
                let sentence = "\(value["schrijver"]?.words("naam") ?? ""): \(value["waarde"]?.onOneLine ?? "-") "
                    + "(\(value.words("regel")))"
                lines += Layout.wrap(PlainText.line(sentence), columns: 98, hanging: 4).map { "  " + $0 }
            }
            lines.append("  " + texts(.conflictHint, application, field))
        }
        return (lines + [""] + CompletenessScreen.lines(answer, texts)).joined(separator: "\n") + "\n"
    }

    /// The report of one import: grade, findings, what changed.
    static func report(_ answer: JSON, file: String, _ texts: Texts) -> String {
        var lines = [texts(
            .importDone, file, answer.words("beoordeling"), String(answer.number("fouten") ?? 0),
            String(answer.number("waarschuwingen") ?? 0))]
        for finding in answer.list("bevindingen") {
            let sentence = "\(finding.words("ernst")): \(Problem.sentence(finding))"
            lines += Layout.wrap(PlainText.line(sentence), columns: 98, hanging: 4).map { "  " + $0 }
        }
        let changed = answer.list("gewijzigd").compactMap(\.text).joined(separator: ", ")
        let last = changed.isEmpty ? texts(.importNothingChanged) : texts(.importChanged, changed)
        return (lines + Layout.wrap(last, columns: 100, hanging: 2)).joined(separator: "\n") + "\n"
    }
}
