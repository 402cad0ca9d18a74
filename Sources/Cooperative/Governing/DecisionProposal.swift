// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 33: what an organ is asked to decide. Spec: Protocol/voting.md §2.
public struct DecisionProposal: Hashable, Sendable {
    /// The number of the kind of entry.
    public static let entryKind: UInt16 = 33

    /// The organ that decides.
    public let organ: Slug
    /// What it does when carried.
    public let payload: DecisionPayload
    /// One line for people.
    public let title: String
    /// The last day before which it stays open.
    public let deadline: CivilDate
    /// What it costs, in cents, at least 1.
    public let costCents: Int64?
    /// Where the money comes from. Not without a cost.
    public let cover: String?
    /// The application whose participants decide.
    public let application: Slug?

    /// A well-formed proposal; `decision-shape` for a title or cover that is empty, too long or has control
    /// characters (title only), a cost below 1, and a cover without a cost.
    public init(
        organ: Slug, payload: DecisionPayload, title: String, deadline: CivilDate, costCents: Int64? = nil,
        cover: String? = nil, application: Slug? = nil
    ) throws(VoidReason) {
        guard Self.isTitle(title), Self.isCover(cover, costCents: costCents), costCents.map({ $0 >= 1 }) ?? true
        else { throw .decisionShape }
        self.organ = organ
        self.payload = payload
        self.title = title
        self.deadline = deadline
        self.costCents = costCents
        self.cover = cover
        self.application = application
    }

    static func isTitle(_ text: String) -> Bool {
        (1...CooperativeLimits.titleBytes).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    private static func isCover(_ text: String?, costCents: Int64?) -> Bool {
        guard let text else { return true }
        return costCents != nil && (1...CooperativeLimits.titleBytes).contains(text.utf8.count)
    }

    /// Reads the canonical bytes of a body; throws `decision-shape`.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> DecisionProposal {
        do throws(CBORRefusal) { try CBORReader.check(body) } catch { throw .decisionShape }
        var cursor = GenesisCursor(reader: CBORReader(body))
        let fields: DecisionProposalFields
        do throws(GenesisRefusal) { fields = try DecisionProposalFields(&cursor) } catch { throw .decisionShape }
        guard let payload = fields.payload, let organ = Slug(fields.organ),
              let deadline = CivilDate(fields.deadline), let application = fields.checkedApplication
        else { throw .decisionShape }
        return try DecisionProposal(
            organ: organ, payload: payload, title: fields.title, deadline: deadline, costCents: fields.costCents,
            cover: fields.cover, application: application)
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 512)
        writer.map(count: 5 + [costCents == nil, cover == nil, application == nil].count { !$0 })
        writer.integer(1); writer.text(organ.description)
        writer.integer(2); writer.integer(payload.kind.rawValue)
        writer.integer(3); payload.write(to: &writer)
        writer.integer(4); writer.text(title)
        writer.integer(5); writer.integer(Int(deadline.dayNumber))
        if let costCents { writer.integer(6); writer.integer(costCents) }
        if let cover { writer.integer(7); writer.text(cover) }
        if let application { writer.integer(8); writer.text(application.description) }
        return writer.bytes
    }

    /// The entry, with the commitment to its text if it has one.
    public func entry(commitment: TextCommitment? = nil) -> [UInt8] {
        Entry.encode(kind: Self.entryKind, body: encode(), commitment: commitment)
    }
}

/// The keys of a body as they were read.
private struct DecisionProposalFields {
    var organ = ""
    var payload: DecisionPayload?
    var title = ""
    var deadline = ""
    var costCents: Int64?
    var cover: String?
    var application: String?

    /// The application where one stands; the inner `nil` where none does, the outer where it is no slug.
    var checkedApplication: Slug?? {
        guard let application else { return .some(nil) }
        return Slug(application).map { .some($0) }
    }

    private static let words = ["organ", "kind", "payload", "title", "deadline", "cost", "cover", "application"]

    init(_ cursor: inout GenesisCursor) throws(GenesisRefusal) {
        var kind: DecisionPayload.Kind?
        var fields = self
        try cursor.map(.whole, words: Self.words, optional: [6, 7, 8]) { cursor, key, path throws(GenesisRefusal) in
            switch key {
            case 1: fields.organ = try cursor.text(path)
            case 2: kind = DecisionPayload.Kind(rawValue: try cursor.int(path))
            case 3:
                guard let kind else { throw cursor.wrong(path, "a kind before its payload") }
                do throws(VoidReason) { fields.payload = try DecisionPayload.parse(kind, &cursor) } catch {
                    throw cursor.wrong(path, "the payload of its kind")
                }
            case 4: fields.title = try cursor.text(path)
            case 5: fields.deadline = try cursor.date(path)
            case 6: fields.costCents = try cursor.integer(path)
            case 7: fields.cover = try cursor.text(path)
            default: fields.application = try cursor.text(path)
            }
        }
        self = fields
    }
}
