// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle compare`: what asks for attention first.
struct CompareScreen {
    let comparison: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    /// Whether a cell asks for attention.
    var hasFinding: Bool { comparison.list("cellen").contains(where: CellScreen.asksAttention) }

    var text: String {
        let cells = comparison.list("cellen")
        let asking = cells.filter(CellScreen.asksAttention)
        let sorted = asking + cells.filter { !CellScreen.asksAttention($0) && CellScreen.hasUse($0) }
        var table = Table([
            .init(texts(.applicationColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.providerColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.consumerColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.providerSideColumn).capitalizedWord, .right),
            .init(texts(.consumerSideColumn).capitalizedWord, .right),
            .init(texts(.differenceColumn), .right), .init(texts(.statusColumn)),
        ])
        for cell in sorted {
            let mark = CellScreen.asksAttention(cell) ? "! " : ""
            table.add([
                mark + cell.words("applicatieNaam"), cell.words("aanbiederNaam"), cell.words("afnemerNaam"),
                cell.number("aantalAanbieder").map { figures.count($0) } ?? "-",
                cell.number("aantalAfnemer").map { figures.count($0) } ?? "-",
                cell.number("verschilCent").map { figures.cents($0) } ?? "-",
                texts.word(cell.words("stand")),
            ])
        }
        let count = asking.count
        let reasons = asking.compactMap { cell -> String? in
            let words = [
                cell["reden"]?.text.map(texts.word),
                cell["inhoudVerschilt"]?.truth == true ? texts(.contentDiffers) : nil,
            ].compactMap(\.self).joined(separator: ", ")
            return words.isEmpty ? nil : "! \(PlainText.line(cell.words("applicatieNaam"))): \(words)"
        }
        let idle = cells.count { !CellScreen.hasUse($0) }
        let rest = idle == 0 ? [] : [texts(.cellsWithoutUse, String(idle))]
        let day = figures.day(comparison.words("reactietermijnDatum"))
        let end = count == 0
            ? [texts(.compareFine)] : [texts(.compareFinding, String(count)) + " " + texts(.respondBy, day)]
        let title = texts(.compareTitle, figures.month(comparison.words("maand")))
        return ([title] + table.lines() + [""] + reasons + rest + end + CompletenessScreen.lines(comparison, texts))
            .joined(separator: "\n") + "\n"
    }
}

/// What is told of any cell.
enum CellScreen {
    private static let attention = ["verschil", "alleen aanbieder", "alleen afnemer", "geen partij", "geen tarief"]

    /// Whether anybody counted anything: a cell of zeros is stated, and no news.
    static func hasUse(_ cell: JSON) -> Bool {
        ["aantalAanbieder", "aantalAfnemer"].contains { (cell.number($0) ?? 0) != 0 }
    }

    /// Whether a person has to look at it.
    static func asksAttention(_ cell: JSON) -> Bool {
        hasUse(cell) && attention.contains(cell.words("stand")) || cell["inhoudVerschilt"]?.truth == true
    }
}
