// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation

/// Where the network's one consensus stands, in the words of the API. Spec: Protocol/local-api.md §9.
struct EpochDocument {
    let standing: ConsensusStanding
    let name: (OIN) -> String

    var json: JSON {
        [
            "nummer": .count(standing.epoch), "datum": .string(standing.date.description),
            "stemmers": .count(standing.voters.count), "quorum": .count(standing.quorum),
            "bereikbareStemmers": .optional(standing.votersReachable), "uitvalMogelijk": .optional(failures),
            "leugenaarsMogelijk": .boolean(standing.toleratesLiar), "toestandGelijk": .boolean(standing.digestsAgree),
            "betwist": standing.dispute.map(dispute) ?? .null,
            "belemmering": standing.obstacle.map(obstacle) ?? .null,
            "volgend": [
                "nummer": .count(standing.epoch + 1), "verschuldigd": .boolean(standing.isDue),
                "besloten": .boolean(standing.isDecided), "ronde": .count(standing.round),
                "stap": .string(step), "stilstand": standing.stall.map(stall) ?? .null,
            ],
        ]
    }

    /// -1 where fewer voters than needed are up already.
    private var failures: Int? {
        guard let left = standing.failuresLeft, let up = standing.votersReachable else { return nil }
        return up < standing.quorum ? -1 : left
    }

    private var step: String {
        switch standing.step {
        case .propose: "voorstel"
        case .prevote: "voorstem"
        case .precommit: "eindstem"
        }
    }

    private func party(_ oin: OIN) -> JSON { ["oin": .string(oin.digits), "naam": .string(name(oin))] }

    private func dispute(_ dispute: ConsensusStanding.Dispute) -> JSON {
        [
            "nummer": .count(dispute.number), "leugenaars": .array(dispute.liars.map { .string($0.log.description) }),
            "leden": .array(dispute.liarMembers.map(party)),
        ]
    }

    private func stall(_ stall: ConsensusStanding.Stall) -> JSON {
        ["seconden": .count(stall.seconds), "nietGestemd": .array(stall.silent.map(party))]
    }

    /// Why this node does not vote: code and facts.
    func obstacle(_ obstacle: VotingObstacle) -> JSON {
        let (code, facts): (String, JSON) = switch obstacle {
        case .noVoter: ("geen-stemmer", [:])
        case .readsOnly(let reason): ("alleen-lezen", ["reden": .string(reason)])
        case .ownHeadUnasked(let members): ("eigen-hoofd", ["leden": .array(members.map(party))])
        case .foundersMissing(let members): ("stichters", ["leden": .array(members.map(party))])
        case .digestDiffers(let epoch): ("toestand-ongelijk", ["nummer": .count(epoch)])
        case .disputed(let number): ("betwist", ["nummer": .count(number)])
        }
        return ["code": .string(code), "gegevens": facts]
    }
}

extension StatusActions {
    /// What keeps the network from deciding, or this node from voting on epochs.
    mutating func look(at standing: ConsensusStanding, _ name: (OIN) -> String) {
        if let reached = standing.votersReachable, reached < standing.quorum {
            let voters = standing.voters.count
            add(true, "geen-quorum",
                "Er kan nu niets besloten worden: \(reached) van \(voters) stemmers bereikbaar, "
                    + "\(standing.quorum) nodig",
                [("bereikbaar", .count(reached)), ("stemmers", .count(voters)), ("nodig", .count(standing.quorum))])
        }
        switch standing.obstacle {
        case .digestDiffers(let epoch):
            add(true, "toestand-ongelijk",
                "Eigen toestand wijkt af van die in tijdperk \(epoch); deze knoop stemt niet mee",
                [("nummer", .count(epoch))])
        case .disputed(let number):
            let liars = standing.dispute?.liarMembers ?? []
            let named = liars.isEmpty ? "" : "; aangewezen: " + liars.map(name).joined(separator: ", ")
            add(true, "tijdperk-betwist",
                "Tijdperk \(number) is betwist: twee certificaten; besluiten staat stil" + named,
                [("nummer", .count(number)), ("leden", .array(liars.map { oin in
                    ["oin": .string(oin.digits), "naam": .string(name(oin))]
                }))])
        case .ownHeadUnasked(let members):
            waits("eigen-hoofd", "deze leden zeiden nog niet hoever zij zijn log hebben", members, name)
        case .foundersMissing(let members):
            waits("stichters", "de eerste regel van deze stichters ontbreekt nog", members, name)
        // Said elsewhere, or decided by the members.
        case .readsOnly, .noVoter, nil: break
        }
    }

    /// At two voters: a successor that does not vote yet.
    mutating func look(at ended: EndedVoter?, _ name: (OIN) -> String) {
        guard let ended else { return }
        let (who, end) = (name(ended.member), ended.end)
        let facts: [(String, JSON)] = [("naam", .string(who)), ("omvang", .count(end.count))]
        switch ended.waiting {
        case .acknowledge(let other):
            add(false, "opvolger-wacht",
                "Nieuwe log van \(who) stemt mee zodra \(name(other)) bevestigt dat de oude log eindigt na "
                    + "\(end) regels",
                facts + [("bevestigt", .string(name(other)))])
        case .endTooShort(let held):
            add(true, "opvolger-onbevestigd",
                "Nieuwe log van \(who) noemt een einde na \(end) regels; deze knoop heeft er \(held) en bevestigt niet",
                facts + [("aanwezig", .count(held.count))])
        case .forked:
            add(true, "opvolger-onbevestigd",
                "Van de oude log van \(who) zijn twee geschiedenissen bekend; de nieuwe wordt niet bevestigd",
                facts + [("aanwezig", nil)])
        }
    }

    private mutating func waits(_ code: String, _ why: String, _ members: [OIN], _ name: (OIN) -> String) {
        let parties = members.map { oin -> JSON in ["oin": .string(oin.digits), "naam": .string(name(oin))] }
        let names = members.map(name).joined(separator: ", ")
        add(false, "stemt-niet", "Deze knoop stemt niet mee over tijdperken: \(why): \(names)",
            [("code", .string(code)), ("gegevens", ["leden": .array(parties)])])
    }
}
