// SPDX-License-Identifier: EUPL-1.2
import Journal

extension GenesisCheck {
    mutating func tariffs(_ applications: [Genesis.Application], _ path: GenesisPath) -> [Genesis.Tariff] {
        var tariffs: [Genesis.Tariff] = []
        for (index, tariff) in draft.tariffs.enumerated() {
            if let checked = self.tariff(tariff, applications, path.item(index)) { tariffs.append(checked) }
        }
        let sorted = sorted(tariffs, path, by: Genesis.Tariff.precedes) {
            "The tariff of \($0.application), class \($0.tariffClass), from \($0.firstMonth)"
        }
        for (index, (tariff, next)) in zip(sorted, sorted.dropFirst()).enumerated()
        where tariff.overlaps(next) && tariff.firstMonth < next.firstMonth {
            note(.tariffsOverlap, path.item(index + 1),
                 "\(next.application), class \(next.tariffClass): two tariffs hold in \(next.firstMonth).")
        }
        return sorted
    }

    mutating func tariff(
        _ tariff: GenesisDraft.Tariff, _ applications: [Genesis.Application], _ path: GenesisPath
    ) -> Genesis.Tariff? {
        let application = known(tariff.application, applications, path.key(0, "application"))
        let tariffClass = tariffClass(tariff.tariffClass, path.key(1, "class"))
        if let tariffClass, let found = applications.first(where: { $0.id == application }),
           !found.classes.contains(tariffClass) {
            note(.field, path.key(1, "class"), "\(found.id) has no class \"\(tariffClass)\".")
        }
        let first = month(tariff.firstMonth, path.key(2, "from"))
        let last = tariff.lastMonth.flatMap { month($0, path.key(3, "until")) }
        if let first, let last, last < first {
            note(.field, path.key(3, "until"), "\(last) is before \(first).")
        }
        let tiers = tiers(tariff, path.key(4, "tiers"))
        let category = vatCategory(tariff.vatCategory, path.key(5, "vat"))
        let rate = vatRate(tariff.vatRate, of: category, path.key(6, "rate"))
        let funder = tariff.funder.flatMap { member($0, path.key(7, "funder")) }
        guard let application, let tariffClass, let first else { return nil }
        return Genesis.Tariff(
            application: application, tariffClass: tariffClass, firstMonth: first, lastMonth: last,
            tiers: tiers, vatCategory: category, vatRateBasisPoints: rate, funder: funder)
    }

    private mutating func tiers(
        _ tariff: GenesisDraft.Tariff, _ path: GenesisPath
    ) -> [Genesis.Tariff.Tier] {
        if tariff.tiers.isEmpty { note(.field, path, "A tariff has at least one tier.") }
        var previous: Int64 = 0
        for (index, tier) in tariff.tiers.enumerated() {
            let here = path.item(index)
            let isLast = index == tariff.tiers.count - 1
            switch tier.upTo {
            case nil where !isLast: note(.field, here.key(0, "upTo"), "Only the last tier has no end.")
            case .some where isLast: note(.field, here.key(0, "upTo"), "The last tier has no end.")
            case .some(let upTo):
                if upTo <= previous { note(.field, here.key(0, "upTo"), "Tiers rise; \(upTo) does not.") }
                previous = upTo
            default: break
            }
            _ = number(tier.price, 0...Int64.max, here.key(1, "price"))
        }
        return tariff.tiers.map { .init(upTo: $0.upTo, priceMicroEuro: $0.price) }
    }

    mutating func contributions(_ path: GenesisPath) -> [Genesis.Contribution] {
        var contributions: [Genesis.Contribution] = []
        for (index, item) in draft.contributions.enumerated() {
            contributions.append(contribution(item, path.item(index)))
        }
        return sorted(
            contributions, path, by: { $0.firstYear < $1.firstYear }, name: { "The year \($0.firstYear)" })
    }

    mutating func contribution(
        _ item: GenesisDraft.Contribution, _ path: GenesisPath
    ) -> Genesis.Contribution {
        Genesis.Contribution(
            firstYear: number(item.firstYear, CivilDate.years, path.key(0, "from")),
            perInhabitantMicroEuro: number(item.perInhabitant, 0...Int64.max, path.key(1, "perInhabitant")),
            vatCategory: vatCategory(item.vatCategory, path.key(2, "vat")),
            vatRateBasisPoints: vatRate(item.vatRate, of: item.vatCategory, path.key(3, "rate")))
    }

    mutating func costSharings(
        _ applications: [Genesis.Application], _ path: GenesisPath
    ) -> [Genesis.CostSharing] {
        var sharings: [Genesis.CostSharing] = []
        for (index, item) in draft.costSharings.enumerated() {
            if let checked = costSharing(item, applications, path.item(index)) { sharings.append(checked) }
        }
        return sorted(
            sharings, path, by: { $0.application < $1.application }, name: { "The sharing of \($0.application)" })
    }

