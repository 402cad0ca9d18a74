// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle compare --with`: the difference sheet of each pair.
struct DifferenceScreen {
    /// Transactions that are shown; `--json` has more.
    private static let transactionsShown = 40
    let answer: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    /// Whether a pair is not proven equal.
    var hasFinding: Bool { answer.list("paren").contains { $0.words("stand") != "gelijk" } }

    var text: String {
        let month = figures.month(answer.words("maand"))
        let pairs = answer.list("paren")
        var lines = pairs.flatMap { pair in
            [texts(.sheetTitle, month, answer["lid"]?.words("naam") ?? "", pair["wederpartij"]?.words("naam") ?? "")]
                + body(pair) + [""]
        }
        if pairs.isEmpty { lines = [texts(.sheetNobody, month)] }
        let released = answer.list("vrijgegeven").compactMap(\.text)
        if !released.isEmpty {
            lines.append(texts(.sheetReleased, released.map(figures.day).joined(separator: ", ")))
        }
        for party in answer.list("nietVrijgegevenOm") { lines.append(texts(.sheetHindered, party.words("naam"))) }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private func body(_ pair: JSON) -> [String] {
        let basis = texts(pair.words("grondslag") == "vastgesteld" ? .sheetStated : .sheetHeld)
        switch pair.words("stand") {
        case "gelijk": return [basis, texts(.sheetEqual)]
        case "verschil": return [basis, counts(pair)] + causes(pair) + days(pair) + transactions(pair) + end()
        case "te verschillend": return [basis, texts(.sheetTooDifferent, pair["reden"]?.words("tekst") ?? "")]
        default: return [basis] + hindrance(pair)
        }
    }

    private func hindrance(_ pair: JSON) -> [String] {
        let (code, sentence) = (pair["reden"]?.words("code") ?? "", pair["reden"]?.words("tekst") ?? "")
        let name = pair["wederpartij"]?.words("naam") ?? ""
        if code.hasPrefix("eigen") { return ["! " + texts(.sheetOwn, sentence)] }
        if code.hasPrefix("genoemd") { return ["! " + texts(.sheetNamed, name, sentence)] }
        return ["! " + texts(code == "onbereikbaar" ? .sheetUnreachable : .sheetRefused, name, sentence)]
    }

    private func counts(_ pair: JSON) -> String {
        texts(
            .sheetCounts, figures.count(pair.number("meldingenEigen")),
            figures.count(pair.number("meldingenWederpartij")), figures.count(pair.number("transactiesTotaal")))
    }

    private func causes(_ pair: JSON) -> [String] {
        var table = Table([
            .init(texts(.causeColumn)), .init(texts(.applicationColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.classColumn).capitalizedWord, leastWidth: 8), .init(texts(.transactionsColumn), .right),
            .init(texts(.differenceColumn), .right), .init(texts(.amountColumn), .right),
        ])
        for row in pair.list("oorzaken") {
            table.add([
                texts.word(row.words("oorzaak")), row.words("applicatie"), row.words("klasse"),
                figures.count(row.number("transacties")), figures.count(row.number("verschil")),
                row.number("bedragCent").map { figures.cents($0) } ?? "-",
            ])
        }
        return [""] + table.lines()
    }

    private func days(_ pair: JSON) -> [String] {
        var table = Table([
            .init(texts(.dayColumn)), .init(texts(.applicationColumn).capitalizedWord, leastWidth: 10),
            .init(texts(.classColumn).capitalizedWord, leastWidth: 8), .init(texts(.usColumn), .right),
            .init(texts(.themColumn), .right), .init(texts(.differenceColumn), .right),
        ])
        for row in pair.list("dagen") {
            let (own, other) = (row.number("aantalEigen") ?? 0, row.number("aantalWederpartij") ?? 0)
            table.add([
                figures.day(row.words("datum")), row.words("applicatie"), row.words("klasse"), figures.count(own),
                figures.count(other), figures.count(own - other),
            ])
        }
        return [""] + table.lines()
    }

    private func transactions(_ pair: JSON) -> [String] {
        var table = Table([
            .init(texts(.transactionColumn), leastWidth: 12), .init(texts(.applicationColumn).capitalizedWord),
            .init(texts(.usColumn)), .init(texts(.themColumn)), .init(texts(.whatColumn)),
            .init(texts(.causeColumn)),
        ])
        let all = pair.list("transacties")
        for row in all.prefix(Self.transactionsShown) {
            table.add([
                row.words("transactie"), row.words("applicatie"), side(row.list("eigen")), side(row.list("ander")),
                texts.word(row.words("soort")), texts.word(row.words("oorzaak")),
            ])
        }
        let rest = (pair.number("transactiesTotaal") ?? 0) - Int64(min(all.count, Self.transactionsShown))
        return [""] + table.lines() + (rest > 0 ? [texts(.sheetMore, figures.count(rest))] : [])
    }

    /// `12-10: 3`, or `12-10: 2 x 3`; a class where a side has several.
    private func side(_ rows: [JSON]) -> String {
        guard !rows.isEmpty else { return "-" }
        return rows.map { row in
            let parts = row.words("datum").split(separator: "-")
            let day = parts.count == 3 ? "\(parts[2])-\(parts[1])" : row.words("datum")
            let times = row.number("keer") ?? 1
            return "\(day): " + (times > 1 ? "\(times) x " : "") + figures.count(row.number("aantal"))
        }.joined(separator: ", ")
    }

    private func end() -> [String] {
        let day = figures.day(answer.words("reactietermijnDatum"))
        return ["", texts(.respondBy, day) + " " + texts(.sheetOtherwise)]
    }
}
