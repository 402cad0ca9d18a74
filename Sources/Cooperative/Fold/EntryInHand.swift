// SPDX-License-Identifier: EUPL-1.2
import Journal

/// One entry while it is folded: where its parts stand in borrowed memory. Spec: Protocol/log.md §1.
struct EntryInHand {
    /// The number of its log in this state.
    let log: UInt32
    let index: Int
    let leaf: Hash
    /// The number of the epoch that judges it. Spec: Protocol/voting.md §1.
    let judge: Int
    let kind: UInt16
    let references: [EntryReference]
    /// Whether it has the commitment to a text, and to which.
    let commitment: TextCommitment?
    /// The commitment of the own entry that this one names, where its kind asks for it.
    var namedCommitment: TextCommitment?
    /// Whether its rows were counted before. Spec: Protocol/state.md §5.
    var isDeclared: Bool
    private let base: UnsafePointer<UInt8>
    private let bodyRange: Range<Int>

    /// Whether it names nothing and has no text.
    var isPlain: Bool { references.isEmpty && commitment == nil }

    /// A cursor at the body.
    var body: BodyCursor { BodyCursor(base, in: bodyRange) }

    /// The canonical bytes of the body.
    var bodyBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + bodyRange.lowerBound, count: bodyRange.count)
    }

    /// Finds the parts of an entry that admission has checked. `nil` for bytes that are no entry.
    @inline(__always)
    init?(
        _ base: UnsafePointer<UInt8>, in range: Range<Int>, _ place: CooperativeState.EntryPlace,
        isDeclared: Bool = false
    ) {
        var cursor = BodyCursor(base, in: range)
        guard let count = cursor.array(), cursor.unsigned() == 1, let kind = cursor.unsigned(),
              let kind = UInt16(exactly: kind)
        else { return nil }
        self.base = base
        self.isDeclared = isDeclared
        (log, index, leaf, judge) = (place.log, place.index, place.leaf, place.judge)
        self.kind = kind
        let start = cursor.position
        if count == 3 {
            bodyRange = start..<range.upperBound
            references = []
            commitment = nil
            return
        }
        guard cursor.item() != nil else { return nil }
        bodyRange = start..<cursor.position
        guard let references = Self.references(&cursor) else { return nil }
        self.references = references
        if count == 5 {
            guard let bytes = cursor.bytes(), bytes.count == Bytes32.byteCount else { return nil }
            commitment = TextCommitment(Bytes32(unsafe: bytes))
        } else {
            commitment = nil
        }
    }

    private static func references(_ cursor: inout BodyCursor) -> [EntryReference]? {
        guard let count = cursor.array() else { return nil }
        var references: [EntryReference] = []
        references.reserveCapacity(count)
        for _ in 0..<count {
            guard cursor.array() == 3, let log = cursor.bytes(), log.count == Bytes32.byteCount,
                  let index = cursor.unsigned(), let leaf = cursor.bytes(), leaf.count == Bytes32.byteCount
            else { return nil }
            references.append(EntryReference(
                log: LogID(Bytes32(unsafe: log)), index: EntryIndex(known: index), leaf: Hash(Bytes32(unsafe: leaf))))
        }
        return references
    }
}
