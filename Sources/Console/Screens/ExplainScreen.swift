// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf explain`: from inputs to amount, down to the signatures.
struct ExplainScreen {
    let explanation: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    var text: String {
        let amount = figures.cents(explanation["regel"]?.number("bedragCent"))
        var lines = [texts(.explainTitle, explanation.words("id"), amount)]
        lines += explanation.list("stappen").enumerated().flatMap { number, step in
            Layout.wrap("\(number + 1). \(sentence(step))", columns: 98, hanging: 3).map { "  " + $0 }
        }
        let counters = explanation.list("tellers")
        if !counters.isEmpty { lines += ["", texts(.countersTitle)] + counters.flatMap(counter) }
        let basis = explanation["grondslag"]
        lines += [
            "",
            texts(
                .basis, String(basis?.number("regelversie") ?? 0), String(basis?.number("tijdperk") ?? 0),
                basis?.words("toestandsdigest") ?? ""),
        ]
        return (lines + CompletenessScreen.lines(explanation, texts)).joined(separator: "\n") + "\n"
    }

    private func counter(_ counter: JSON) -> [String] {
        let head = counter["hoofd"]
        return [
            texts(
                .counterRow, texts.word(counter.words("zijde")), counter["lid"]?.words("naam") ?? "",
                figures.count(counter.number("aantal")), figures.count(counter.number("aantalIngetrokken")),
                figures.count(counter.number("netto"))),
            texts(.counterEntries, counter.words("regelGeteld"), counter["regelIngetrokken"]?.text ?? "-"),
            texts(.counterHead, String(head?.number("omvang") ?? 0), head?.words("wortel") ?? "?"),
        ]
    }

    private func sentence(_ step: JSON) -> String {
        switch step.words("soort") {
        case "geteld":
            let (side, name) = (texts.word(step.words("zijde")), step.words("naam"))
            return step.number("netto").map { texts(.stepCounted, side, name, figures.count($0)) }
                ?? texts(.stepNotCounted, side, name)
        case "vergeleken":
            let reason = step["reden"]?.text.map { ", " + texts.word($0) } ?? ""
            return texts(.stepCompared, texts.word(step.words("stand")) + reason)
        case "berekend": return texts(.stepBilled, figures.count(step.number("aantal")))
        case "tarief":
            let (decision, from) = (step.words("besluit"), step.words("vanafMaand"))
            return step["totEnMetMaand"]?.text.map { texts(.stepTariff, decision, from, $0) }
                ?? texts(.stepTariffOpen, decision, from)
        case "betaler": return texts(.stepFunder, step.words("naam"))
        case "trede": return tier(step)
        case "exact": return texts(.stepExact, step.words("teller"), step.words("noemer"))
        case "bedrag": return texts(.stepAmount, figures.cents(step.number("bedragCent")))
        case "btw":
            return texts(.stepVAT, step.words("categorie"), figures.percent(step.number("basispunten")))
        default: return fixed(step)
        }
    }

    private func tier(_ step: JSON) -> String {
        let number = String(step.number("nummer") ?? 0)
        let price = figures.price(step.number("prijsMicroEuro"))
        let (quantity, above) = (figures.count(step.number("aantal")), figures.count(step.number("boven")))
        return step.number("totEnMet").map { texts(.stepTier, number, price, quantity, above, figures.count($0)) }
            ?? texts(.stepTierOpen, number, price, quantity, above)
    }

    private func fixed(_ step: JSON) -> String {
        let amount = figures.cents(step.number("bedragCent"))
        switch step.words("soort") {
        case "inwoners":
            return texts(
                .stepInhabitants, step.words("gemeente"), String(step.number("jaar") ?? 0),
                figures.count(step.number("aantal")))
        case "contributie":
            return texts(
                .stepContribution, step.words("besluit"), figures.price(step.number("perInwonerMicroEuro")))
        case "maanden": return texts(.stepMonths, step.words("vanafMaand"), step.words("totEnMetMaand"))
        case "jaarbedrag": return texts(.stepYear, amount)
        case "termijn":
            return texts(
                .stepInstalment, String(step.number("nummer") ?? 0), String(step.number("aantal") ?? 0))
        case "ontwikkelkosten": return texts(.stepCost, step.words("besluit"), amount)
        case "besluitregel": return texts(.stepDecided, step.words("besluit"), amount)
        case "sleutel":
            return texts(
                .stepKey, step.words("naam"), step.words("sindsDatum"), figures.count(step.number("gewicht")))
        case "toegedeeld": return texts(.stepAllocated, amount)
        case "eerder berekend": return texts(.stepCharged, amount)
        default: return PlainText.line(step.onOneLine)
        }
    }
}
