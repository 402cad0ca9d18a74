// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage

/// A decision in the words of the API. Spec: Protocol/local-api.md §9.
struct DecisionDocument {
    let view: DecisionView
    /// How people name it: longer than eight digits where two are alike.
    let name: String

    func json(_ engine: isolated NodeEngine, text: DecisionText) -> JSON {
        let proposal = view.proposal
        let party = { (oin: OIN) -> JSON in
            ["oin": .string(oin.digits), "naam": .string(Self.name(of: oin, engine))]
        }
        return [
            "id": .string(name), "regel": .string(entryName(view.id.log, view.id.index)),
            "titel": .string(proposal.title), "soort": .string(DecisionWords.word(proposal.payload.kind)),
            "indiener": party(view.proposer), "orgaan": Self.organ(view.organ),
            "applicatie": .optional(proposal.application?.description),
            "termijnDatum": .string(proposal.deadline.description), "kostenCent": .optional(proposal.costCents),
            "dekking": .optional(proposal.cover), "inhoud": PayloadDocument(party: party).json(proposal.payload),
            "gevolg": consequence(engine),
            "stand": .string(stand), "voorlopig": .boolean(view.standing == .open),
            "reden": .optional(view.refusal?.reason), "oordeelTijdperk": .count(view.judge),
            "sluitTijdperk": .optional(view.closing), "telling": tally,
            "uitslag": ["aangenomen": .boolean(view.outcome == .carried), "zeker": .boolean(view.isCertain)],
            "stemmen": .array(view.ballots.map { ballot($0, party) }),
            "nietGestemd": .array(view.absent.map(party)), "eigenStem": own(engine.member.oin),
            "wachtOp": .array(waits(engine)), "tekst": text.json,
        ]
    }

    /// What a tariff does to the others, while the decision is open or once it was carried.
    private func consequence(_ engine: isolated NodeEngine) -> JSON {
        guard case .tariff(let tariff) = view.proposal.payload, [.open, .carried].contains(view.standing) else {
            return .null
        }
        let succession = engine.state.rules.succession(of: tariff)
        let reachesBack = view.standing == .open && tariff.firstMonth < engine.state.epoch.date.month
        return [
            "beeindigt": succession.ended.map { ended in
                [
                    "vanafMaand": .string(ended.firstMonth.description),
                    "totEnMetMaand": .optional(tariff.firstMonth.adding(months: -1)?.description),
                ]
            } ?? .null,
            "rekentVanafMaand": .string(tariff.firstMonth.description),
            "rekentTotEnMetMaand": .optional(succession.lastMonth?.description),
            "volgendeVanafMaand": .optional(succession.nextMonth?.description), "reiktTerug": .boolean(reachesBack),
        ]
    }

    private static func name(of oin: OIN, _ engine: isolated NodeEngine) -> String { engine.name(of: oin) }

    private func entryName(_ log: LogID, _ index: EntryIndex) -> String { "\(log.description.prefix(12)):\(index)" }

    private var stand: String {
        switch view.standing {
        case .open: "open"
        case .carried: "aangenomen"
        case .notCarried: "verworpen"
        case .withoutEffect: "zonder gevolg"
        }
    }

    private var tally: JSON {
        [
            "kiesgerechtigd": .count(view.tally.entitled), "voor": .count(view.tally.votesFor),
            "tegen": .count(view.tally.against), "blanco": .count(view.tally.blank),
        ]
    }

    static func organ(_ organ: Genesis.Organ) -> JSON {
        func pair(_ fraction: Genesis.Fraction) -> JSON {
            [.count(fraction.numerator), .count(fraction.denominator)]
        }
        return [
            "id": .string(organ.id.description), "naam": .string(organ.name),
            "kiezers": organ.electorate == .members ? "leden" : "deelnemers", "drempel": pair(organ.threshold),
            "grondslag": .string(DecisionWords.word(organ.base)), "opkomst": pair(organ.quorum),
        ]
    }

    private func ballot(_ ballot: BallotView, _ party: (OIN) -> JSON) -> JSON {
        let stand = switch ballot.standing {
        case .counts: "telt"
        case .replaced: "vervangen"
        case .late: "te laat"
        }
        return [
            "lid": party(ballot.voter), "keuze": .string(DecisionWords.word(ballot.choice)),
            "definitief": ballot.isFinal.map { .boolean($0) } ?? .null, "stand": .string(stand),
            "tegenstrijdig": .boolean(ballot.isConflicting), "regel": .string(entryName(ballot.log, ballot.index)),
        ]
    }

    private func own(_ member: OIN) -> JSON {
        let votes = view.ballots.filter { $0.voter == member && $0.standing == .counts }
        let vote = votes.max { $0.index < $1.index }
        return [
            "mag": .boolean(view.electorate.contains(member)),
            "keuze": .optional(vote.map { DecisionWords.word($0.choice) }),
            "definitief": vote?.isFinal.map { .boolean($0) } ?? .null,
        ]
    }

    private func waits(_ engine: isolated NodeEngine) -> [JSON] {
        guard view.standing == .open else { return [] }
        guard view.isCertain || engine.clock.today() > view.proposal.deadline else {
            return [[
                "code": "stemmen",
                "gegevens": [
                    "aantal": .count(view.absent.count), "termijnDatum": .string(view.proposal.deadline.description),
                ],
            ]]
        }
        let next: JSON = ["code": "tijdperk", "gegevens": ["nummer": .count(engine.state.epoch.number + 1)]]
        let standing = engine.consensusStanding()
        guard let reached = standing.votersReachable, reached < standing.quorum else { return [next] }
        let facts: JSON = ["nodig": .count(standing.quorum), "bereikbaar": .count(reached)]
        return [next, ["code": "quorum", "gegevens": facts]]
    }
}

/// The text of a proposal, as far as it is here.
struct DecisionText {
    let stand: String
    var words: String?

    var json: JSON { ["stand": .string(stand), "inhoud": .optional(words)] }

    static let none = DecisionText(stand: "geen")

    init(stand: String, words: String? = nil) { (self.stand, self.words) = (stand, words) }

    /// Looks the text up; it is destroyed where its author said so.
    init(of view: DecisionView, in store: JournalStore, isDestroyed: Bool) throws(APIProblem) {
        guard let commitment = view.commitment else {
            self = .none
            return
        }
        guard !isDestroyed else {
            self.init(stand: "vernietigd")
            return
        }
        do throws(StorageFailure) {
            let held = try store.text(of: commitment)
            let words = held.map { String(decoding: $0.text, as: UTF8.self) }
            self.init(stand: held == nil ? "ontbreekt" : "aanwezig", words: words)
        } catch { throw APIProblem(error) }
    }
}
