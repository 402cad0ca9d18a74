// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf usage show`.
enum UsageScreen {
    static func text(_ answer: JSON, _ texts: Texts) -> String {
        let month = Figures(texts: texts).month(answer.words("maand"))
        let cells = answer.list("cellen")
        guard !cells.isEmpty else {
            let lines = [texts(.usageNothing, month)] + CompletenessScreen.lines(answer, texts)
            return lines.joined(separator: "\n") + "\n"
        }
        var table = Table([
            .init(texts(.applicationColumn), leastWidth: 12), .init(texts(.providerColumn), leastWidth: 10),
            .init(texts(.consumerColumn), leastWidth: 10), .init(texts(.classColumn), leastWidth: 8),
            .init(texts(.providerSideColumn), .right), .init(texts(.consumerSideColumn), .right),
            .init(texts(.inboxColumn), .right),
        ])
        func net(_ cell: JSON, _ side: String) -> String {
            guard let counters = cell[side], counters != .null else { return "-" }
            return Figures(texts: texts).count(counters.number("netto"))
        }
        for cell in cells {
            table.add([
                cell.words("applicatie"), cell["aanbieder"]?.words("naam") ?? "", cell["afnemer"]?.words("naam") ?? "",
                cell.words("klasse"), net(cell, "aanbiederzijde"), net(cell, "afnemerzijde"), net(cell, "inbox"),
            ])
        }
        return ([texts(.usageTitle, month)] + table.lines() + [""] + CompletenessScreen.lines(answer, texts))
            .joined(separator: "\n") + "\n"
    }
}
