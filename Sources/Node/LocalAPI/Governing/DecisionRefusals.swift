// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Why a proposal would be void or could have no effect, for people: what is wrong and what would be right.
/// Spec: Protocol/voting.md §2 and §5.
struct DecisionRefusals {
    let language: APILanguage
    let rules: RulesInForce
    /// The date of the last epoch, before which no deadline is.
    let date: CivilDate
    let name: (OIN) -> String
    /// Whether a member ended.
    let isEnded: (OIN) -> Bool

    func violation(_ reason: VoidReason, _ proposal: DecisionProposal) -> APIProblem.Violation {
        let (path, sentence) = told(reason, proposal)
        return .init(path: path, message: sentence[language])
    }

    private func told(_ reason: VoidReason, _ proposal: DecisionProposal) -> (String, BothLanguages) {
        let organs = rules.organs.map(\.id.description).joined(separator: ", ")
        let applications = rules.applications.map(\.id.description).joined(separator: ", ")
        switch reason {
        case .decisionNotMember:
            return ("", BothLanguages(nl: "alleen een lid dient besluiten in", en: "only a member proposes"))
        case .decisionOrgan where rules.organ(proposal.organ) == nil:
            return ("orgaan", BothLanguages(
                nl: "er is geen orgaan \(proposal.organ); bekend zijn: \(organs)",
                en: "there is no organ \(proposal.organ); known are: \(organs)"))
        case .decisionOrgan where proposal.application == nil:
            return ("applicatie", BothLanguages(
                nl: "\(proposal.organ) is van deelnemers; noem hun applicatie: \(applications)",
                en: "\(proposal.organ) is of participants; name their application: \(applications)"))
        case .decisionOrgan:
            return ("applicatie", BothLanguages(
                nl: "\(proposal.organ) is van alle leden; laat de applicatie weg",
                en: "\(proposal.organ) is of all members; leave the application out"))
        case .decisionApplication:
            return ("applicatie", BothLanguages(
                nl: "bestaat niet; bekend zijn: \(applications)", en: "is not there; known are: \(applications)"))
        case .decisionNotParticipant:
            return ("applicatie", BothLanguages(
                nl: "alleen een deelnemer dient bij de deelnemers in",
                en: "only who takes part in it proposes to its participants"))
        case .decisionKindOfOrgan:
            return ("orgaan", BothLanguages(
                nl: "deelnemers beslissen over tarief, kostenverdeling en deelname van hun eigen applicatie, over "
                    + "een nieuwe applicatie en vrije tekst; voor de rest is een orgaan van alle leden",
                en: "participants decide on tariff, cost sharing, joining and leaving of their own application, on a "
                    + "new application and free text; the rest is for an organ of all members"))
        case .decisionDeadline:
            let last = date.adding(days: CooperativeLimits.deadlineDays) ?? date
            return ("termijnDatum", BothLanguages(
                nl: "de laatste dag om te stemmen ligt van \(date) tot en met \(last)",
                en: "the last day to vote is from \(date) to \(last)"))
        case .decisionCoverMissing:
            return ("dekking", BothLanguages(
                nl: "wat geld kost, zegt waar dat vandaan komt", en: "what costs money says where that comes from"))
        default: return ("", BothLanguages(nl: reason.rawValue, en: reason.rawValue))
        }
    }

    /// A tariff that would reach into months before that of the last epoch: others may have billed them by then.
    func backdated(_ payload: DecisionPayload) -> [APIProblem.Violation] {
        guard case .tariff(let tariff) = payload, tariff.firstMonth < date.month else { return [] }
        return [.init(path: "inhoud.vanafMaand", message: BothLanguages(
            nl: "een tarief rekent niet over maanden die voorbij zijn; de eerste maand die kan, is \(date.month)",
            en: "a tariff does not bill months that are past; the first month that can be is \(date.month)"
        )[language])]
    }

