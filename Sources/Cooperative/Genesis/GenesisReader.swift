// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension Genesis {
    /// Reads a genesis; nothing but what a writer would have written is accepted.
    /// Spec: Protocol/genesis.md §1, which names the refusals.
    public static func parse(_ bytes: [UInt8], _ hashing: some Hashing) throws(GenesisRefusal) -> Genesis {
        guard bytes.count <= CooperativeLimits.genesisBytes else {
            throw GenesisRefusal(
                .oversize, .whole, "A genesis has at most \(CooperativeLimits.genesisBytes) bytes.")
        }
        do throws(CBORRefusal) { try CBORReader.check(bytes) } catch {
            throw GenesisRefusal(.notCanonical, .whole, "The genesis is not canonical CBOR: \(error.rawValue).")
        }
        guard bytes.first.map({ $0 >> 5 == 5 }) == true else {
            throw GenesisRefusal(.notCanonical, .whole, "A genesis is one map.")
        }
        var reader = GenesisReader(bytes)
        let draft = try reader.draft()
        // Forms and names first, then the order of lists.
        var check = GenesisCheck(draft: draft)
        let parts = check.parts()
        if let refusal = check.refusals.first(where: { $0.reason != .order }) { throw refusal }
        if let path = draft.firstOutOfOrder() {
            throw GenesisRefusal(.order, path, "This does not come after the one before it.")
        }
        guard let parts else { preconditionFailure("a draft without faults has parts") }
        return Genesis(parts, bytes: bytes, hashing)
    }
}

/// Reads the canonical form into a draft: only forms are looked at here.
struct GenesisReader {
    private var cursor: GenesisCursor

    init(_ bytes: [UInt8]) { cursor = GenesisCursor(reader: CBORReader(bytes)) }

    static let words = [
        "format", "name", "date", "founders", "cooperative", "organs", "applications", "tariffs", "contribution",
        "costSharings", "inhabitants", "balances", "terms", "timings", "ruleVersion", "predecessor",
    ]

    mutating func draft() throws(GenesisRefusal) -> GenesisDraft {
        var draft = GenesisDraft()
        try cursor.map(.whole, words: Self.words, optional: [16]) { cursor, key, path throws(GenesisRefusal) in
            switch key {
            case 1: if try cursor.int(path) != 1 { throw cursor.wrong(path, "the format version, 1") }
            case 2: draft.name = try cursor.text(path)
            case 3: draft.date = try cursor.date(path)
            case 4: draft.founders = try cursor.list(path, Self.card)
            case 5: draft.cooperative = try Self.party(&cursor, path)
            case 12:
                draft.balances = try cursor.list(path) { cursor, path throws(GenesisRefusal) in
                    try cursor.record(2, path)
                    return (try cursor.text(path.key(0, "member")), try cursor.integer(path.key(1, "cents")))
                }
            case 15: draft.ruleVersion = try cursor.int(path)
            case 16:
                try cursor.record(3, path)
                draft.predecessor = Genesis.Predecessor(
                    network: try cursor.bytes32(path.key(0, "network")), epoch: try cursor.int(path.key(1, "epoch")),
                    stateDigest: try cursor.bytes32(path.key(2, "stateDigest")))
            default: try Self.rules(&cursor, key, path, &draft)
            }
        }
        return draft
    }

    /// The keys that decisions change. Spec: Protocol/voting.md §1.
    static func rules(
        _ cursor: inout GenesisCursor, _ key: Int, _ path: GenesisPath, _ draft: inout GenesisDraft
    ) throws(GenesisRefusal) {
        switch key {
        case 6: draft.organs = try cursor.list(path, organ)
        case 7: draft.applications = try cursor.list(path, application)
        case 8: draft.tariffs = try cursor.list(path, tariff)
        case 9: draft.contributions = try cursor.list(path, contribution)
        case 10: draft.costSharings = try cursor.list(path, costSharing)
        case 11: draft.inhabitants = try cursor.list(path, inhabitants)
        case 13: draft.terms = try terms(&cursor, path)
        case 14: draft.timings = try timings(&cursor, path)
        default: throw cursor.wrong(path, "nothing")
        }
    }

    static func terms(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> Genesis.Terms {
        let defaults = Genesis.Terms().values
        var values = defaults
        let optional = Set(Genesis.Terms.mandatoryCount + 1...defaults.count)
        let words = Genesis.Terms.words
        try cursor.map(path, words: words, optional: optional) { cursor, key, path throws(GenesisRefusal) in
            values[key - 1] = try cursor.int(path)
            guard !optional.contains(key) || values[key - 1] != defaults[key - 1] else {
                throw cursor.wrong(path, "another value than the default")
            }
        }
        return Genesis.Terms(values)
    }

    static func timings(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> Genesis.Timings {
        try cursor.record(Genesis.Timings.words.count, path)
        var values: [Int] = []
        for (position, word) in Genesis.Timings.words.enumerated() {
            values.append(try cursor.int(path.key(position, word)))
        }
        return Genesis.Timings(values)
    }

    static func card(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> Card {
        let bytes = try cursor.bytes(path)
        do throws(CardRefusal) { return try Card.parse(bytes) } catch {
            let key = error.key.map { ", key \($0)" } ?? ""
            throw GenesisRefusal(.field, path, "This is no card: \(error.reason)\(key).")
        }
    }

    private static func party(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.Party {
        var party = GenesisDraft.Party()
        let words = ["name", "oin", "invoice", "books"]
        try cursor.map(path, words: words, optional: [2, 3]) { cursor, key, path throws(GenesisRefusal) in
            switch key {
            case 1: party.name = try cursor.text(path)
            case 2: party.oin = try cursor.text(path)
            case 3:
                let facts: InvoiceFacts?
                do throws(CBORRefusal) { facts = try InvoiceFacts(from: &cursor.reader) } catch { facts = nil }
                guard let facts else { throw cursor.wrong(path, "invoice facts, as in a card") }
                party.invoiceFacts = facts
            default: party.books = try cursor.text(path)
            }
        }
        return party
    }

    private static func organ(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> GenesisDraft.Organ {
        try cursor.record(4, path)
        return GenesisDraft.Organ(
            id: try cursor.text(path.key(0, "id")), name: try cursor.text(path.key(1, "name")),
            electorate: try cursor.int(path.key(2, "electorate")),
            rule: try cursor.list(path.key(3, "rule")) { cursor, path throws(GenesisRefusal) in
                try cursor.int(path)
            })
    }
}
