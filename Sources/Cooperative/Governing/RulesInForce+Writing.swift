// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension RulesInForce {
    /// The keys of the genesis that are rules. Spec: Protocol/state.md §2, table 15.
    public static let keys = [6, 7, 8, 9, 10, 11, 13, 14]

    /// The key of lines by decision, whose row stands once there is one. Spec: Protocol/state.md §2, table 15.
    public static let lineKey = 17

    /// The keys that have a row, ascending.
    public var standingKeys: [Int] { Self.keys + (lines.isEmpty ? [] : [Self.lineKey]) }

    /// The canonical bytes of the list or map under a key, one of `keys`, as the genesis writes it; a participant
    /// that left has its last day as third item. Spec: Protocol/voting.md §5.
    public func encode(key: Int) -> [UInt8] {
        var writer = CBORWriter(capacity: 1_024)
        write(key, to: &writer)
        return writer.bytes
    }

    /// The value of table 15 under a key. Spec: Protocol/state.md §2.
    public func hash(key: Int, _ hashing: some Hashing) -> Hash { hashing.hash(encode(key: key)) }

    /// All rules as one canonical map of `keys`.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 4_096)
        writer.map(count: standingKeys.count)
        for key in standingKeys {
            writer.integer(key)
            write(key, to: &writer)
        }
        return writer.bytes
    }

    private func write(_ key: Int, to writer: inout CBORWriter) {
        switch key {
        case 6: writer.list(organs) { $1.write(to: &$0) }
        case 7: writer.list(applications) { $1.write(to: &$0) }
        case 8: writer.list(tariffs) { $1.write(to: &$0) }
        case 9: writer.list(contributions) { $1.write(to: &$0) }
        case 10: writer.list(costSharings) { $1.write(to: &$0) }
        case 11: writer.list(inhabitants) { $1.write(to: &$0) }
        case 13: terms.write(to: &writer)
        case 14: timings.write(to: &writer)
        case Self.lineKey: writer.list(lines) { $1.write(to: &$0) }
        default: preconditionFailure("no rule has the key \(key)")
        }
    }

    /// `nil` unless the bytes are those that `encode()` writes. Only forms and order are looked at.
    public init?(_ bytes: [UInt8]) {
        do throws(CBORRefusal) { try CBORReader.check(bytes) } catch { return nil }
        guard let (draft, lines) = Self.draft(bytes), draft.firstOutOfOrder() == nil else { return nil }
        var check = GenesisCheck(formsOf: draft)
        let path = GenesisPath.whole
        organs = check.organs(path)
        applications = check.applications(path)
        tariffs = check.tariffs([], path)
        contributions = check.contributions(path)
        costSharings = check.costSharings([], path)
        inhabitants = check.inhabitants(draft.inhabitants, path)
        self.lines = lines
        (terms, timings) = (draft.terms, draft.timings)
        check.checkTerms(terms, path)
        check.checkTimings(timings, path)
        guard check.refusals.isEmpty else { return nil }
    }

    private static func draft(_ bytes: [UInt8]) -> (GenesisDraft, [RuleLine])? {
        var cursor = GenesisCursor(reader: CBORReader(bytes), mayHaveLeft: true)
        var draft = GenesisDraft()
        var lines: [RuleLine?] = []
        var hasLines = false
        let words = GenesisReader.words + ["lines"]
        let others = Set(1...words.count).subtracting(keys)
        do throws(GenesisRefusal) {
            try cursor.map(.whole, words: words, optional: others) { cursor, key, path throws(GenesisRefusal) in
                guard key == lineKey else { return try GenesisReader.rules(&cursor, key, path, &draft) }
                lines = try cursor.list(path) { cursor, path throws(GenesisRefusal) in try RuleLine(&cursor, path) }
                hasLines = true
            }
        } catch { return nil }
        let sound = lines.compactMap { $0 }
        let isSorted = zip(sound, sound.dropFirst()).allSatisfy { $0.decision < $1.decision }
        guard sound.count == lines.count, isSorted, hasLines == !sound.isEmpty else { return nil }
        return (draft, sound)
    }
}
