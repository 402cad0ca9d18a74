// SPDX-License-Identifier: EUPL-1.2
import Journal

// Lines by decision, advances carried back, and what joins of a cost sharing divide. Spec: Protocol/voting.md §5.
extension RulesInForce {
    mutating func add(_ line: DecidedLine, _ ground: EffectGround) throws(EffectRefusal) {
        if let slug = line.application, application(slug) == nil { throw .applicationUnknown }
        guard line.key.allSatisfy({ ground.isParty($0.member) }) else { throw .memberUnknown }
        let month = max(line.month, ground.month)
        guard line.settledIn.map({ $0 > month }) ?? true else { throw .date }
        let made = RuleLine(decision: ground.decision, month: month, settledIn: line.settledIn, line: line)
        lines.insert(made, at: lines.firstIndex { made.decision < $0.decision } ?? lines.endIndex)
    }

    mutating func settle(_ advance: Decision.ID, in wished: CivilMonth, _ ground: EffectGround) throws(EffectRefusal) {
        guard let position = lines.firstIndex(where: { $0.decision == advance && $0.line.kind == .advance })
        else { throw .lineUnknown }
        guard lines[position].settledIn == nil else { throw .exists }
        let month = max(wished, ground.month)
        guard month > lines[position].month else { throw .date }
        lines[position].settledIn = month
    }

    mutating func add(_ terms: Genesis.SharingTerms, to slug: Slug) throws(EffectRefusal) {
        guard application(slug) != nil else { throw .applicationUnknown }
        guard let position = costSharings.firstIndex(where: { $0.application == slug })
        else { throw .costSharingUnknown }
        var rows = costSharings[position].terms
        guard !rows.contains(where: { $0.firstMonth == terms.firstMonth }) else { throw .exists }
        rows.insert(terms, at: rows.firstIndex { terms.firstMonth < $0.firstMonth } ?? rows.endIndex)
        costSharings[position] = costSharings[position].with(terms: rows)
    }

    /// Who joins the community of an application whose cost is shared enters the key, once: whoever was in it before
    /// keeps its place.
    mutating func enterKey(_ slug: Slug, _ member: OIN, _ month: CivilMonth) {
        guard let position = costSharings.firstIndex(where: { $0.application == slug }) else { return }
        var rows = costSharings[position].participants
        guard !rows.contains(where: { $0.member == member }) else { return }
        rows.insert(.init(member: member, since: month), at: rows.firstIndex { member < $0.member } ?? rows.endIndex)
        costSharings[position] = costSharings[position].with(participants: rows)
    }
}
