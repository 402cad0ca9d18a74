// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A line by decision: entrance fee, exit charge, fixed split, any other line, advance. No vote follows from it.
/// Spec: Protocol/voting.md §5, kind 18.
public struct DecidedLine: Hashable, Sendable {
    /// What the line is for.
    public enum Kind: Int, Sendable, CaseIterable {
        case entranceFee = 1
        case exitCharge = 2
        case fixedSplit = 3
        /// Compensation, right of use, hosting, staff, work in kind, a fund.
        case decided = 4
        case advance = 5
    }

    /// Who bears a part.
    public struct Bearer: Hashable, Sendable {
        /// The member.
        public let member: OIN
        /// 0 or more.
        public let weight: Int64
    }

    /// What it is for.
    public let kind: Kind
    /// Whether the cooperative pays; else the members do.
    public let isPaidOut: Bool
    /// The month in which it falls.
    public let month: CivilMonth
    /// In all; negative goes back.
    public let totalCents: Int64
    /// The key, by OIN; one weight at least is above zero.
    public let key: [Bearer]
    /// VAT category.
    public let vatCategory: String
    /// Rate of VAT.
    public let vatRateBasisPoints: Int
    /// The application that it is about.
    public let application: Slug?
    /// What it is for, in words.
    public let text: String?
    /// The month in which an advance is carried back, where that is decided.
    public let settledIn: CivilMonth?

    /// Whether money leaves the cooperative, so that a cover is needed.
    public var isSpending: Bool { isPaidOut == (totalCents > 0) }

    func write(to writer: inout CBORWriter) {
        writer.map(count: 7 + [application == nil, text == nil, settledIn == nil].count { !$0 })
        writer.integer(1); writer.integer(kind.rawValue)
        writer.integer(2); writer.integer(isPaidOut ? 1 : 0)
        writer.integer(3); writer.integer(Int(month.monthNumber))
        writer.integer(4); writer.integer(totalCents)
        writer.integer(5); writer.list(key) { writer, bearer in
            writer.array(count: 2)
            writer.text(bearer.member.digits)
            writer.integer(bearer.weight)
        }
        writer.integer(6); writer.text(vatCategory)
        writer.integer(7); writer.integer(vatRateBasisPoints)
        if let application { writer.integer(8); writer.text(application.description) }
        if let text { writer.integer(9); writer.text(text) }
        if let settledIn { writer.integer(10); writer.integer(Int(settledIn.monthNumber)) }
    }
}

/// A line by decision as a person gives it, in plain values that may be wrong.
public struct DecidedLineDraft: Sendable {
    /// 1 to 5.
    public var kind = 0
    /// Whether the cooperative pays.
    public var isPaidOut = false
    /// `YYYY-MM`.
    public var month = ""
    /// Cents.
    public var total: Int64 = 0
    /// OIN and weight.
    public var key: [(member: String, weight: Int64)] = []
    /// VAT category.
    public var vatCategory = ""
    /// Basis points.
    public var vatRate = 0
    /// Slug.
    public var application: String?
    /// What it is for.
    public var text: String?
    /// `YYYY-MM`.
    public var settledIn: String?

    /// An empty line.
    public init() {}
}

extension GenesisReader {
    static func decidedLine(
        _ cursor: inout GenesisCursor, _ path: GenesisPath
    ) throws(GenesisRefusal) -> DecidedLineDraft {
        var line = DecidedLineDraft()
        let words = ["kind", "leg", "month", "total", "key", "vat", "rate", "application", "text", "settledIn"]
        try cursor.map(path, words: words, optional: [8, 9, 10]) { cursor, key, path throws(GenesisRefusal) in
            switch key {
            case 1: line.kind = try cursor.int(path)
            case 2:
                let leg = try cursor.int(path)
                guard (0...1).contains(leg) else { throw cursor.wrong(path, "0 or 1") }
                line.isPaidOut = leg == 1
            case 3: line.month = try cursor.month(path)
            case 4: line.total = try cursor.integer(path)
            case 5:
                line.key = try cursor.list(path) { cursor, path throws(GenesisRefusal) in
                    try cursor.record(2, path)
                    return (try cursor.text(path.key(0, "member")), try cursor.integer(path.key(1, "weight")))
                }
            case 6: line.vatCategory = try cursor.text(path)
            case 7: line.vatRate = try cursor.int(path)
            case 8: line.application = try cursor.text(path)
            case 9: line.text = try cursor.text(path)
            default: line.settledIn = try cursor.month(path)
            }
        }
        return line
    }
}

