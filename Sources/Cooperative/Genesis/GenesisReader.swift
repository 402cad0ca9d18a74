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
        var reader = GenesisReader(bytes)
        let draft = try reader.draft()
        let parts: GenesisParts
        do throws(GenesisRefusals) { parts = try draft.checkedParts() } catch { throw error.all[0] }
        if let path = parts.firstUnsorted(draft) {
            throw GenesisRefusal(.order, path, "The list is not in order.")
        }
        return Genesis(parts, bytes: bytes, hashing)
    }
}

extension GenesisParts {
    /// The first list of the draft that is not in the order of the checked one.
    func firstUnsorted(_ draft: GenesisDraft) -> GenesisPath? {
        let root = GenesisPath.whole
        if draft.founders.map(\.oin) != founders.map(\.oin) { return root.key(4, "founders") }
        if draft.organs.map(\.id) != organs.map(\.id.description) { return root.key(6, "organs") }
        let path = root.key(7, "applications")
        if draft.applications.map(\.id) != applications.map(\.id.description) { return path }
        for (index, (draft, checked)) in zip(draft.applications, applications).enumerated() {
            let here = path.item(index)
            if draft.participants.map(\.member) != checked.participants.map(\.member.digits) {
                return here.key(4, "participants")
            }
            if draft.classes != checked.classes.map(\.description) { return here.key(6, "classes") }
            if draft.modes.map(\.consumer) != checked.modes.map(\.consumer.digits) { return here.key(7, "modes") }
            if draft.customers.map(\.id) != checked.customers.map(\.id) { return here.key(8, "customers") }
            if draft.providers != checked.providers.map(\.digits) { return here.key(9, "providers") }
        }
        return firstUnsortedMoney(draft)
    }

    private func firstUnsortedMoney(_ draft: GenesisDraft) -> GenesisPath? {
        let root = GenesisPath.whole
        if draft.tariffs.map({ [$0.application, $0.tariffClass, $0.firstMonth] })
            != tariffs.map({ [$0.application.description, $0.tariffClass.description, $0.firstMonth.description] }) {
            return root.key(8, "tariffs")
        }
        if draft.contributions.map(\.firstYear) != contributions.map(\.firstYear) {
            return root.key(9, "contribution")
        }
        if draft.costSharings.map(\.application) != costSharings.map(\.application.description) {
            return root.key(10, "costSharings")
        }
        for (index, (draft, checked)) in zip(draft.costSharings, costSharings).enumerated()
        where draft.participants.map(\.member) != checked.participants.map(\.member.digits) {
            return root.key(10, "costSharings").item(index).key(4, "participants")
        }
        if draft.inhabitants.map({ [$0.member, $0.code, "\($0.year)"] })
            != inhabitants.map({ [$0.member.digits, $0.code, "\($0.year)"] }) {
            return root.key(11, "inhabitants")
        }
        if draft.balances.map(\.member) != balances.map(\.member.digits) { return root.key(12, "balances") }
        return nil
    }
}

/// Reads the canonical form into a draft: only forms are looked at here.
struct GenesisReader {
    private var cursor: GenesisCursor

    init(_ bytes: [UInt8]) { cursor = GenesisCursor(reader: CBORReader(bytes)) }

    private static let words = [
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
            case 6: draft.organs = try cursor.list(path, Self.organ)
            case 7: draft.applications = try cursor.list(path, Self.application)
            default: try Self.money(&cursor, key, path, &draft)
            }
        }
        return draft
    }

    private static func money(
        _ cursor: inout GenesisCursor, _ key: Int, _ path: GenesisPath, _ draft: inout GenesisDraft
    ) throws(GenesisRefusal) {
        switch key {
        case 8: draft.tariffs = try cursor.list(path, tariff)
        case 9: draft.contributions = try cursor.list(path, contribution)
        case 10: draft.costSharings = try cursor.list(path, costSharing)
        case 11: draft.inhabitants = try cursor.list(path, inhabitants)
        case 12:
            draft.balances = try cursor.list(path) { cursor, path throws(GenesisRefusal) in
                try cursor.record(2, path)
                return (try cursor.text(path.key(0, "member")), try cursor.integer(path.key(1, "cents")))
            }
        case 13:
            var values: [Int] = []
            try cursor.map(path, words: Genesis.Terms.words, optional: []) { cursor, _, path throws(GenesisRefusal) in
                values.append(try cursor.int(path))
            }
            draft.terms = Genesis.Terms(values)
        case 14:
            try cursor.record(Genesis.Timings.words.count, path)
            var values: [Int] = []
            for (position, word) in Genesis.Timings.words.enumerated() {
                values.append(try cursor.int(path.key(position, word)))
            }
            draft.timings = Genesis.Timings(values)
        case 15: draft.ruleVersion = try cursor.int(path)
        default:
            try cursor.record(3, path)
            draft.predecessor = Genesis.Predecessor(
                network: try cursor.bytes32(path.key(0, "network")), epoch: try cursor.int(path.key(1, "epoch")),
                stateDigest: try cursor.bytes32(path.key(2, "stateDigest")))
        }
    }

    private static func card(
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
