// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Everything that is wrong with a draft.
public struct GenesisRefusals: Error, Hashable, Sendable {
    /// At least one, in the order of the document.
    public let all: [GenesisRefusal]
}

extension GenesisDraft {
    /// The genesis of the draft, lists sorted, or all that is wrong with it. Spec: Protocol/genesis.md §1.
    public func checked(_ hashing: some Hashing) throws(GenesisRefusals) -> Genesis {
        let parts = try checkedParts()
        let bytes = parts.encode()
        guard bytes.count <= CooperativeLimits.genesisBytes else {
            let sentence = "The genesis is \(bytes.count) bytes; at most \(CooperativeLimits.genesisBytes) fit."
            throw GenesisRefusals(all: [GenesisRefusal(.oversize, .whole, sentence)])
        }
        return Genesis(parts, bytes: bytes, hashing)
    }

    func checkedParts() throws(GenesisRefusals) -> GenesisParts {
        var check = GenesisCheck(draft: self)
        guard let parts = check.parts(), check.refusals.isEmpty else {
            throw GenesisRefusals(all: check.refusals)
        }
        return parts
    }
}

/// Gives the values of a draft their types and notes what is wrong. The payloads of decisions are rows of the
/// same forms, and are read by the same code (Protocol/voting.md §5).
struct GenesisCheck {
    let draft: GenesisDraft
    /// Whom rows may name; `nil` where that is not judged here.
    let members: Set<OIN>?
    private(set) var refusals: [GenesisRefusal] = []
    private let root = GenesisPath.whole

    init(draft: GenesisDraft) {
        self.draft = draft
        members = Set(draft.founders.map(\.oin))
    }

    /// Judges forms alone: whom and which applications rows name is for another moment.
    init(formsOf draft: GenesisDraft) {
        self.draft = draft
        members = nil
    }

    mutating func note(_ reason: GenesisRefusal.Reason, _ path: GenesisPath, _ sentence: String) {
        refusals.append(GenesisRefusal(reason, path, sentence))
    }

    mutating func parts() -> GenesisParts? {
        let name = name(draft.name, root.key(2, "name"))
        let date = date(draft.date, root.key(3, "date"))
        let founders = founders(root.key(4, "founders"))
        let cooperative = party(root.key(5, "cooperative"))
        let organs = organs(root.key(6, "organs"))
        let applications = applications(root.key(7, "applications"))
        let tariffs = tariffs(applications, root.key(8, "tariffs"))
        let contributions = contributions(root.key(9, "contribution"))
        let sharings = costSharings(applications, root.key(10, "costSharings"))
        let inhabitants = inhabitants(draft.inhabitants, root.key(11, "inhabitants"))
        let balances = balances(root.key(12, "balances"))
        checkTerms(draft.terms, root.key(13, "terms"))
        checkTimings(draft.timings, root.key(14, "timings"))
        if let predecessor = draft.predecessor {
            _ = number(predecessor.epoch, 0...Int.max, root.key(16, "predecessor").key(1, "epoch"))
        }
        guard draft.ruleVersion == 1 else {
            note(.ruleVersion, root.key(15, "ruleVersion"), "The rule version is 1.")
            return nil
        }
        guard let date, let cooperative else { return nil }
        return GenesisParts(
            name: name, date: date, founders: founders, cooperative: cooperative, organs: organs,
            applications: applications, tariffs: tariffs, contributions: contributions, costSharings: sharings,
            inhabitants: inhabitants, balances: balances, terms: draft.terms, timings: draft.timings,
            ruleVersion: draft.ruleVersion, predecessor: draft.predecessor)
    }

    // MARK: values

    mutating func name(_ text: String, _ path: GenesisPath) -> String {
        let hasControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        if !(1...CooperativeLimits.nameBytes).contains(text.utf8.count) || hasControl {
            note(.field, path, "A name has 1 to \(CooperativeLimits.nameBytes) bytes and no control characters.")
        }
        return text
    }

    mutating func date(_ text: String, _ path: GenesisPath) -> CivilDate? {
        let value = CivilDate(text)
        if value == nil { note(.field, path, "\"\(text)\" is no day; write it as 2026-11-02.") }
        return value
    }

    mutating func month(_ text: String, _ path: GenesisPath) -> CivilMonth? {
        let value = CivilMonth(text)
        if value == nil { note(.field, path, "\"\(text)\" is no month; write it as 2026-11.") }
        return value
    }

    mutating func slug(_ text: String, _ path: GenesisPath) -> Slug? {
        let value = Slug(text)
        if value == nil {
            note(.field, path, "\"\(text)\" is no slug: a-z, 0-9 and -, beginning with a letter, at most 64.")
        }
        return value
    }

    mutating func tariffClass(_ text: String, _ path: GenesisPath) -> TariffClass? {
        let value = TariffClass(text)
        if value == nil { note(.field, path, "\"\(text)\" is no class: a-z, 0-9 and -, at most 32.") }
        return value
    }

    mutating func oin(_ text: String, _ path: GenesisPath) -> OIN? {
        let value = OIN(text)
        if value == nil { note(.field, path, "\"\(text)\" is no OIN; it has twenty digits, in quotes.") }
        return value
    }

    /// An OIN that is a founder's.
    mutating func member(_ text: String, _ path: GenesisPath) -> OIN? {
        guard let value = oin(text, path) else { return nil }
        guard members?.contains(value) ?? true else {
            note(.unknownMember, path, "\(value) is not among the founders' cards.")
            return nil
        }
        return value
    }

