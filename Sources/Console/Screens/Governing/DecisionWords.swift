// SPDX-License-Identifier: EUPL-1.2
import Notation

/// What a decision's numbers mean, in plain words: its rule, its tally, its outcome.
struct DecisionWords {
    let decision: JSON
    let texts: Texts

    var isOpen: Bool { decision.words("stand") == "open" }
    private var organ: JSON { decision["orgaan"] ?? .null }
    private func counted(_ name: String) -> Int64 { decision["telling"]?.number(name) ?? 0 }

    /// `2/1/0 (4)`: for, against, blank, and who may vote.
    var shortTally: String {
        let counts = ["voor", "tegen", "blanco"].map { String(counted($0)) }.joined(separator: "/")
        return "\(counts) (\(counted("kiesgerechtigd")))"
    }

    /// The own ballot; a dash where this member may not vote, or can no longer.
    var ownBallot: String {
        let own = decision["eigenStem"]
        if let choice = own?["keuze"]?.text { return texts.word(choice) }
        return own?["mag"]?.truth == true && isOpen ? texts(.notVotedShort) : "-"
    }

    /// Open with what would come of it, or the outcome.
    var stand: String {
        guard isOpen else { return texts.word(decision.words("stand")) }
        guard hasVotes else { return texts(.noVotesYet) }
        return texts(.provisionally, texts(outcomeIsCarried ? .wouldCarry : .wouldFall))
    }

    /// Without a vote there is no outcome yet, not even a provisional one.
    private var hasVotes: Bool { ["voor", "tegen", "blanco"].contains { counted($0) > 0 } }

    var outcomeIsCarried: Bool { decision["uitslag"]?["aangenomen"]?.truth ?? false }

    /// `meer dan de helft van de uitgebrachte stemmen, blanco telt niet mee`.
    var rule: String {
        let share = Self.share(organ.list("drempel"), texts)
        let base = switch organ.words("grondslag") {
        case "stemmen": texts(.baseVotes)
        case "kiesgerechtigden": texts(.baseEntitled)
        default: texts(.baseWithoutBlanks)
        }
        return texts(.ruleThreshold, share, base)
    }

    /// The turnout that the rule asks for.
    var turnoutRule: String {
        let turnout = organ.list("opkomst")
        guard turnout.first?.wholeNumber ?? 0 > 0 else { return texts(.ruleNoQuorum) }
        return texts(.ruleQuorum, Self.share(turnout, texts))
    }

    /// `3 van 4 stemmen voor; nodig: meer dan de helft van de uitgebrachte stemmen`.
    var tally: String {
        let (inFavour, against, blank) = (counted("voor"), counted("tegen"), counted("blanco"))
        let base = switch organ.words("grondslag") {
        case "stemmen": inFavour + against + blank
        case "kiesgerechtigden": counted("kiesgerechtigd")
        default: inFavour + against
        }
        return texts(.tallySentence, String(inFavour), String(base), rule)
    }

    var turnout: String {
        let cast = counted("voor") + counted("tegen") + counted("blanco")
        return texts(
            .turnoutSentence, String(cast), String(counted("kiesgerechtigd")), String(counted("blanco")), turnoutRule)
    }

    /// Provisional or final, with the epoch.
    var outcome: String {
        guard isOpen else {
            let carried = texts(decision.words("stand") == "verworpen" ? .wouldFall : .wouldCarry)
            return texts(.finalOutcome, carried, String(decision.number("sluitTijdperk") ?? 0))
        }
        guard hasVotes else { return texts(.noVotesOutcome) }
        let carried = texts(outcomeIsCarried ? .wouldCarry : .wouldFall)
        let isCertain = decision["uitslag"]?["zeker"]?.truth ?? false
        return texts(isCertain ? .provisionalCertain : .provisionalOutcome, carried)
    }

    /// Why a carried decision has no effect; `nil` where it has, or is not closed.
    var withoutEffect: String? {
        decision["reden"]?.text.map { reason in texts(.withoutEffect, EffectWords.sentence(reason, texts)) }
    }

    /// Tally, turnout and outcome, a line each.
    var result: [String] { [tally, turnout, outcome] + (withoutEffect.map { [$0] } ?? []) }

    /// `twee derde`, `de helft`, else `n/m`.
    private static func share(_ fraction: [JSON], _ texts: Texts) -> String {
        let numbers = fraction.compactMap(\.wholeNumber)
        guard numbers.count == 2 else { return "?" }
        switch (numbers[0], numbers[1]) {
        case (1, 2): return texts(.half)
        case (2, 3): return texts(.twoThirds)
        case (3, 4): return texts(.threeQuarters)
        case (0, _): return texts(.nothing)
        default: return "\(numbers[0])/\(numbers[1])"
        }
    }
}

/// Why a carried decision has no effect, in plain words. Spec: Protocol/voting.md §5.
enum EffectWords {
    private static let rows: [String: Text] = [
        "effect-member-known": .effectMemberKnown, "effect-key-known": .effectKeyKnown,
        "effect-member-unknown": .effectMemberUnknown, "effect-application-unknown": .effectApplicationUnknown,
        "effect-class-unknown": .effectClassUnknown, "effect-tariffs-overlap": .effectTariffsOverlap,
        "effect-exists": .effectExists, "effect-not-participant": .effectNotParticipant,
        "effect-date": .effectDate, "effect-last-voter": .effectLastVoter, "effect-log": .effectLog,
        "effect-cell-unknown": .effectCellUnknown, "effect-not-escalated": .effectNotEscalated,
    ]

    static func sentence(_ reason: String, _ texts: Texts) -> String {
        rows[reason].map { texts($0) } ?? reason
    }
}
