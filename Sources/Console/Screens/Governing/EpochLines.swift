// SPDX-License-Identifier: EUPL-1.2
import Notation

/// The epoch in `korf status`: who is needed, how many more may fail, and what consensus waits for.
/// Spec: Protocol/local-api.md §9.
struct EpochLines {
    let epoch: JSON
    let texts: Texts

    var lines: [String] {
        let voters = epoch.number("stemmers") ?? 0
        var lines = [texts(
            .statusEpoch, String(epoch.number("nummer") ?? 0), Figures(texts: texts).day(epoch.words("datum")),
            String(voters), String(epoch.number("quorum") ?? 0), failures)]
        if voters <= 3 { lines.append(texts(.statusNoLiar, String(voters))) }
        if let next = epoch["volgend"], next != .null { lines += self.next(next) }
        return lines
    }

    /// The failure after which nothing can be decided any more: one more than may be.
    private var failures: String {
        guard let possible = epoch.number("uitvalMogelijk") else { return texts(.statusFailuresUnknown) }
        return possible < 0 ? texts(.statusNoQuorum) : texts(.statusFailures, String(possible + 1))
    }

    private func next(_ next: JSON) -> [String] {
        let number = String(next.number("nummer") ?? 0)
        if next["besloten"]?.truth == true { return [texts(.statusEpochDecided, number)] }
        guard next["verschuldigd"]?.truth == true else { return [] }
        let reached = epoch.number("bereikbareStemmers").map { String($0) } ?? "?"
        let line = texts(
            .statusNextEpoch, number, String(next.number("ronde") ?? 0), texts.word(next.words("stap")), reached,
            String(epoch.number("stemmers") ?? 0), String(epoch.number("quorum") ?? 0))
        return [line] + stall(next)
    }

    /// A round that has lasted longer than it should, and whose votes are missing in it.
    private func stall(_ next: JSON) -> [String] {
        guard let stall = next["stilstand"], stall != .null else { return [] }
        let minutes = max(1, (stall.number("seconden") ?? 0) / 60)
        let silent = stall.list("nietGestemd").map { $0.words("naam") }.joined(separator: ", ")
        let round = String(next.number("ronde") ?? 0)
        return [silent.isEmpty
            ? texts(.statusRoundStalled, round, String(minutes))
            : texts(.statusRoundSilent, round, String(minutes), silent)]
    }
}

/// Why this node does not vote on epochs. Spec: Protocol/local-api.md §9.
enum ObstacleWords {
    static func sentence(_ obstacle: JSON, _ texts: Texts) -> String {
        let facts = obstacle["gegevens"] ?? .null
        let names = facts.list("leden").map { $0.words("naam") }.joined(separator: ", ")
        return switch obstacle.words("code") {
        case "geen-stemmer": texts(.obstacleNoVoter)
        case "alleen-lezen": texts(.obstacleReadsOnly, texts.reason(facts.words("reden")))
        case "eigen-hoofd": texts(.obstacleOwnHead, names)
        case "stichters": texts(.obstacleFounders, names)
        case "toestand-ongelijk": texts(.actionDigest, String(facts.number("nummer") ?? 0))
        case "betwist": texts(.actionDisputed, String(facts.number("nummer") ?? 0))
        default: PlainText.line(obstacle.words("code"))
        }
    }
}
