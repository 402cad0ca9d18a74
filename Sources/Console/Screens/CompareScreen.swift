// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle compare`: what asks for attention first.
struct CompareScreen {
    let comparison: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    /// Whether a cell asks for attention.
    var hasFinding: Bool { comparison.list("cellen").contains(where: asksAttention) }

    /// What two parties closed asks for nobody any more.
    private func asksAttention(_ cell: JSON) -> Bool {
        CellScreen.asksAttention(cell) && CellScreen.ending(of: cell, in: comparison) == nil
    }

    var text: String {
        let cells = comparison.list("cellen")
        let asking = cells.filter(asksAttention)
        let sorted = asking + cells.filter { !asksAttention($0) && CellScreen.hasUse($0) }
        var table = Table([
            .init(texts(.applicationColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.providerColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.consumerColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.providerSideColumn).capitalizedWord, .right),
            .init(texts(.consumerSideColumn).capitalizedWord, .right),
            .init(texts(.differenceColumn), .right), .init(texts(.statusColumn)),
        ])
        for cell in sorted {
            let mark = asksAttention(cell) ? "! " : ""
            table.add([
                mark + CellScreen.name(of: cell, among: cells), cell.words("aanbiederNaam"), cell.words("afnemerNaam"),
                cell.number("aantalAanbieder").map { figures.count($0) } ?? "-",
                cell.number("aantalAfnemer").map { figures.count($0) } ?? "-",
                cell.number("verschilCent").map { figures.cents($0) } ?? "-",
                CellScreen.stand(of: cell, in: comparison, texts),
            ])
        }
        let count = asking.count
        let reasons = asking.compactMap { cell -> String? in
            let words = [
                cell["reden"]?.text.map(texts.word),
                cell["inhoudVerschilt"]?.truth == true ? texts(.contentDiffers) : nil,
            ].compactMap(\.self).joined(separator: ", ")
            return words.isEmpty ? nil : "! \(PlainText.line(CellScreen.name(of: cell, among: cells))): \(words)"
        }
        let idle = cells.count { !CellScreen.hasUse($0) }
        let rest = idle == 0 ? [] : [texts(.cellsWithoutUse, String(idle))]
        let day = figures.day(comparison.words("reactietermijnDatum"))
        let isStated = !comparison.list("vastgesteldDoor").isEmpty
        let fine = isStated ? texts(.compareFine) : texts(.compareNotStated, comparison.words("maand"))
        let end = count == 0
            ? [fine] : [texts(.compareFinding, String(count)) + " " + texts(.respondBy, day)]
        let title = texts(.compareTitle, figures.month(comparison.words("maand")))
        return ([title] + table.lines() + [""] + reasons + rest + end + CompletenessScreen.lines(comparison, texts))
            .joined(separator: "\n") + "\n"
    }
}

/// What is told of any cell.
enum CellScreen {
    private static let attention = ["verschil", "alleen aanbieder", "alleen afnemer", "geen partij", "geen tarief"]

    /// The application, with the class where another cell has the same application in another one.
    static func name(of cell: JSON, among cells: [JSON]) -> String {
        let isAlone = cells.allSatisfy {
            $0.words("applicatie") != cell.words("applicatie") || $0.words("klasse") == cell.words("klasse")
                || !hasUse($0)
        }
        return cell.words("applicatieNaam") + (isAlone ? "" : " · " + cell.words("klasse"))
    }

    /// How the month ended between the two parties of a cell; `nil` while it is open.
    static func ending(of cell: JSON, in answer: JSON) -> String? {
        let pair = [cell.words("aanbieder"), cell.words("afnemer")].sorted()
        let closed = answer.list("afgesloten").first { $0.list("partijen").compactMap(\.text).sorted() == pair }
        return closed?.words("wijze")
    }

    /// What the comparison says of a cell, and how its month was closed.
    static func stand(of cell: JSON, in answer: JSON, _ texts: Texts) -> String {
        [cell.words("stand"), ending(of: cell, in: answer)].compactMap(\.self).map(texts.word).joined(separator: ", ")
    }

    /// Whether anybody counted anything: a cell of zeros is stated, and no news.
    static func hasUse(_ cell: JSON) -> Bool {
        ["aantalAanbieder", "aantalAfnemer"].contains { (cell.number($0) ?? 0) != 0 }
    }

    /// Whether a person has to look at it.
    static func asksAttention(_ cell: JSON) -> Bool {
        hasUse(cell) && attention.contains(cell.words("stand")) || cell["inhoudVerschilt"]?.truth == true
    }
}