    mutating func number<Value: BinaryInteger>(
        _ value: Value, _ range: ClosedRange<Value>, _ path: GenesisPath
    ) -> Value {
        if !range.contains(value) {
            note(.field, path, "\(value) is out of range: \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    /// One of five, three of which may give their reason of exemption after a space: whatever else stood here would
    /// keep every amount of every member from being worked out.
    mutating func vatCategory(_ text: String, _ path: GenesisPath) -> String {
        if !VATCategoryText.isCategory(text) { note(.field, path, VATCategoryText.sentence) }
        return text
    }

    /// The rate of a category: above zero with S, and only with S.
    mutating func vatRate(_ value: Int, of category: String, _ path: GenesisPath) -> Int {
        let rate = number(value, 0...10_000, path)
        if VATCategoryText.isCategory(category), (0...10_000).contains(rate), (category == "S") != (rate > 0) {
            note(.field, path, "Category S has a rate above 0, and only category S.")
        }
        return rate
    }

    /// Sorts by key and refuses what stands twice.
    mutating func sorted<Item>(
        _ items: [Item], _ path: GenesisPath, by precedes: (Item, Item) -> Bool, name: (Item) -> String
    ) -> [Item] {
        let sorted = items.sorted(by: precedes)
        for (item, next) in zip(sorted, sorted.dropFirst()) where !precedes(item, next) {
            note(.order, path, "\(name(item)) stands twice.")
        }
        return sorted
    }

    // MARK: parties

    private mutating func founders(_ path: GenesisPath) -> [Card] {
        if !(1...CooperativeLimits.founders).contains(draft.founders.count) {
            note(.field, path, "A network has 1 to \(CooperativeLimits.founders) founders.")
        }
        let cards = sorted(draft.founders, path, by: { $0.oin < $1.oin }, name: { "The card of \($0.oin)" })
        var seen: Set<PublicKey> = []
        for (index, card) in draft.founders.enumerated() where !seen.insert(card.logKey).inserted {
            note(.field, path.item(index), "The log key of \(card.name) is also that of another founder.")
        }
        return cards
    }

    private mutating func party(_ path: GenesisPath) -> Genesis.Party? {
        let party = draft.cooperative
        let name = name(party.name, path.key(1, "name"))
        let own = party.oin.flatMap { oin($0, path.key(2, "oin")) }
        guard let books = member(party.books, path.key(4, "books")) else { return nil }
        return Genesis.Party(name: name, oin: own, invoiceFacts: party.invoiceFacts, books: books)
    }

    mutating func organs(_ path: GenesisPath) -> [Genesis.Organ] {
        var organs: [Genesis.Organ] = []
        for (index, organ) in draft.organs.enumerated() {
            let here = path.item(index)
            let name = name(organ.name, here.key(1, "name"))
            let electorate = Genesis.Organ.Electorate(rawValue: organ.electorate)
            if electorate == nil { note(.field, here.key(2, "electorate"), "0 members or 1 participants.") }
            guard let id = slug(organ.id, here.key(0, "id")) else { continue }
            guard let rule = rule(organ.rule, here.key(3, "rule")), let electorate else { continue }
            let (threshold, base, quorum) = rule
            organs.append(Genesis.Organ(
                id: id, name: name, electorate: electorate, threshold: threshold, base: base, quorum: quorum))
        }
        return sorted(organs, path, by: { $0.id < $1.id }, name: { "Organ \($0.id)" })
    }

    private typealias Rule = (threshold: Genesis.Fraction, base: Genesis.Organ.Base, quorum: Genesis.Fraction)

    private mutating func rule(_ rule: [Int], _ path: GenesisPath) -> Rule? {
        guard rule.count == 5 else {
            note(.field, path, "A rule has five numbers: threshold/of, base 0 to 2, quorum/of.")
            return nil
        }
        let threshold = fraction(rule, at: 0, path)
        let base = Genesis.Organ.Base(rawValue: rule[2])
        if base == nil {
            note(.field, path.key(2, "base"), "0 votes without blanks, 1 votes cast, 2 entitled.")
        }
        let quorum = fraction(rule, at: 3, path)
        guard let threshold, let base, let quorum else { return nil }
        return (threshold, base, quorum)
    }

    private mutating func fraction(_ rule: [Int], at position: Int, _ path: GenesisPath) -> Genesis.Fraction? {
        let (numerator, denominator) = (rule[position], rule[position + 1])
        guard denominator >= 1 else {
            note(.field, path.key(position + 1, "of"), "A part is of 1 or more.")
            return nil
        }
        guard let fraction = Genesis.Fraction(numerator, denominator) else {
            note(.field, path.key(position, "part"), "A part is 0 to \(denominator).")
            return nil
        }
        return fraction
    }

    mutating func checkTerms(_ terms: Genesis.Terms, _ path: GenesisPath) {
        for (position, value) in terms.values.enumerated() {
            let word = Genesis.Terms.words[position]
            let most = switch word {
            case "offset": 1
            case "billingDay": Genesis.Terms.mostBillingDay
            default: Int.max
            }
            _ = number(value, 0...most, path.key(position + 1, word))
        }
    }

    mutating func checkTimings(_ timings: Genesis.Timings, _ path: GenesisPath) {
        for (position, value) in timings.values.enumerated() {
            _ = number(value, 0...Int.max, path.key(position, Genesis.Timings.words[position]))
        }
    }
}
