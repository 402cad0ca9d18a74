// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 65: a member founds an application, of which it is the lead. Spec: Protocol/kinds.md §1.
public struct ApplicationFounded: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 65
    static let name = "application founded"

    /// The slug, to which the id adds a mark.
    public let slug: Slug
    /// The name, 1 to 100 bytes without control characters.
    public let applicationName: String

    /// `nil` unless the name is one.
    public init?(slug: Slug, name: String) {
        guard (1...CooperativeLimits.nameBytes).contains(name.utf8.count),
              name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        self.slug = slug
        applicationName = name
    }

    /// The id of the application: the slug and the first eight digits of the founding entry's leaf hash.
    public func id(leaf: Hash) -> String { "\(slug)-\(leaf.description.prefix(8))" }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> ApplicationFounded {
        try withBodyBytes(body, orElse: .foundedShape) { cursor throws(VoidReason) in
            try ApplicationFounded(&cursor)
        }
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 2, let slug = cursor.text(), let name = cursor.text(), cursor.isAtEnd,
              let slug = Slug(slug.utf8Text),
              let founded = ApplicationFounded(slug: slug, name: name.utf8Text)
        else { throw .foundedShape }
        self = founded
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 64)
        writer.array(count: 2)
        writer.text(slug.description)
        writer.text(applicationName)
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var cursor = entry.body
        _ = try ApplicationFounded(&cursor)
    }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows { DeclaredRows(catalogue: 1) }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        var cursor = entry.body
        do throws(VoidReason) {
            let founded = try ApplicationFounded(&cursor)
            try state.declare(declaredRows(entry), by: entry)
            let id = founded.id(leaf: entry.leaf)
            guard !state.isInForce(id, under: entry.judge) else { return .void(.foundedIDTaken) }
            state.noteFounded(founded, id: id, by: entry)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        try entry.withBody { cursor throws(VoidReason) in
            let founded = try ApplicationFounded(&cursor)
            return "\(founded.applicationName) (\(founded.slug))"
        }
    }
}

extension VoidReason {
    /// The body is not a slug and a name.
    public static let foundedShape = VoidReason("founded-shape")
    /// The id is that of an application of the rules in force.
    public static let foundedIDTaken = VoidReason("founded-id-taken")
}
