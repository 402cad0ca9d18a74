// SPDX-License-Identifier: EUPL-1.2
import Notation

/// What is open and what was paid.
struct PaymentScreen {
    let answer: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    /// One open item on a line.
    func item(_ item: JSON) -> String {
        PlainText.line(texts(
            .itemRow, item.words("nummer"), item.words("partij"), figures.day(item.words("vervalDatum")),
            figures.cents(item.number("openCent")), figures.cents(item.number("brutoCent")),
            texts.word(item.words("ouderdom"))))
    }

    var items: String {
        let rows = answer.list("posten").map(item)
        let ages = answer.list("ouderdom").filter { $0.number("openCent") != 0 }.map { age in
            texts(
                .itemsAge, texts.word(age.words("richting")), texts.word(age.words("ouderdom")),
                figures.cents(age.number("openCent")))
        }
        return joined(rows.isEmpty ? [texts(.itemsNone)] : rows + [""] + ages)
    }

    var imported: String {
        let booked = answer.list("geboekt").map { row in
            PlainText.line(texts(
                .bankBooked, row.words("nummer"), figures.day(row.words("datum")),
                figures.cents(row.number("bedragCent")), figures.cents(row.number("openCent"))))
        }
        let skipped = answer.list("overgeslagen").map { row in
            PlainText.line(texts(
                .bankSkipped, figures.cents(row.number("bedragCent")), figures.day(row.words("datum")),
                row.words("veld"), row.words("zin")))
        }
        let before = answer.number("eerder") ?? 0
        return joined(booked + skipped + (before > 0 ? [texts(.bankBefore, String(before))] : []))
    }

    var offset: String {
        let rows = answer.list("betalingen").map { row in
            PlainText.line(texts(
                .offsetRow, row.words("lid"), figures.cents(row.number("bedragCent")),
                row["richting"]?.text.map { texts.word($0) } ?? "-",
                row.list("documenten").compactMap(\.text).joined(separator: ", ")))
        }
        return joined(rows.isEmpty ? [texts(.offsetNothing)] : rows)
    }

    var treasurer: String {
        var lines = [texts(.treasurerTitle, figures.day(answer.words("datum")))]
        lines += answer.list("liquiditeit").map {
            texts(.treasurerCash, figures.month($0.words("maand")), figures.cents($0.number("saldoCent")))
        }
        lines += answer.list("reeksen").map { series in
            let name = PlainText.line(series.words("reeks"))
            return series["volgende"]?.text.map { texts(.outboxNext, name, PlainText.line($0)) }
                ?? texts(.outboxEnded, name)
        }
        lines += answer.list("btw").map { vat in
            PlainText.line(texts(
                .treasurerVAT, vat.words("uitschrijver"), vat.words("categorie"),
                figures.percent(vat.number("basispunten")), figures.cents(vat.number("grondslagCent")),
                figures.cents(vat.number("btwCent"))))
        }
        if answer.number("omzetLedenCent") != nil {
            let above = answer["boven80Procent"]?.truth.map { texts($0 ? .yes : .no) } ?? texts(.unknown)
            lines.append(texts(
                .treasurerTurnover, figures.cents(answer.number("omzetLedenCent")),
                figures.cents(answer.number("omzetAnderenCent")), above))
        }
        return joined(lines)
    }

    private func joined(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
