// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A payload as people write it, in plain values that may be wrong; rows as in a `GenesisDraft`.
/// Spec: Protocol/voting.md §5.
public enum DecisionPayloadDraft: Sendable {
    /// The card of who is to become a member.
    case admission(Card)
    /// OIN, and the last day `YYYY-MM-DD`.
    case exit(member: String, lastDate: String)
    /// OIN.
    case expulsion(member: String)
    case tariff(GenesisDraft.Tariff)
    case contribution(GenesisDraft.Contribution)
    case costSharing(GenesisDraft.CostSharing)
    case inhabitants([GenesisDraft.Inhabitants])
    case application(GenesisDraft.Application)
    /// Slug, OIN and the first day.
    case communityJoining(application: String, member: String, since: String)
    /// Slug, OIN and the last day.
    case communityLeaving(application: String, member: String, until: String)
    /// OIN, and whether it votes about epochs.
    case votingFlag(member: String, votes: Bool)
    /// The new card, the log that ends in hex, and its end.
    case keyReplacement(Card, log: String, endSize: Int, endRoot: String)
    case networkTerms(Genesis.Terms?, Genesis.Timings?)
    case freeText
    /// Month, application's id, OINs, class and what counts.
    case cellCount(
        month: String, application: String, provider: String, consumer: String, tariffClass: String, quantity: Int64)
    case line(DecidedLineDraft)
    /// The log of the advance in hex, its index, and `YYYY-MM`.
    case advanceSettlement(log: String, index: Int, month: String)
    /// Slug, and what later joins divide.
    case sharingTerms(application: String, GenesisDraft.SharingTerms)

    /// Whether every list stands in the order of the wire.
    var isInOrder: Bool {
        var draft = GenesisDraft()
        switch self {
        case .costSharing(let sharing): draft.costSharings = [sharing]
        case .inhabitants(let rows): draft.inhabitants = rows
        case .application(let application): draft.applications = [application]
        case .line(let line): draft.balances = line.key.map { ($0.member, $0.weight) }
        default: return true
        }
        return draft.firstOutOfOrder() == nil
    }

    /// The payload, lists sorted, with what is wrong noted. Values of no payload may come with notes.
    func payload(_ check: inout GenesisCheck, _ path: GenesisPath) -> DecisionPayload? {
        switch self {
        case .tariff(let row): return check.tariff(row, [], path).map { .tariff($0) }
        case .contribution(let row): return .contribution(check.contribution(row, path))
        case .costSharing(let row): return check.costSharing(row, [], path).map { .costSharing($0) }
        case .application(let row): return check.application(row, path).map { .application($0) }
        case .inhabitants(let rows):
            if rows.isEmpty { check.note(.field, path, "At least one count is needed.") }
            return InhabitantCounts(sorted: check.inhabitants(rows, path)).map { .inhabitants($0) }
        case .networkTerms(let terms, let timings):
            if terms == nil, timings == nil { check.note(.field, path, "Terms, timings or both are needed.") }
            if let terms { check.checkTerms(terms, path.key(1, "terms")) }
            if let timings { check.checkTimings(timings, path.key(2, "timings")) }
            return NetworkTerms(terms: terms, timings: timings).map { .networkTerms($0) }
        case .freeText: return .freeText
        case .line(let line): return check.decidedLine(line, path).map { .line($0) }
        case .advanceSettlement(let log, let index, let month):
            return advance(log, index, month, &check, path)
        case .sharingTerms(let application, let terms):
            let slug = check.slug(application, path.key(0, "application"))
            let terms = check.sharingTerms(terms, path, 1)
            guard let slug, let terms else { return nil }
            return .sharingTerms(application: slug, terms)
        default: return membership(&check, path)
        }
    }

