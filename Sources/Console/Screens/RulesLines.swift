// SPDX-License-Identifier: EUPL-1.2
import Notation

/// The rules in force in `korf network show`, with the decision that each comes from. Spec: Protocol/local-api.md §3.
struct RulesLines {
    let network: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    var lines: [String] {
        let epoch = network["tijdperk"] ?? .null
        let number = epoch.number("nummer") ?? 0
        let title = number == 0
            ? texts(.rulesFounding) : texts(.rulesTitle, String(number), figures.day(epoch.words("datum")))
        let rest = organs + contributions + sharings + decidedLines + inhabitants
        return ["", title, ""] + applications.lines() + [""] + tariffs.lines() + [""]
            + rest.flatMap { Layout.wrap($0, columns: Table.columnsLimit, hanging: 2) }
            + TermWords.lines(network, texts)
    }

    private var applications: Table {
        var table = Table([
            .init(texts(.applicationColumn), leastWidth: 16), .init(texts(.leadColumn), leastWidth: 12),
            .init(texts(.participantsColumn), leastWidth: 20),
        ])
        for application in network.list("applicaties") {
            let people = application.list("deelnemers").map { participant -> String in
                let name = participant.words("naam")
                if let until = participant["totDatum"]?.text { return "\(name) (\(texts(.untilDay, until)))" }
                return participant["oudLid"]?.truth == true ? "\(name) (\(texts.word("oud-lid")))" : name
            }
            table.add([
                application.words("id"), application["lead"]?.words("naam") ?? "", people.joined(separator: ", "),
            ])
        }
        return table
    }

    private var tariffs: Table {
        var table = Table([
            .init(texts(.applicationColumn), leastWidth: 12), .init(texts(.classColumn), leastWidth: 8),
            .init(texts(.fromColumn)), .init(texts(.untilColumn)), .init(texts(.unitPriceColumn), .right),
            .init(texts(.vatColumn), .right), .init(texts(.idColumn)),
        ])
        for tariff in network.list("tarieven") {
            for (position, tier) in tariff.list("treden").enumerated() {
                let above = position == 0 ? nil : tariff.list("treden")[position - 1].number("totEnMet")
                let price = figures.price(tier.number("prijsMicroEuro"))
                table.add([
                    tariff.words("applicatie"), tariff.words("klasse"), tariff.words("vanafMaand"),
                    tariff["rekentTotEnMetMaand"]?.text ?? "-",
                    above.map { texts(.aboveCount, figures.count($0), price) } ?? price,
                    figures.percent(tariff.number("btwBasispunten")), tariff["besluit"]?.text ?? "?",
                ])
            }
        }
        return table
    }

    private var organs: [String] {
        network.list("organen").map { organ in
            let words = DecisionWords(decision: ["orgaan": organ], texts: texts)
            return texts(.rulesOrgan, organ.words("id"), organ.words("naam"), words.rule, words.turnoutRule)
        }
    }

    private var contributions: [String] {
        network.list("contributies").map { row in
            texts(
                .rulesContribution, String(row.number("vanafJaar") ?? 0),
                figures.price(row.number("perInwonerMicroEuro")), figures.percent(row.number("btwBasispunten")),
                row["besluit"]?.text ?? "?")
        }
    }

    private var sharings: [String] {
        network.list("kostenverdelingen").map { row in
            let people = row.list("deelnemers").map {
                texts(.payloadSharer, $0.words("naam"), figures.month($0.words("sindsMaand")))
            }
            return texts(
                .rulesSharing, row.words("applicatie"), figures.cents(row.number("totaalCent")),
                String(row.number("sleuteljaar") ?? 0), people.joined(separator: ", "), row["besluit"]?.text ?? "?")
        }
    }

    private var decidedLines: [String] {
        network.list("besluitregels").map { row in
            (LineByDecisionWords(row: row, texts: texts).lines + [row["besluit"]?.text ?? "?"]).joined(separator: ", ")
        }
    }

    private var inhabitants: [String] {
        network.list("inwoners").map { row in
            let code = row.words("code")
            let place = (row["lid"]?.words("naam") ?? "") + (code.isEmpty ? "" : " (\(code))")
            return texts(
                .payloadInhabitants, place, String(row.number("jaar") ?? 0), figures.count(row.number("aantal")),
                texts(row["definitief"]?.truth == true ? .figureFinal : .figureProvisional))
        }
    }
}

/// Terms and timings in plain words, in force or proposed.
enum TermWords {
    private enum Unit { case count, cents, part, milliseconds }

    private static let rows: [(name: String, text: Text, unit: Unit)] = [
        ("kleinAantal", .termSmallCount, .count), ("tolerantieCent", .termTolerance, .cents),
        ("tolerantieBasispunten", .termTolerancePart, .part), ("grensBasispunten", .termCap, .part),
        ("jaargrensCent", .termYear, .cents), ("reactietermijnWerkdagen", .termDispute, .count),
        ("vaststellenWerkdag", .termStatement, .count), ("betaaltermijnDagen", .termPayment, .count),
        ("factureringsdag", .termBilling, .count),
        ("verrekening", .termOffset, .count), ("correctieDrempelCent", .termCorrection, .cents),
        ("correctieTermijnMaanden", .termCorrectionAge, .count), ("grensVanafCent", .termCapFrom, .cents),
        ("voorstelMilliseconden", .termPropose, .milliseconds), ("voorstemMilliseconden", .termPrevote, .milliseconds),
        ("eindstemMilliseconden", .termPrecommit, .milliseconds), ("groeiMilliseconden", .termGrowth, .milliseconds),
        ("wachtMilliseconden", .termHold, .milliseconds),
    ]

    /// A line for each term that stands in `termijnen` or `tijden`.
    static func lines(_ document: JSON, _ texts: Texts) -> [String] {
        let figures = Figures(texts: texts)
        let values = ["termijnen", "tijden"].flatMap { document[$0]?.members ?? [] }
        return rows.compactMap { row in
            guard let value = values.first(where: { $0.name == row.name })?.value.wholeNumber else { return nil }
            let shown = switch row.unit {
            case .count: figures.count(value)
            case .cents: figures.cents(value)
            case .part: figures.percent(value)
            case .milliseconds: figures.count(value) + " ms"
            }
            return texts(row.text, shown)
        }
    }
}
