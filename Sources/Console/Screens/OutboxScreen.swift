// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle outbox`: numbered documents, newest series last.
struct OutboxScreen {
    let answer: JSON
    let texts: Texts

    var text: String {
        let documents = answer.list("documenten")
        var lines = documents.isEmpty ? [texts(.outboxNone)] : []
        for document in documents { lines += Self.document(document, texts) }
        for series in answer.list("reeksen") {
            let name = PlainText.line(series.words("reeks"))
            lines.append(
                series["volgende"]?.text.map { texts(.outboxNext, name, PlainText.line($0)) }
                    ?? texts(.outboxEnded, name))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One document: what it is, then who did what with it.
    static func document(_ document: JSON, _ texts: Texts) -> [String] {
        let figures = Figures(texts: texts)
        let head = [
            document.words("nummer"), texts.word(document.words("soort")), document.words("aan"),
            figures.cents(document.number("brutoCent")), texts.word(document.words("stand")),
        ]
        var lines = [PlainText.line(head.joined(separator: "  "))]
        let made = document["gemaakt"] ?? .null
        lines.append(act(made, texts.word("gemaakt"), texts))
        lines += document.list("handelingen").map { act($0, texts.word($0.words("stand")), texts) }
        return lines
    }

    private static func act(_ act: JSON, _ word: String, _ texts: Texts) -> String {
        let reason = act["reden"]?.text.map { ": " + $0 } ?? ""
        let day = Figures(texts: texts).day(act.words("tijdstip"))
        return PlainText.line("  " + texts(.outboxAct, word, act.words("persoon"), day) + reason)
    }
}