    /// The kinds about one member.
    private func membership(_ check: inout GenesisCheck, _ path: GenesisPath) -> DecisionPayload? {
        switch self {
        case .admission(let card): return .admission(card)
        case .exit(let member, let lastDate):
            let (member, date) = (
                check.oin(member, path.key(0, "member")), check.date(lastDate, path.key(1, "lastDate")))
            guard let member, let date else { return nil }
            return .exit(member: member, lastDate: date)
        case .expulsion(let member):
            return check.oin(member, path.key(0, "member")).map { .expulsion(member: $0) }
        case .votingFlag(let member, let votes):
            return check.oin(member, path.key(0, "member")).map { .votingFlag(member: $0, votes: votes) }
        case .communityJoining(let application, let member, let since):
            return community(application, member, since, "since", &check, path)
                .map { .communityJoining(application: $0, member: $1, since: $2) }
        case .communityLeaving(let application, let member, let until):
            return community(application, member, until, "until", &check, path)
                .map { .communityLeaving(application: $0, member: $1, until: $2) }
        case .keyReplacement(let card, let log, let endSize, let endRoot):
            return replacement(card, log, endSize, endRoot, &check, path)
        case .cellCount(let month, let application, let provider, let consumer, let tariffClass, let quantity):
            return count(month, application, (provider, consumer), tariffClass, quantity, &check, path)
        default: return nil
        }
    }

    private func count(
        _ month: String, _ application: String, _ parties: (provider: String, consumer: String),
        _ tariffClass: String, _ quantity: Int64, _ check: inout GenesisCheck, _ path: GenesisPath
    ) -> DecisionPayload? {
        let month = check.month(month, path.key(0, "month"))
        let provider = check.oin(parties.provider, path.key(2, "provider"))
        let consumer = check.oin(parties.consumer, path.key(3, "consumer"))
        _ = check.number(quantity, 0...UsageCounters.largest, path.key(5, "quantity"))
        if !SlugText.isValid(application.utf8, longest: CooperativeLimits.applicationBytes) {
            check.note(.field, path.key(1, "application"), "\"\(application)\" is no id of an application.")
        }
        if !SlugText.isValid(tariffClass.utf8, longest: CooperativeLimits.tariffClassBytes) {
            check.note(.field, path.key(4, "class"), "\"\(tariffClass)\" is no tariff class.")
        }
        guard let month, let provider, let consumer else { return nil }
        guard provider != consumer else {
            check.note(.field, path.key(3, "consumer"), "Provider and consumer are one; own use is never billed.")
            return nil
        }
        return DecidedCount(
            month: month, application: application, provider: provider, consumer: consumer, tariffClass: tariffClass,
            quantity: quantity
        ).map { .cellCount($0) }
    }

    private func community(
        _ application: String, _ member: String, _ date: String, _ word: String, _ check: inout GenesisCheck,
        _ path: GenesisPath
    ) -> (Slug, OIN, CivilDate)? {
        let slug = check.slug(application, path.key(0, "application"))
        let member = check.oin(member, path.key(1, "member"))
        let date = check.date(date, path.key(2, word))
        guard let slug, let member, let date else { return nil }
        return (slug, member, date)
    }

    private func advance(
        _ log: String, _ index: Int, _ month: String, _ check: inout GenesisCheck, _ path: GenesisPath
    ) -> DecisionPayload? {
        let log = LogID(hexadecimal: log)
        if log == nil { check.note(.field, path.key(0, "advance"), "An advance is named by its decision.") }
        let index = check.number(index, 0...Int.max, path.key(1, "index"))
        let month = check.month(month, path.key(2, "month"))
        guard let log, let month, index >= 0 else { return nil }
        return .advanceSettlement(
            advance: Decision.ID(log: log, index: EntryIndex(known: index)), month: month)
    }

    private func replacement(
        _ card: Card, _ log: String, _ endSize: Int, _ endRoot: String, _ check: inout GenesisCheck,
        _ path: GenesisPath
    ) -> DecisionPayload? {
        let (log, root) = (LogID(hexadecimal: log), Hash(hexadecimal: endRoot))
        if log == nil { check.note(.field, path.key(1, "log"), "A log is named by 64 hex digits.") }
        let size = check.number(endSize, 1...Int.max, path.key(2, "endSize"))
        if root == nil { check.note(.field, path.key(3, "endRoot"), "A root has 64 hex digits.") }
        guard let log, let root, let size = LogSize(size) else { return nil }
        return KeyReplacement(card: card, log: log, end: Head(size: size, root: root))
            .map { .keyReplacement($0) }
    }
}
