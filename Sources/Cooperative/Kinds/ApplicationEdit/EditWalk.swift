// SPDX-License-Identifier: EUPL-1.2

/// One change of an edit as it stands in the entry's memory.
enum EditItem {
    /// Writes a field; `positions` begins at the list of reference positions.
    case register(field: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, positions: BodyCursor)
    /// Adds an element: the bytes of set and element.
    case addition(UnsafeRawBufferPointer)
    /// Removes an element: the bytes of set and element.
    case removal(UnsafeRawBufferPointer, positions: BodyCursor)
}

/// Goes through the body of an application edit and judges its shape on the way.
/// Spec: Protocol/kinds.md §1.
struct EditWalk {
    private var cursor: BodyCursor
    private let referenceCount: Int
    /// The id of the application.
    let application: UnsafeRawBufferPointer
    private let keyCount: Int

    init(_ body: BodyCursor, referenceCount: Int) throws(VoidReason) {
        cursor = body
        self.referenceCount = referenceCount
        guard let count = cursor.map(), (2...4).contains(count), cursor.unsigned() == 1,
              let application = cursor.text(), (1...CooperativeLimits.applicationBytes).contains(application.count)
        else { throw .editShape }
        self.application = application
        keyCount = count
    }

    /// Calls `visit` for each change in the order of the body; throws where the shape is wrong, so a caller that
    /// acts on what it visits checks the shape first.
    mutating func items(_ visit: (EditItem) -> Void) throws(VoidReason) {
        var previous = 1
        for _ in 1..<keyCount {
            guard let key = cursor.unsigned(), key > previous, key <= 4, let count = cursor.array(), count > 0
            else { throw .editShape }
            previous = key
            switch key {
            case 2: try registers(count, visit)
            case 3: try elements(count, isRemoval: false, visit)
            default: try elements(count, isRemoval: true, visit)
            }
        }
        guard cursor.isAtEnd else { throw .editShape }
    }

    private mutating func registers(_ count: Int, _ visit: (EditItem) -> Void) throws(VoidReason) {
        var previous: UnsafeRawBufferPointer?
        for _ in 0..<count {
            guard cursor.array() == 3 else { throw .editShape }
            let start = cursor.position
            guard CatalogueField.skip(&cursor) else { throw .editShape }
            let field = cursor.bytes(from: start, count: cursor.position - start)
            if let previous, !previous.precedes(field) { throw .editOrder }
            previous = field
            let value = try value()
            let positions = cursor
            try skipPositions()
            visit(.register(field: field, value: value, positions: positions))
        }
    }

    private mutating func elements(
        _ count: Int, isRemoval: Bool, _ visit: (EditItem) -> Void
    ) throws(VoidReason) {
        var previous: UnsafeRawBufferPointer?
        for _ in 0..<count {
            guard cursor.array() == (isRemoval ? 3 : 2) else { throw .editShape }
            let start = cursor.position
            guard cursor.unsigned() != nil else { throw .editShape }
            _ = try value()
            let element = cursor.bytes(from: start, count: cursor.position - start)
            if let previous, !previous.precedes(element) { throw .editOrder }
            previous = element
            guard isRemoval else {
                visit(.addition(element))
                continue
            }
            let positions = cursor
            try skipPositions()
            visit(.removal(element, positions: positions))
        }
    }

    private mutating func value() throws(VoidReason) -> UnsafeRawBufferPointer {
        guard let value = cursor.item() else { throw .editShape }
        guard value.count <= CooperativeLimits.valueBytes else { throw .editValueOversize }
        return value
    }

    private mutating func skipPositions() throws(VoidReason) {
        guard let count = cursor.array() else { throw .editShape }
        var previous = -1
        for _ in 0..<count {
            guard let position = cursor.unsigned() else { throw .editShape }
            guard position > previous, position < referenceCount else { throw .editReferencePosition }
            previous = position
        }
    }
}

extension BodyCursor {
    /// Calls `visit` for each position of a list whose shape was checked.
    func forEachPosition(_ visit: (Int) -> Void) {
        var cursor = self
        for _ in 0..<(cursor.array() ?? 0) {
            if let position = cursor.unsigned() { visit(position) }
        }
    }
}

extension CatalogueField {
    /// Passes a field without making one.
    @inline(__always)
    static func skip(_ cursor: inout BodyCursor) -> Bool {
        if cursor.peekUnsigned() != nil { return true }
        return cursor.array() == 2 && cursor.unsigned() != nil && cursor.text() != nil
    }
}

extension VoidReason {
    /// The body is not an edit.
    public static let editShape = VoidReason("edit-shape")
    /// Fields or elements out of order, or one twice.
    public static let editOrder = VoidReason("edit-order")
    /// A value of more than 49,152 bytes.
    public static let editValueOversize = VoidReason("edit-value-oversize")
    /// Reference positions out of order or past the references.
    public static let editReferencePosition = VoidReason("edit-reference-position")
    /// The author neither leads the application nor takes part in it.
    public static let editNotParticipant = VoidReason("edit-not-participant")
}
