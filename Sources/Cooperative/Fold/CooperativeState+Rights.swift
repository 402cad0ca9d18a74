// SPDX-License-Identifier: EUPL-1.2
import Journal

// Who is what under an epoch that judges. Spec: Protocol/voting.md §1.
extension CooperativeState {
    /// Whether the rules of an epoch know an application.
    func isInForce(_ application: String, under epoch: Int) -> Bool {
        guard let number = applications.number(of: application), let known = rights[number] else { return false }
        return known.knownSince <= epoch
    }

    /// Takes over from the rules in force who may edit which application from this epoch on.
    mutating func takeOverRights() {
        for application in rules.applications {
            let number = applications.intern(application.id.description)
            var known = rights[number] ?? ApplicationRights()
            if known.knownSince == Int.max { known.knownSince = epoch.number }
            known.lead = parties.intern(application.lead.digits)
            let taking = application.participants.filter(\.takesPart).map { parties.intern($0.member.digits) }
            known.setParticipants(taking, from: epoch.number)
            rights[number] = known
        }
    }

    /// The electorate of a proposal: that of the epoch that judges it, by number of the member.
    /// Spec: Protocol/voting.md §1.
    func electorate(of proposal: DecisionProposal, under judge: Int) -> [UInt32] {
        let members = folk.indices.filter { folk[$0].isElector(under: judge) }.map { UInt32($0) }
        guard let application = proposal.application else { return members }
        guard let number = applications.number(of: application.description), let known = rights[number] else {
            return []
        }
        return members.filter { known.takesPart(folk[Int($0)].party, under: judge) }
    }

    /// Whether a member is of the electorate of a proposal.
    func isEntitled(_ member: UInt32, to proposal: DecisionProposal, under judge: Int) -> Bool {
        guard folk[Int(member)].isElector(under: judge) else { return false }
        guard let application = proposal.application else { return true }
        return applications.number(of: application.description).flatMap { rights[$0] }?
            .takesPart(folk[Int(member)].party, under: judge) ?? false
    }

    /// Whether somebody is a member now, and does not leave. Spec: Protocol/voting.md §1.
    func isMember(_ oin: OIN) -> Bool {
        memberNumbers[oin].map { folk[Int($0)].standing == .member } ?? false
    }
}
