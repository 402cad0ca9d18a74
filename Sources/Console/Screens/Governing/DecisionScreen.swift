// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf decision show`: who decides by which rule, what is decided, who voted what, and what would come of it.
struct DecisionScreen {
    let decision: JSON
    let texts: Texts

    private var words: DecisionWords { DecisionWords(decision: decision, texts: texts) }
    private var figures: Figures { Figures(texts: texts) }

    var text: String {
        let payload = PayloadWords(decision: decision, texts: texts).lines
        let details = payload.dropFirst().flatMap(Self.indented)
        var lines = Self.wrapped(head + ["", payload.first ?? ""]) + details + [""] + voters + [""]
        lines += Self.wrapped(words.result + DecisionWaits.lines(decision, texts)) + textLines
        return (lines + [""] + CompletenessScreen.lines(decision, texts)).joined(separator: "\n") + "\n"
    }

    private static func wrapped(_ lines: [String]) -> [String] {
        lines.flatMap { Layout.wrap($0, columns: Table.columnsLimit, hanging: 2) }
    }

    private static func indented(_ line: String) -> [String] {
        Layout.wrap(line, columns: Table.columnsLimit - 2, hanging: 2).map { $0.isEmpty ? "" : "  " + $0 }
    }

    private var head: [String] {
        let organ = decision["orgaan"] ?? .null
        let isCommunity = organ.words("kiezers") == "deelnemers"
        let electorate = isCommunity
            ? texts(.electorateParticipants, decision.words("applicatie")) : texts(.electorateMembers)
        var lines = [
            PlainText.line("\(decision.words("id")) · \(decision.words("titel"))"),
            texts(
                .decisionHead, texts.word(decision.words("soort")), decision["indiener"]?.words("naam") ?? "",
                decision.words("regel")),
            texts(.decisionOrgan, organ.words("naam"), electorate, String(decision.number("oordeelTijdperk") ?? 0)),
            texts(.decisionRule, words.rule, words.turnoutRule),
            texts(
                words.isOpen ? .decisionDeadline : .decisionDeadlinePast, figures.day(decision.words("termijnDatum"))),
        ]
        if let cost = decision.number("kostenCent") {
            lines.append(texts(.decisionCost, figures.cents(cost), decision["dekking"]?.text ?? "?"))
        }
        return lines
    }

    private var voters: [String] {
        var table = Table([
            .init(texts(.voterColumn), leastWidth: 18), .init(texts(.choiceColumn)), .init(texts(.finalColumn)),
            .init("", leastWidth: 10),
        ])
        for ballot in decision.list("stemmen") {
            let remark = switch ballot.words("stand") {
            case "vervangen": texts(.ballotReplaced)
            case "te laat": texts(.ballotLate)
            default: ballot["tegenstrijdig"]?.truth == true ? texts(.ballotContradicts) : ""
            }
            table.add([
                ballot["lid"]?.words("naam") ?? "", texts.word(ballot.words("keuze")),
                ballot["definitief"]?.truth.map { texts($0 ? .yes : .replaceable) } ?? "-", remark,
            ])
        }
        for member in decision.list("nietGestemd") {
            table.add([member.words("naam"), "-", "-", texts(words.isOpen ? .notVotedYet : .notVoted)])
        }
        return table.lines()
    }

    private var textLines: [String] {
        let text = decision["tekst"] ?? .null
        switch text.words("stand") {
        case "aanwezig":
            let body = PlainText.lines(text.words("inhoud")).split(separator: "\n", omittingEmptySubsequences: false)
            return ["", texts(.decisionText)] + body.flatMap { Self.indented(String($0)) }
        case "ontbreekt": return ["", texts(.decisionTextMissing)]
        case "vernietigd": return ["", texts(.decisionTextDestroyed)]
        default: return []
        }
    }
}

/// What closing a decision waits for. Spec: Protocol/local-api.md §9.
enum DecisionWaits {
    static func lines(_ decision: JSON, _ texts: Texts) -> [String] {
        decision.list("wachtOp").map { wait in
            let facts = wait["gegevens"] ?? .null
            switch wait.words("code") {
            case "stemmen":
                let day = Figures(texts: texts).day(facts.words("termijnDatum"))
                return texts(.waitsForVotes, String(facts.number("aantal") ?? 0), day)
            case "tijdperk": return texts(.waitsForEpoch, String(facts.number("nummer") ?? 0))
            case "quorum":
                return texts(
                    .waitsForQuorum, String(facts.number("nodig") ?? 0), String(facts.number("bereikbaar") ?? 0))
            default: return PlainText.line(wait.words("code"))
            }
        }
    }
}
