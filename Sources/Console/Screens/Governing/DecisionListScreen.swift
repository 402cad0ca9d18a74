// SPDX-License-Identifier: EUPL-1.2
import Notation

/// `korf decision list`.
enum DecisionListScreen {
    static func text(_ answer: JSON, _ texts: Texts) -> String {
        let decisions = answer.list("besluiten")
        var lines: [String] = []
        if decisions.isEmpty {
            lines.append(texts(.decisionsNone))
        } else {
            var table = Table([
                .init(texts(.idColumn)), .init(texts(.titleColumn), leastWidth: 12),
                .init(texts(.kindColumn), leastWidth: 9), .init(texts(.deadlineColumn)),
                .init(texts(.tallyColumn)), .init(texts(.ownVoteColumn)), .init(texts(.standColumn)),
            ])
            for decision in decisions {
                let words = DecisionWords(decision: decision, texts: texts)
                table.add([
                    decision.words("id"), decision.words("titel"), texts.word(decision.words("soort")),
                    decision.words("termijnDatum"), words.shortTally, words.ownBallot, words.stand,
                ])
            }
            lines += table.lines()
        }
        return (lines + [""] + CompletenessScreen.lines(answer, texts)).joined(separator: "\n") + "\n"
    }
}
