// SPDX-License-Identifier: EUPL-1.2
import Journal

extension RulesInForce {
    /// The effect of a carried decision on the rules, whole or refused with the reason; nothing is changed
    /// then. Kinds about members, logs and cells (1 to 3, 11, 12 and 15) change nothing here: they are for the fold.
    /// Spec: Protocol/voting.md §5, whose conditions are looked at in the order of the table.
    public mutating func apply(
        _ payload: DecisionPayload, _ ground: EffectGround
    ) throws(EffectRefusal) {
        let isMember = ground.isMember
        switch payload {
        case .tariff(let tariff): try add(tariff, isMember)
        case .contribution(let contribution): try add(contribution)
        case .costSharing(let sharing): try add(sharing, isMember)
        case .inhabitants(let counts): try add(counts, ground)
        case .application(let application): try add(application, isMember, ground.isFounded)
        case .communityJoining(let application, let member, let since):
            try join(application, member, since, ground)
        case .communityLeaving(let application, let member, let until): try leave(application, member, until)
        case .networkTerms(let network):
            terms = network.terms ?? terms
            timings = network.timings ?? timings
        case .line(let line): try add(line, ground)
        case .advanceSettlement(let advance, let month): try settle(advance, in: month, ground)
        case .sharingTerms(let application, let terms): try add(terms, to: application)
        case .admission, .exit, .expulsion, .votingFlag, .keyReplacement, .freeText, .cellCount: break
        }
    }

    private mutating func add(_ tariff: Genesis.Tariff, _ isMember: (OIN) -> Bool) throws(EffectRefusal) {
        guard let application = application(tariff.application) else { throw .applicationUnknown }
        guard application.classes.contains(tariff.tariffClass) else { throw .classUnknown }
        guard tariff.funder.map(isMember) ?? true else { throw .memberUnknown }
        guard !tariffs.contains(where: tariff.overlaps) else { throw .tariffsOverlap }
        tariffs.place(tariff, by: Genesis.Tariff.precedes)
    }

    private mutating func add(_ contribution: Genesis.Contribution) throws(EffectRefusal) {
        guard !contributions.contains(where: { $0.firstYear == contribution.firstYear }) else { throw .exists }
        contributions.place(contribution) { $0.firstYear < $1.firstYear }
    }

    private mutating func add(
        _ sharing: Genesis.CostSharing, _ isMember: (OIN) -> Bool
    ) throws(EffectRefusal) {
        guard application(sharing.application) != nil else { throw .applicationUnknown }
        let named = sharing.participants.map(\.member) + sharing.charged.map(\.member)
        guard named.allSatisfy(isMember) else { throw .memberUnknown }
        guard !costSharings.contains(where: { $0.application == sharing.application }) else { throw .exists }
        costSharings.place(sharing) { $0.application < $1.application }
    }

    private mutating func add(_ counts: InhabitantCounts, _ ground: EffectGround) throws(EffectRefusal) {
        guard counts.rows.allSatisfy({ ground.isMember($0.member) }) else { throw .memberUnknown }
        var rows = inhabitants
        for row in counts.rows {
            let standing = rows.firstIndex {
                $0.member == row.member && $0.code == row.code && $0.year == row.year
            }
            if let standing {
                // A final count is settled; to decide the same once more is no change.
                guard !rows[standing].isFinal || rows[standing].asDecided == row else { throw .exists }
                if !rows[standing].isFinal { rows[standing] = row.known(from: ground.month) }
            } else {
                rows.place(row.known(from: ground.month), by: Genesis.Inhabitants.precedes)
            }
        }
        inhabitants = rows
    }

    private mutating func add(
        _ application: Genesis.Application, _ isMember: (OIN) -> Bool, _ isFounded: (String) -> Bool
    ) throws(EffectRefusal) {
        guard self.application(application.id) == nil, !isFounded(application.id.description) else { throw .exists }
        let named = [application.lead] + application.participants.map(\.member)
            + application.modes.map(\.consumer) + application.providers
        guard named.allSatisfy(isMember) else { throw .memberUnknown }
        applications.place(application) { $0.id < $1.id }
    }

    private mutating func join(
        _ slug: Slug, _ member: OIN, _ since: CivilDate, _ ground: EffectGround
    ) throws(EffectRefusal) {
        guard let position = applications.firstIndex(where: { $0.id == slug }) else { throw .applicationUnknown }
        guard ground.isMember(member) else { throw .memberUnknown }
        guard !takesPart(member, in: slug) else { throw .exists }
        var rows = applications[position].participants.filter { $0.member != member }
        rows.place(.init(member: member, since: since, until: nil)) { $0.member < $1.member }
        applications[position] = applications[position].with(participants: rows)
        enterKey(slug, member, max(since.month, ground.month))
    }

    private mutating func leave(_ slug: Slug, _ member: OIN, _ until: CivilDate) throws(EffectRefusal) {
        guard let position = applications.firstIndex(where: { $0.id == slug }) else { throw .applicationUnknown }
        var rows = applications[position].participants
        guard applications[position].lead != member,
              let row = rows.firstIndex(where: { $0.member == member && $0.takesPart })
        else { throw .notParticipant }
        guard rows[row].since <= until else { throw .date }
        rows[row] = .init(member: member, since: rows[row].since, until: until)
        applications[position] = applications[position].with(participants: rows)
    }
}

extension Genesis.Inhabitants {
    /// As it stands once a decision was carried; a figure that is not final bills nothing, and so has no month.
    fileprivate func known(from month: CivilMonth) -> Self {
        Self(
            member: member, code: code, year: year, count: count, isFinal: isFinal,
            knownFrom: isFinal ? month : nil)
    }
}

extension Genesis.Application {
    fileprivate func with(participants: [Participant]) -> Self {
        Self(
            id: id, name: name, lead: lead, participants: participants, isSensitive: isSensitive,
            classes: classes, modes: modes, customers: customers, providers: providers)
    }
}

extension Array {
    /// Inserts into a sorted array.
    fileprivate mutating func place(_ item: Element, by precedes: (Element, Element) -> Bool) {
        insert(item, at: firstIndex { precedes(item, $0) } ?? endIndex)
    }
}
