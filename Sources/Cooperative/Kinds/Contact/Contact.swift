// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 32: a member's TLS pins and endpoints; the newest by index holds. Spec: Protocol/kinds.md.
public struct Contact: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 32
    static let name = "contact"

    /// The TLS key in use and, after it, the one to come; one or two.
    public let pins: [TLSPin]
    /// Where the node can be dialled; at most three.
    public let endpoints: [Endpoint]

    /// `nil` unless there are one or two pins and at most three endpoints.
    public init?(pins: [TLSPin], endpoints: [Endpoint]) {
        guard (1...Limits.cardPins).contains(pins.count), endpoints.count <= Limits.cardEndpoints else {
            return nil
        }
        (self.pins, self.endpoints) = (pins, endpoints)
    }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Contact {
        try withBodyBytes(body, orElse: .contactShape) { cursor throws(VoidReason) in try Contact(&cursor) }
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 2, let pinCount = cursor.array(), pinCount <= Limits.cardPins else {
            throw .contactShape
        }
        var pins: [TLSPin] = []
        for _ in 0..<pinCount {
            guard let bytes = cursor.bytes(), bytes.count == TLSPin.byteCount else { throw .contactShape }
            pins.append(TLSPin(unsafe: bytes))
        }
        guard let count = cursor.array(), count <= Limits.cardEndpoints else { throw .contactShape }
        var endpoints: [Endpoint] = []
        for _ in 0..<count {
            guard let text = cursor.text(), let endpoint = Endpoint(text.utf8Text) else { throw .contactShape }
            endpoints.append(endpoint)
        }
        guard cursor.isAtEnd, let contact = Contact(pins: pins, endpoints: endpoints) else {
            throw .contactShape
        }
        self = contact
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 160)
        writer.array(count: 2)
        writer.list(pins) { $0.bytes($1) }
        writer.list(endpoints) { $0.text($1.description) }
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var cursor = entry.body
        _ = try Contact(&cursor)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        var cursor = entry.body
        do throws(VoidReason) {
            state.noteContact(try Contact(&cursor), of: entry.log, at: entry.index)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        try entry.withBody { cursor throws(VoidReason) in
            let contact = try Contact(&cursor)
            let places = contact.endpoints.map(\.description).joined(separator: ", ")
            return "\(contact.pins.count) TLS pins; \(places.isEmpty ? "cannot be dialled" : places)"
        }
    }
}

extension VoidReason {
    /// The body is not one or two pins and at most three endpoints.
    public static let contactShape = VoidReason("contact-shape")
}
