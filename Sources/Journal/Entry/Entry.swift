// SPDX-License-Identifier: EUPL-1.2

/// One entry of a log, checked. Spec: Protocol/log.md §1.
public struct Entry: Hashable, Sendable {
    /// The canonical bytes, which are what is hashed.
    public let bytes: [UInt8]
    /// What the body means; unknown kinds are kept and not folded.
    public let kind: UInt16
    /// Where the body stands in `bytes`.
    public let bodyRange: Range<Int>
    /// Entries of other logs that this one builds on, sorted.
    public let references: [EntryReference]
    /// The text beside the log, if there is one.
    public let commitment: TextCommitment?

    /// The canonical bytes of the body: one item.
    public var body: ArraySlice<UInt8> { bytes[bodyRange] }

    /// A cursor at the body.
    public var bodyReader: CBORReader { CBORReader(bytes, in: bodyRange) }

    /// Reads exactly one entry.
    public static func parse(_ bytes: [UInt8]) throws(EntryRefusal) -> Entry {
        try Entry(bytes)
    }

    /// Reads exactly one entry; the slice is copied.
    public static func parse(_ slice: ArraySlice<UInt8>) throws(EntryRefusal) -> Entry {
        guard slice.count <= Limits.entryBytes else { throw .oversize(bytes: slice.count) }
        return try Entry(Array(slice))
    }

    private init(_ bytes: [UInt8]) throws(EntryRefusal) {
        let layout = try Self.layout(of: bytes)
        self.bytes = bytes
        kind = layout.kind
        bodyRange = layout.body
        references = Self.references(layout, in: bytes)
        commitment = layout.commitment.flatMap { TextCommitment(bytes[$0..<$0 + 32]) }
    }

    /// Makes an entry. `body` is one canonical item; the references are sorted here.
    public init(
        kind: UInt16, body: [UInt8], references: [EntryReference] = [], commitment: TextCommitment? = nil
    ) throws(EntryRefusal) {
        try self.init(Self.encode(kind: kind, body: body, references: references, commitment: commitment))
    }

    /// The bytes of an entry. `body` is one canonical item; the references are sorted here.
    public static func encode(
        kind: UInt16, body: [UInt8], references: [EntryReference] = [], commitment: TextCommitment? = nil
    ) -> [UInt8] {
        var writer = CBORWriter(capacity: body.count + 16 + references.count * 80)
        let itemCount = commitment != nil ? 5 : references.isEmpty ? 3 : 4
        writer.array(count: itemCount)
        writer.integer(Int(EntryLayout.version))
        writer.integer(Int(kind))
        writer.raw(body)
        if itemCount >= 4 {
            writer.array(count: references.count)
            for reference in references.sorted() { reference.write(to: &writer) }
        }
        if let commitment { writer.bytes(commitment) }
        return writer.bytes
    }

    private static func layout(of bytes: [UInt8]) throws(EntryRefusal) -> EntryLayout {
        try bytes.withUnsafeBufferPointer { buffer throws(EntryRefusal) in
            guard let base = buffer.baseAddress else { throw .notCanonical(.truncated) }
            return try EntryLayout.check(base, in: 0..<buffer.count)
        }
    }

    private static func references(_ layout: EntryLayout, in bytes: [UInt8]) -> [EntryReference] {
        guard layout.referenceCount > 0 else { return [] }
        var reader = CBORReader(bytes, in: layout.references..<bytes.count)
        var references: [EntryReference] = []
        references.reserveCapacity(layout.referenceCount)
        do throws(CBORRefusal) {
            for _ in 0..<(try reader.array()) { references.append(try EntryReference(from: &reader)) }
        } catch {
            preconditionFailure("the layout was checked")
        }
        return references
    }
}
