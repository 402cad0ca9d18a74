// SPDX-License-Identifier: EUPL-1.2
import Journal

extension DecisionPayload {
    /// Reads the canonical bytes of a payload of a kind. Spec: Protocol/voting.md §5.
    public static func parse(_ kind: Kind, _ bytes: [UInt8]) throws(VoidReason) -> DecisionPayload {
        do throws(CBORRefusal) { try CBORReader.check(bytes) } catch { throw .decisionShape }
        var cursor = GenesisCursor(reader: CBORReader(bytes))
        return try parse(kind, &cursor)
    }

    /// Reads a payload out of canonical bytes.
    static func parse(_ kind: Kind, _ cursor: inout GenesisCursor) throws(VoidReason) -> DecisionPayload {
        let draft: DecisionPayloadDraft
        do throws(GenesisRefusal) { draft = try read(kind, &cursor, .whole) } catch { throw .decisionShape }
        guard draft.isInOrder else { throw .decisionShape }
        var check = GenesisCheck(formsOf: GenesisDraft())
        guard let payload = draft.payload(&check, .whole), check.refusals.isEmpty else { throw .decisionShape }
        return payload
    }

    /// Looks at forms only.
    private static func read(
        _ kind: Kind, _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> DecisionPayloadDraft {
        switch kind {
        case .admission: return .admission(try GenesisReader.card(&cursor, path))
        case .exit:
            try cursor.record(2, path)
            return .exit(member: try cursor.text(path), lastDate: try cursor.date(path))
        case .expulsion:
            try cursor.record(1, path)
            return .expulsion(member: try cursor.text(path))
        case .tariff: return .tariff(try GenesisReader.tariff(&cursor, path))
        case .contribution: return .contribution(try GenesisReader.contribution(&cursor, path))
        case .costSharing: return .costSharing(try GenesisReader.costSharing(&cursor, path))
        case .inhabitants: return .inhabitants(try cursor.list(path, GenesisReader.inhabitants))
        case .application: return .application(try GenesisReader.application(&cursor, path))
        case .communityJoining, .communityLeaving:
            try cursor.record(3, path)
            let (application, member) = (try cursor.text(path), try cursor.text(path))
            let date = try cursor.date(path)
            return kind == .communityJoining
                ? .communityJoining(application: application, member: member, since: date)
                : .communityLeaving(application: application, member: member, until: date)
        case .votingFlag:
            try cursor.record(2, path)
            return .votingFlag(member: try cursor.text(path), votes: try cursor.bool(path))
        case .keyReplacement:
            try cursor.record(4, path)
            let card = try GenesisReader.card(&cursor, path)
            let log: LogID = try cursor.bytes32(path)
            let size = try cursor.int(path)
            let root: Hash = try cursor.bytes32(path)
            return .keyReplacement(card, log: log.description, endSize: size, endRoot: root.description)
        case .networkTerms: return try networkTerms(&cursor, path)
        case .line: return .line(try GenesisReader.decidedLine(&cursor, path))
        case .advanceSettlement:
            try cursor.record(3, path)
            let log: LogID = try cursor.bytes32(path)
            return .advanceSettlement(
                log: log.description, index: try cursor.int(path), month: try cursor.month(path))
        case .sharingTerms:
            try cursor.record(6, path)
            let application = try cursor.text(path)
            return .sharingTerms(application: application, try GenesisReader.sharingTermsFields(&cursor, path, 1))
        case .freeText:
            guard cursor.reader.skipNull() else { throw cursor.wrong(path, "nothing") }
            return .freeText
        case .cellCount:
            try cursor.record(6, path)
            return .cellCount(
                month: try cursor.month(path), application: try cursor.text(path), provider: try cursor.text(path),
                consumer: try cursor.text(path), tariffClass: try cursor.text(path),
                quantity: Int64(try cursor.int(path)))
        }
    }

    private static func networkTerms(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> DecisionPayloadDraft {
        var terms: Genesis.Terms?
        var timings: Genesis.Timings?
        let words = ["terms", "timings"]
        try cursor.map(path, words: words, optional: [1, 2]) { cursor, key, path throws(GenesisRefusal) in
            if key == 1 {
                terms = try GenesisReader.terms(&cursor, path)
            } else {
                timings = try GenesisReader.timings(&cursor, path)
            }
        }
        return .networkTerms(terms, timings)
    }
}