    mutating func costSharing(
        _ item: GenesisDraft.CostSharing, _ applications: [Genesis.Application], _ path: GenesisPath
    ) -> Genesis.CostSharing? {
        let application = known(item.application, applications, path.key(1, "application"))
        let total = number(item.total, 0...Int64.max, path.key(2, "total"))
        let year = number(item.keyYear, CivilDate.years, path.key(3, "keyYear"))
        let participants = sharers(item, path.key(4, "participants"))
        let category = vatCategory(item.vatCategory, path.key(5, "vat"))
        let rate = vatRate(item.vatRate, of: category, path.key(6, "rate"))
        var terms: [Genesis.SharingTerms] = []
        for (index, row) in item.terms.enumerated() {
            if let checked = sharingTerms(row, path.key(7, "terms").item(index), 0) { terms.append(checked) }
        }
        terms = sorted(
            terms, path.key(7, "terms"), by: { $0.firstMonth < $1.firstMonth },
            name: { "The terms from \($0.firstMonth)" })
        let charged = charged(item, path.key(8, "charged"))
        guard let application else { return nil }
        return Genesis.CostSharing(
            application: application, totalCents: total, keyYear: year, participants: participants,
            vatCategory: category, vatRateBasisPoints: rate, terms: terms, charged: charged)
    }

    private mutating func charged(_ sharing: GenesisDraft.CostSharing, _ path: GenesisPath) -> [Genesis.Balance] {
        var rows: [Genesis.Balance] = []
        for (index, row) in sharing.charged.enumerated() {
            let member = member(row.member, path.item(index).key(0, "member"))
            let cents = number(row.cents, 0...Int64.max, path.item(index).key(1, "cents"))
            guard let member else { continue }
            rows.append(.init(member: member, cents: cents))
        }
        return sorted(rows, path, by: { $0.member < $1.member }, name: { "What \($0.member) was charged" })
    }

    /// Terms whose five fields stand from `place` on.
    mutating func sharingTerms(
        _ row: GenesisDraft.SharingTerms, _ path: GenesisPath, _ place: Int
    ) -> Genesis.SharingTerms? {
        let first = month(row.firstMonth, path.key(place, "from"))
        if let total = row.total { _ = number(total, 0...Int64.max, path.key(place + 1, "total")) }
        if let index = row.index {
            _ = number(index.now, 1...Int64.max, path.key(place + 3, "index").key(0, "now"))
            _ = number(index.original, 1...Int64.max, path.key(place + 3, "index").key(1, "original"))
        }
        if let life = row.lifeMonths { _ = number(life, 1...Int64.max, path.key(place + 4, "life")) }
        guard let first else { return nil }
        return Genesis.SharingTerms(
            firstMonth: first, totalCents: row.total, isKeyOfJoining: row.isKeyOfJoining,
            index: row.index.map { .init(now: $0.now, original: $0.original) }, lifeMonths: row.lifeMonths)
    }

    private mutating func sharers(
        _ sharing: GenesisDraft.CostSharing, _ path: GenesisPath
    ) -> [Genesis.CostSharing.Participant] {
        var participants: [Genesis.CostSharing.Participant] = []
        for (index, entry) in sharing.participants.enumerated() {
            let member = member(entry.member, path.item(index).key(0, "member"))
            let since = month(entry.since, path.item(index).key(1, "since"))
            guard let member, let since else { continue }
            participants.append(.init(member: member, since: since))
        }
        return sorted(
            participants, path, by: { $0.member < $1.member }, name: { "Participant \($0.member)" })
    }

    mutating func inhabitants(
        _ items: [GenesisDraft.Inhabitants], _ path: GenesisPath
    ) -> [Genesis.Inhabitants] {
        var counts: [Genesis.Inhabitants] = []
        for (index, item) in items.enumerated() {
            let here = path.item(index)
            let member = member(item.member, here.key(0, "member"))
            if !item.code.isEmpty, Municipality(code: item.code, name: "x") == nil {
                note(.field, here.key(1, "code"), "\"\(item.code)\" is no code; it is GM and four digits, or empty.")
            }
            let year = number(item.year, CivilDate.years, here.key(2, "year"))
            let count = number(item.count, 0...Int64.max, here.key(3, "count"))
            guard let member else { continue }
            counts.append(.init(
                member: member, code: item.code, year: year, count: count, isFinal: item.isFinal,
                knownFrom: item.knownFrom.flatMap { CivilMonth($0) }))
        }
        return sorted(counts, path, by: Genesis.Inhabitants.precedes) {
            "The count of \($0.member) \($0.code) \($0.year)"
        }
    }

    mutating func balances(_ path: GenesisPath) -> [Genesis.Balance] {
        var balances: [Genesis.Balance] = []
        for (index, item) in draft.balances.enumerated() {
            let member = member(item.member, path.item(index).key(0, "member"))
            guard let member else { continue }
            balances.append(.init(member: member, cents: item.cents))
        }
        return sorted(balances, path, by: { $0.member < $1.member }, name: { "The balance of \($0.member)" })
    }
}