    /// An exit on a day that has passed: no vote could still make it hold then.
    func past(_ payload: DecisionPayload, today: CivilDate) -> [APIProblem.Violation] {
        guard case .exit(_, let lastDate) = payload, lastDate < today else { return [] }
        return [.init(path: "inhoud.laatsteDatum", message: BothLanguages(
            nl: "ligt in het verleden; vandaag is \(today), en de leden moeten er nog over stemmen",
            en: "is in the past; today is \(today), and the members still have to vote about it")[language])]
    }

    /// A cost that would wait for figures: everybody that shares it would get no statement until they are final.
    func incomplete(_ payload: DecisionPayload) -> [APIProblem.Violation] {
        let (path, year, members): (String, Int, [OIN])
        switch payload {
        case .costSharing(let sharing):
            (path, year, members) = ("deelnemers", sharing.keyYear, sharing.participants.map(\.member))
        case .communityJoining(let application, let member, _):
            guard let sharing = rules.costSharings.first(where: { $0.application == application }),
                  !sharing.participants.contains(where: { $0.member == member })
            else { return [] }
            (path, year, members) = ("lid", sharing.keyYear, [member])
        default: return []
        }
        let missing = members.filter { member in
            !rules.inhabitants.contains { $0.member == member && $0.year == year && $0.isFinal }
        }
        guard !missing.isEmpty else { return [] }
        let names = missing.map(name).joined(separator: ", ")
        return [.init(path: "inhoud.\(path)", message: BothLanguages(
            nl: "van \(names) staat geen definitief inwonertal van 1 januari \(year) vast; "
                + "besluit dat eerst (inwoners)",
            en: "no final inhabitants of 1 January \(year) are decided for \(names); decide these first (inhabitants)"
        )[language])]
    }

    /// Why the effect could not follow, with the field that says so.
    func violation(_ refusal: EffectRefusal, _ payload: DecisionPayload) -> APIProblem.Violation {
        let (path, sentence) = told(refusal, payload)
        return .init(path: "inhoud.\(path)", message: sentence[language])
    }

    private func told(_ refusal: EffectRefusal, _ payload: DecisionPayload) -> (String, BothLanguages) {
        let who = payload.member.map(name) ?? ""
        switch refusal {
        case .memberKnown where payload.member.map(isEnded) ?? false:
            return ("kaart", BothLanguages(
                nl: "het lidmaatschap van \(who) is beëindigd, en in deze regelversie komt een OIN dat lid was niet "
                    + "terug; met een ander OIN, zoals een subOIN, en een nieuwe kaart (korf init) kan het wel",
                en: "the membership of \(who) ended, and under this rule version an OIN that was a member does not "
                    + "come back; with another OIN, such as a SubOIN, and a new card (korf init) it can"))
        case .memberKnown:
            return ("kaart", BothLanguages(
                nl: "\(who) is al lid of toegelaten; een nieuwe sleutel gaat met sleutelvervanging",
                en: "\(who) is a member or admitted already; a new key goes by key replacement"))
        case .keyKnown:
            return ("kaart", BothLanguages(
                nl: "deze sleutel hoort al bij een log; een kaart heeft een nieuwe sleutel (korf init)",
                en: "this key belongs to a log already; a card has a new key (korf init)"))
        case .memberUnknown: return memberUnknown(payload)
        case .applicationUnknown:
            let known = rules.applications.map(\.id.description).joined(separator: ", ")
            return ("applicatie", BothLanguages(
                nl: "bestaat niet; bekend zijn: \(known)", en: "is not there; known are: \(known)"))
        case .classUnknown: return classUnknown(payload)
        case .tariffsOverlap: return overlap(payload)
        case .exists: return exists(payload)
        case .notParticipant:
            return ("lid", BothLanguages(
                nl: "\(who) neemt geen deel, of is de trekker, die blijft",
                en: "\(who) takes no part, or leads and so stays"))
        case .date where payload.kind == .exit:
            return ("laatsteDatum", BothLanguages(
                nl: "ligt vóór het laatste tijdperk, van \(date); een uittreding werkt niet terug",
                en: "is before the last epoch, of \(date); an exit does not work backwards"))
        case .date where payload.kind == .line || payload.kind == .advanceSettlement:
            let path = payload.kind == .line ? "verrekendInMaand" : "inMaand"
            return (path, BothLanguages(
                nl: "ligt niet na de maand waarin het voorschot wordt gevraagd",
                en: "is not after the month in which the advance is asked"))
        case .date:
            return ("totDatum", BothLanguages(
                nl: "ligt vóór de dag waarop \(who) ging deelnemen", en: "is before the day on which \(who) joined"))
        case .lineUnknown:
            return ("besluit", BothLanguages(
                nl: "is geen voorschot dat vaststaat", en: "is no advance that stands"))
        case .costSharingUnknown:
            let known = rules.costSharings.map(\.application.description).joined(separator: ", ")
            return ("applicatie", BothLanguages(
                nl: "heeft geen kostenverdeling; die is er van: \(known)",
                en: "has no shared cost; there is one of: \(known)"))
        case .lastVoter:
            return ("lid", BothLanguages(
                nl: "\(who) is de laatste die over tijdperken stemt; er moet er één overblijven",
                en: "\(who) is the last that votes on epochs; one has to be left"))
        case .log:
            return ("logId", BothLanguages(
                nl: "is niet de nieuwste log van \(who); korf member show noemt die",
                en: "is not the newest log of \(who); korf member show names it"))
        case .cellUnknown:
            return ("maand", BothLanguages(
                nl: "in deze cel heeft niemand iets geteld", en: "nobody counted anything in this cell"))
        case .notEscalated:
            return ("maand", BothLanguages(
                nl: "geen van beide partijen legde deze cel voor (korf settle escalate), en geen termijn is verlopen",
                en: "neither party handed this cell over (korf settle escalate), and no lapse left it open"))
        }
    }

