// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 64: writes fields of an application and changes its sets. Spec: Protocol/kinds.md §1.
public struct ApplicationEdit: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 64
    static let name = "application edit"

    /// A field that is written.
    public struct Write: Hashable, Sendable {
        /// The field.
        public let field: CatalogueField
        /// One canonical item; `null` empties the field.
        public let value: [UInt8]
        /// Positions in the entry's references whose writes this replaces, ascending.
        public let replaces: [Int]
    }

    /// An element that is added or removed.
    public struct Change: Hashable, Sendable {
        /// The set.
        public let set: CatalogueSet
        /// One canonical item.
        public let element: [UInt8]
        /// Positions in the entry's references whose additions a removal names, ascending.
        public let removes: [Int]
    }

    /// The application's id.
    public let application: String
    /// Fields, by encoded field.
    public let writes: [Write]
    /// Additions, by encoded set and element.
    public let additions: [Change]
    /// Removals, by encoded set and element.
    public let removals: [Change]

    init(application: String, writes: [Write], additions: [Change], removals: [Change]) {
        self.application = application
        self.writes = writes.sorted { $0.field < $1.field }
        self.additions = additions.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        self.removals = removals.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    /// Whether nothing would change.
    public var isEmpty: Bool { writes.isEmpty && additions.isEmpty && removals.isEmpty }

    /// Reads the canonical bytes of the body of an entry with so many references.
    public static func parse(_ body: [UInt8], referenceCount: Int) throws(VoidReason) -> ApplicationEdit {
        try withBodyBytes(body, orElse: .editShape) { cursor throws(VoidReason) in
            try ApplicationEdit(cursor, referenceCount: referenceCount)
        }
    }

    init(_ body: BodyCursor, referenceCount: Int) throws(VoidReason) {
        var walk = try EditWalk(body, referenceCount: referenceCount)
        var writes: [Write] = []
        var additions: [Change] = []
        var removals: [Change] = []
        try walk.items { item in
            switch item {
            case .register(let field, let value, let positions):
                guard let field = CatalogueField(encoded: Array(field)[...]) else { return }
                writes.append(Write(field: field, value: Array(value), replaces: positions.positions))
            case .addition(let key): additions.append(Change(key: Array(key), removes: []))
            case .removal(let key, let positions):
                removals.append(Change(key: Array(key), removes: positions.positions))
            }
        }
        application = walk.application.utf8Text
        (self.writes, self.additions, self.removals) = (writes, additions, removals)
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 256)
        writer.map(count: 1 + [writes.isEmpty, additions.isEmpty, removals.isEmpty].count { !$0 })
        writer.integer(1); writer.text(application)
        if !writes.isEmpty {
            writer.integer(2)
            writer.list(writes) { writer, write in
                writer.array(count: 3)
                writer.raw(write.field.encode())
                writer.raw(write.value)
                writer.list(write.replaces) { $0.integer($1) }
            }
        }
        if !additions.isEmpty {
            writer.integer(3)
            writer.list(additions) { writer, change in
                writer.array(count: 2)
                writer.raw(change.key)
            }
        }
        if !removals.isEmpty {
            writer.integer(4)
            writer.list(removals) { writer, change in
                writer.array(count: 3)
                writer.raw(change.key)
                writer.list(change.removes) { $0.integer($1) }
            }
        }
        return writer.bytes
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        let edit = try entry.withBody { cursor throws(VoidReason) in
            try ApplicationEdit(cursor, referenceCount: entry.references.count)
        }
        return "\(edit.application): \(edit.writes.count) fields, \(edit.additions.count) added, "
            + "\(edit.removals.count) removed"
    }
}

extension ApplicationEdit.Change {
    /// The bytes of set and element.
    var key: [UInt8] {
        var writer = CBORWriter(capacity: element.count + 4)
        writer.integer(set.rawValue)
        writer.raw(element)
        return writer.bytes
    }

    init(key: [UInt8], removes: [Int]) {
        let (set, element) = CatalogueSet.split(key[...])
        self.init(set: set, element: element, removes: removes)
    }
}

extension CatalogueSet {
    /// The set and the element that the bytes of both hold.
    static func split(_ key: ArraySlice<UInt8>) -> (set: CatalogueSet, element: [UInt8]) {
        key.withUnsafeBufferPointer { memory in
            guard let base = memory.baseAddress else { preconditionFailure("a set has a number") }
            var cursor = BodyCursor(base, in: 0..<memory.count)
            guard let number = cursor.unsigned(), let element = cursor.item() else {
                preconditionFailure("the walk has passed set and element")
            }
            return (CatalogueSet(rawValue: number), Array(element))
        }
    }
}

extension BodyCursor {
    fileprivate var positions: [Int] {
        var positions: [Int] = []
        forEachPosition { positions.append($0) }
        return positions
    }
}