extension GenesisCheck {
    mutating func decidedLine(_ draft: DecidedLineDraft, _ path: GenesisPath) -> DecidedLine? {
        let kind = DecidedLine.Kind(rawValue: draft.kind)
        if kind == nil { note(.field, path.key(1, "kind"), "A line is of kind 1 to 5.") }
        let month = month(draft.month, path.key(3, "month"))
        if draft.total == 0 { note(.field, path.key(4, "total"), "A total is not zero.") }
        let bearers = bearers(draft, path.key(5, "key"))
        let isOfOne = kind == .entranceFee || kind == .exitCharge
        if isOfOne, bearers.count != 1 || draft.isPaidOut {
            note(.field, path.key(5, "key"), "An entrance fee or exit charge is paid by one member.")
        }
        let vat = vatCategory(draft.vatCategory, path.key(6, "vat"))
        let rate = vatRate(draft.vatRate, of: vat, path.key(7, "rate"))
        checkTreatment(vat, rate, path.key(6, "vat"))
        let application = draft.application.flatMap { slug($0, path.key(8, "application")) }
        if let text = draft.text, !DecisionProposal.isTitle(text) {
            note(.field, path.key(9, "text"), "A text has 1 to \(CooperativeLimits.titleBytes) bytes on one line.")
        }
        let settled = draft.settledIn.flatMap { self.month($0, path.key(10, "settledIn")) }
        if let settled, let month, kind != .advance || settled <= month {
            note(.field, path.key(10, "settledIn"), "Only an advance is carried back, in a later month.")
        }
        guard let kind, let month else { return nil }
        return DecidedLine(
            kind: kind, isPaidOut: draft.isPaidOut, month: month, totalCents: draft.total, key: bearers,
            vatCategory: vat, vatRateBasisPoints: rate, application: application, text: draft.text,
            settledIn: settled)
    }

    private mutating func bearers(_ draft: DecidedLineDraft, _ path: GenesisPath) -> [DecidedLine.Bearer] {
        if draft.key.count > CooperativeLimits.bearers {
            note(.field, path, "A key names at most \(CooperativeLimits.bearers) members.")
        }
        var bearers: [DecidedLine.Bearer] = []
        for (index, row) in draft.key.enumerated() {
            let member = member(row.member, path.item(index).key(0, "member"))
            let weight = number(row.weight, 0...Int64.max, path.item(index).key(1, "weight"))
            guard let member else { continue }
            bearers.append(.init(member: member, weight: weight))
        }
        if !draft.key.contains(where: { $0.weight > 0 }) {
            note(.field, path, "One weight at least is above zero, or nobody would pay.")
        }
        return sorted(bearers, path, by: { $0.member < $1.member }, name: { "The weight of \($0.member)" })
    }

    /// Spec: Protocol/settlement.md §9.
    private mutating func checkTreatment(_ text: String, _ rate: Int, _ path: GenesisPath) {
        let end = text.firstIndex(of: " ") ?? text.endIndex
        let reason = text[end...].dropFirst()
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            && (end == text.endIndex || (!reason.isEmpty && reason.first != " "))
        let isGood = switch text[..<end] {
        case "S": rate > 0 && end == text.endIndex
        case "Z": rate == 0 && end == text.endIndex
        case "E", "AE", "O": rate == 0
        default: false
        }
        if !isPlain || !isGood {
            note(.field, path, "S goes with a rate, Z, E, AE and O with none; E, AE and O may name a reason.")
        }
    }
}