    private func memberUnknown(_ payload: DecisionPayload) -> (String, BothLanguages) {
        let path = switch payload {
        case .tariff: "betaler"
        case .costSharing, .application: "deelnemers"
        case .inhabitants: "aantallen"
        case .line: "sleutel"
        case .keyReplacement: "kaart"
        default: "lid"
        }
        return (path, BothLanguages(
            nl: "noemt iemand die geen lid is; korf member list noemt de leden",
            en: "names somebody that is no member; korf member list lists them"))
    }

    private func classUnknown(_ payload: DecisionPayload) -> (String, BothLanguages) {
        let application = payload.application.flatMap { rules.application($0) }
        let known = application?.classes.map(\.description).joined(separator: ", ") ?? ""
        return ("klasse", BothLanguages(
            nl: "kent deze applicatie niet; zij heeft: \(known)",
            en: "is no class of this application; it has: \(known)"))
    }

    private func overlap(_ payload: DecisionPayload) -> (String, BothLanguages) {
        guard case .tariff(let tariff) = payload else { return ("vanafMaand", BothLanguages(nl: "", en: "")) }
        let rivals = rules.tariffs.filter {
            $0.application == tariff.application && $0.tariffClass == tariff.tariffClass
        }
        let periods = rivals.map { "\($0.firstMonth) - \($0.lastMonth?.description ?? "...")" }
            .joined(separator: ", ")
        return ("vanafMaand", BothLanguages(
            nl: "in deze maanden geldt al een tarief; van deze klasse staan vast: \(periods)",
            en: "another tariff holds in these months; of this class there are: \(periods)"))
    }

    private func exists(_ payload: DecisionPayload) -> (String, BothLanguages) {
        let path = switch payload {
        case .contribution: "vanafJaar"
        case .inhabitants: "aantallen"
        case .application: "id"
        case .communityJoining: "lid"
        case .advanceSettlement: "besluit"
        case .sharingTerms: "vanafMaand"
        default: "applicatie"
        }
        return (path, BothLanguages(
            nl: "dit staat al vast; een tweede besluit hierover heeft geen gevolg",
            en: "this stands already; a second decision about it has no effect"))
    }
}
