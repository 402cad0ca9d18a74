// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle received`, `confirm` and `approve`: what is paid for a month, and by whose word.
struct ReceivedScreen {
    let answer: JSON
    let texts: Texts

    var text: String {
        let documents = answer.list("documenten")
        let lines = documents.flatMap(self.lines)
        return (lines.isEmpty ? [texts(.receivedNothing)] : lines).joined(separator: "\n") + "\n"
    }

    private func lines(_ document: JSON) -> [String] {
        let figures = Figures(texts: texts)
        let performance = document["prestatie"] ?? .null
        let persons = performance.list("handelingen").map { act($0, figures) }
        let word = texts.word(performance.words("stand"))
        let approval = document["akkoord"].flatMap { $0 == .null ? nil : act($0, figures) } ?? texts(.notYet)
        let head = [
            document.words("document"), texts.word(document.words("soort")), document.words("van"),
            figures.cents(document.number("brutoCent")),
        ]
        var lines = [
            PlainText.line(head.joined(separator: "  ")),
            PlainText.line("  " + texts(.confirmedBy, ([word] + persons).joined(separator: "; "))),
            PlainText.line("  " + texts(.approvedBy, approval)),
        ]
        lines += document.list("belemmeringen").compactMap(\.text).map {
            PlainText.line("  ! " + texts(.receivedWaits, $0))
        }
        return lines
    }

    private func act(_ act: JSON, _ figures: Figures) -> String {
        texts(.actOn, act.words("persoon"), figures.day(act.words("tijdstip")), String(act.words("digest").prefix(12)))
    }
}
