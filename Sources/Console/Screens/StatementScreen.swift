// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle statement` and `preview`: what a controller reads.
struct StatementScreen {
    let statement: JSON
    let texts: Texts
    var isPreview = false

    private var figures: Figures { Figures(texts: texts) }
    private var party: String { statement["lid"]?.words("naam") ?? "" }
    private var oin: String { statement["lid"]?.words("oin") ?? "" }

    var text: String {
        let month = figures.month(statement.words("maand"))
        var lines = [
            texts(isPreview ? .previewTitle : .statementTitle, month),
            texts(.statementParties, party, statement.words("cooperatie")), "",
        ]
        lines += usage + disputes + payout + [""]
        lines += order + acts + CompletenessScreen.lines(statement, texts) + notStated
        let tariffs = statement.list("tarieven").compactMap(\.text).joined(separator: ", ")
        if !tariffs.isEmpty { lines.append(texts(.tariffs, tariffs)) }
        lines += lineNames
        return lines.joined(separator: "\n") + "\n"
    }

    /// The purchase order with what is left of it.
    private var order: [String] {
        guard let order = statement["inkooporder"], order != .null else { return [] }
        let mark = order["waarschuwing"]?.truth == true ? "! " : ""
        return [mark + texts(
            .statementOrder, PlainText.line(order.words("nummer")), figures.cents(order.number("bedragCent")),
            figures.cents(order.number("gebruiktCent")))]
    }

    /// Who confirmed the performance and who approved the payment.
    private var acts: [String] {
        let names = ["prestatie", "akkoord"]
        guard names.contains(where: { (statement[$0] ?? .null) != .null }) else { return [texts(.performance)] }
        return zip(names, [Text.confirmedBy, .approvedBy]).map { name, text in
            guard let act = statement[name], act != .null else { return texts(text, texts(.notYet)) }
            let who = texts(
                .actOn, PlainText.line(act.words("persoon")), figures.day(act.words("datum")),
                String(act.words("digest").prefix(12)))
            return texts(text, who)
        }
    }

    /// Cells in which the party consumes, other lines, and what they add up to: one table, so that amounts line up.
    private var usage: [String] {
        var table = Table([
            .init(texts(.applicationColumn).capitalizedWord, leastWidth: 12), .init(texts(.usColumn), .right),
            .init(texts(.providerCountColumn), .right), .init(texts(.billedColumn), .right),
            .init(texts(.priceColumn), .right), .init(texts(.amountColumn), .right),
            .init(texts(.statusColumn), leastWidth: 9),
        ])
        let cells = statement.list("cellen").filter { $0.words("afnemer") == oin && CellScreen.hasUse($0) }
        for cell in cells { table.add(row(cell, among: cells)) }
        for (label, cents) in fixed { table.add([label, "", "", "", "", figures.cents(cents), ""]) }
        for (label, cents) in totals("lid betaalt", .toPay) {
            table.add(["", "", "", "", label, figures.cents(cents), ""])
        }
        return table.lines()
    }

    private func row(_ cell: JSON, among cells: [JSON]) -> [String] {
        let isOpen = CellScreen.ending(of: cell, in: statement) == nil
        let state = cell.words("stand") == "verschil" && isOpen
            ? texts(.disputedWord) : CellScreen.stand(of: cell, in: statement, texts)
        let mark = cell["inhoudVerschilt"]?.truth == true ? "\(state), \(texts(.contentDiffers))" : state
        let billed = cell.number("aantalBerekend").map { figures.count($0) } ?? "-"
        return [
            CellScreen.name(of: cell, among: cells), counted(cell, "aantalAfnemer"), counted(cell, "aantalAanbieder"),
            billed, price(cell), cell.number("bedragCent").map { figures.cents($0) } ?? "-", mark,
        ]
    }

    private func counted(_ cell: JSON, _ name: String) -> String {
        cell.number(name).map { figures.count($0) } ?? "-"
    }

    /// The price of the cell's lines, or how many tiers there are.
    private func price(_ cell: JSON) -> String {
        let lines = statement.list("regels").filter { line in
            line.words("soort") == "verbruik" && line.words("richting") == "lid betaalt"
                && ["applicatie", "aanbieder", "afnemer", "klasse"].allSatisfy { cell.words($0) == line.words($0) }
        }
        switch lines.count {
        case 0: return "-"
        case 1: return figures.price(lines[0].number("prijsMicroEuro"))
        default: return texts(.tiers, String(lines.count))
        }
    }

