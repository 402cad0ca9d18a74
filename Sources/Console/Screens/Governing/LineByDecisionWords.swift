// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// A line by decision in plain words, proposed or in force.
struct LineByDecisionWords {
    let row: JSON
    let texts: Texts

    private var figures: Figures { Figures(texts: texts) }

    /// What, how much, when; then who bears which part.
    var lines: [String] {
        let isPaidOut = row.words("betaler") != "lid"
        let title = texts(
            isPaidOut ? .payloadLineOut : .payloadLine, texts.word(row.words("regelsoort")),
            figures.cents(row.number("totaalCent")), figures.month(row.words("maand")))
        let about = [row["omschrijving"]?.text, row["applicatie"]?.text].compactMap { $0 }
        let weights = row.list("sleutel").map { bearer in
            texts(.payloadBearer, PayloadWords.party(bearer["lid"]), figures.count(bearer.number("gewicht")))
        }
        let back = row["verrekendInMaand"]?.text.map { texts(.payloadSettledIn, figures.month($0)) }
        return [title] + about + weights + [back].compactMap { $0 }
    }
}

/// What later joins of a cost sharing divide, in plain words.
enum SharingTermWords {
    static func lines(_ row: JSON, _ texts: Texts) -> [String] {
        let figures = Figures(texts: texts)
        let key: Text = row.words("sleuteldatum") == "toetreding" ? .payloadKeyJoining : .payloadKeyOriginal
        var lines = [texts(key, figures.month(row.words("vanafMaand")))]
        if let total = row.number("totaalCent") { lines.append(texts(.payloadTermsTotal, figures.cents(total))) }
        if let now = row.number("indexNu"), let original = row.number("indexOorspronkelijk") {
            lines.append(texts(.payloadTermsIndex, figures.count(now), figures.count(original)))
        }
        if let life = row.number("levensduurMaanden") { lines.append(texts(.payloadTermsLife, figures.count(life))) }
        return lines
    }
}
