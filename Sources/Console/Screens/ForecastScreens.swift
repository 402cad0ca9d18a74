// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf settle simulate`: what would change, for whom, and what one use would cost.
struct SimulationScreen {
    let answer: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    var text: String {
        let lines = [
            texts(
                .simulationTitle, answer["lid"]?.words("naam") ?? "", figures.day(answer.words("vanafDatum")),
                figures.month(answer.words("totEnMetMaand"))),
            texts(.simulationBasis, figures.month(answer["grondslag"]?.words("verbruikTotEnMetMaand") ?? "")), "",
        ]
        return (lines + changes + price).joined(separator: "\n") + "\n"
    }

    private var changes: [String] {
        var table = Table([
            .init(texts(.partyColumn), leastWidth: 12), .init(texts(.lineColumn), leastWidth: 16),
            .init(texts(.beforeColumn), .right), .init(texts(.afterColumn), .right),
            .init(texts(.changeColumn), .right),
        ])
        for party in answer.list("partijen") {
            let name = party["lid"]?.words("naam") ?? ""
            if let reason = party["reden"]?.text { table.add([name, reason, "?", "?", texts(.unknown)]) }
            for line in party.list("regels") {
                table.add([
                    name, LineWords.of(line, texts), figures.cents(line.number("voorCent")),
                    figures.cents(line.number("naCent")), figures.cents(line.number("verschilCent")),
                ])
            }
            guard party["reden"]?.text == nil else { continue }
            table.add([name, texts(.simulationSum), "", "", figures.cents(party.number("verschilCent"))])
        }
        return table.lines() + [texts(.simulationNetWords)]
    }

    private var price: [String] {
        guard let price = answer["prijsPerGebruik"], price != .null else { return [] }
        var table = Table([
            .init(texts(.partyColumn), leastWidth: 12), .init(texts(.usesColumn), .right),
            .init(texts(.pricePerUseColumn), .right),
        ])
        for step in price.list("stappen") {
            table.add([
                step["lid"]?.words("naam") ?? "", figures.count(step.number("aantal")),
                step.number("prijsMicroEuro").map { figures.price($0) } ?? texts(.unknown),
            ])
        }
        let title = texts(
            .priceTitle, price.words("applicatie"), figures.cents(price.number("kostenCent")),
            texts.word(price.words("kostenBron")))
        return ["", title] + table.lines()
    }
}

/// A line of a forecast or report in words.
enum LineWords {
    static func of(_ line: JSON, _ texts: Texts) -> String {
        let application = line["applicatieNaam"]?.text ?? line["applicatie"]?.text
        let kind = texts.word(line.words("soort")).uppercasedFirst
        let name = application.map { "\(kind) \($0)" } ?? kind
        return line.words("richting") == "coöperatie betaalt" ? texts(.lineReceived, name) : name
    }
}

/// `korf settle offer`: one document for who would join.
struct OfferScreen {
    let answer: JSON
    let texts: Texts

    var text: String {
        let figures = Figures(texts: texts)
        let name = answer["lid"]?.words("naam") ?? ""
        let end = figures.month(answer.words("totEnMetMaand"))
        var rows: [(String, String)] = [
            (texts(.offerEntrance), answer.number("entreegeldCent").map { figures.cents($0) } ?? texts(.offerNotSet)),
            (texts(.offerContribution, end), figures.cents(answer.number("contributieCent"))),
        ]
        for line in answer.list("inkoop") {
            rows.append((texts(.offerBuyIn, line.words("applicatieNaam")), figures.cents(line.number("bedragCent"))))
        }
        rows.append((texts(.offerFees, end), figures.cents(answer.number("verbruikCent"))))
        let width = rows.map(\.0.count).max() ?? 0
        let amounts = rows.map(\.1.count).max() ?? 0
        let lines = rows.map { label, amount in
            "  " + Layout.pad(PlainText.line(label), to: width + 2) + Layout.padLeft(amount, to: amounts)
        }
        return ([
            texts(.offerTitle, answer.words("cooperatie"), name),
            texts(.offerFrom, figures.day(answer.words("vanafDatum"))), "",
        ] + lines + [
            "", texts(.offerFirst, figures.month(answer.words("eersteMaand"))),
            texts(.offerBasis, figures.month(answer["grondslag"]?.words("verbruikTotEnMetMaand") ?? "")),
        ]).joined(separator: "\n") + "\n"
    }
}