    /// Lines that are not of usage.
    private var fixed: [(String, Int64?)] {
        let lines = statement.list("regels").filter {
            $0.words("richting") == "lid betaalt" && $0.words("soort") != "verbruik"
        }
        return lines.map { line in
            let name = switch line.words("soort") {
            case "contributie": texts(.contributionLine)
            case "ontwikkelkosten": texts(.developmentLine, line.words("applicatie"))
            default: texts(.fundingLine, line.words("applicatie"))
            }
            return (name, line.number("bedragCent"))
        }
    }

    private func totals(_ leg: String, _ last: Text) -> [(String, Int64?)] {
        guard let total = statement.list("totalen").first(where: { $0.words("richting") == leg }) else { return [] }
        var rows = [(texts(.net), total.number("nettoCent"))]
        for document in statement.list("documenten") where document.words("richting") == leg {
            for vat in document.list("btw") {
                rows.append((texts(.vatOf, figures.percent(vat.number("basispunten"))), vat.number("btwCent")))
            }
        }
        return rows + [(texts(last), total.number("brutoCent"))]
    }

    private var disputes: [String] {
        let cells = statement.list("cellen").filter {
            $0.words("stand") == "verschil" && CellScreen.ending(of: $0, in: statement) == nil
        }
        guard !cells.isEmpty else { return [] }
        let lines = cells.flatMap { cell in
            Layout.wrap(
                texts(
                    .disputed, CellScreen.name(of: cell, among: statement.list("cellen")),
                    figures.count(cell.number("verschil")),
                    figures.cents(cell.number("verschilCent")), texts.word(cell.words("reden"))),
                columns: Table.columnsLimit, hanging: 2)
        }
        let day = figures.day(statement.words("reactietermijnDatum"))
        return [""] + lines + ["\(texts(.respondBy, day)) \(texts(.silence))"]
    }

    /// What the cooperative pays this member as provider.
    private var payout: [String] {
        let leg = "coöperatie betaalt"
        let lines = statement.list("regels").filter { $0.words("richting") == leg }
        guard !lines.isEmpty else { return [] }
        var table = Table([
            .init(texts(.applicationColumn).capitalizedWord, leastWidth: 12),
            .init(texts(.consumerColumn).capitalizedWord, leastWidth: 12), .init(texts(.billedColumn), .right),
            .init(texts(.priceColumn), .right), .init(texts(.amountColumn), .right),
        ])
        for line in lines {
            table.add([
                line.words("applicatie").uppercasedFirst, name(line.words("afnemer")),
                figures.count(line.number("aantal")), figures.price(line.number("prijsMicroEuro")),
                figures.cents(line.number("bedragCent")),
            ])
        }
        for (label, cents) in totals(leg, .toReceive) { table.add(["", "", "", label, figures.cents(cents)]) }
        return ["", texts(.payoutTitle, party)] + table.lines()
    }

    private func name(_ oin: String) -> String {
        statement.list("cellen").first { $0.words("afnemer") == oin }?.words("afnemerNaam") ?? oin
    }

    private var notStated: [String] {
        let stated = Set(statement.list("vastgesteldDoor").map { $0.words("oin") })
        var missing: [String] = []
        for cell in statement.list("cellen") {
            for side in ["aanbieder", "afnemer"] where !stated.contains(cell.words(side)) {
                let name = cell.words(side + "Naam")
                if !missing.contains(name) { missing.append(name) }
            }
        }
        return missing.isEmpty ? [] : [texts(.notStated, missing.joined(separator: ", "))]
    }

    /// Every line's id, for `korf explain`.
    private var lineNames: [String] {
        let lines = statement.list("regels")
        guard let first = lines.first else { return [] }
        return [texts(.explanation, first.words("id")), texts(.linesTitle)] + lines.map { line in
            // An id may be longer than its column: it is copied whole.
            "  " + Layout.pad(PlainText.line(line.words("id")) + " ", to: 82)
                + figures.cents(line.number("bedragCent"))
        }
    }
}

extension String {
    /// The first letter in capitals, the rest as it is.
    var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
    /// `APPLICATIE` as `Applicatie`.
    var capitalizedWord: String { prefix(1) + dropFirst().lowercased() }
}
