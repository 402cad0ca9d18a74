// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Changes to one application that a member means to make, against the state as it is now. The entries name
/// every write that they replace, so a conflict ends where its field is written and nothing that the author
/// did not see is replaced. Spec: Protocol/kinds.md §1.
public struct EditDraft: Sendable {
    private let application: ApplicationView
    private let log: LogID
    private var writes: [CatalogueField: [UInt8]] = [:]
    private var additions: [[UInt8]: ApplicationEdit.Change] = [:]
    private var removals: [[UInt8]: (change: ApplicationEdit.Change, sources: [WriteSource])] = [:]

    /// Changes to `application`, to be written to `log`, which the author owns.
    public init(_ application: ApplicationView, author log: LogID) {
        self.application = application
        self.log = log
    }

    /// Writes a field. Nothing is done where exactly this value stands already.
    public mutating func set(_ field: CatalogueField, _ value: CBOR) { set(field, encoded: value.encode()) }

    /// Empties a field. Nothing is done where nothing stands.
    public mutating func clear(_ field: CatalogueField) {
        guard !application.values(field).isEmpty else { return }
        set(field, encoded: CBOR.null.encode())
    }

    /// Ends a conflict with one of the values that stand, or another: the write names them all.
    public mutating func resolve(_ field: CatalogueField, with value: CBOR) { set(field, value) }

    /// Writes canonical bytes.
    public mutating func set(_ field: CatalogueField, encoded value: [UInt8]) {
        let standing = application.values(field)
        if standing.count == 1, standing[0].value == value { return }
        writes[field] = value
    }

    /// Adds an element. Nothing is done where it stands already.
    public mutating func add(_ set: CatalogueSet, _ element: CBOR) {
        let change = ApplicationEdit.Change(set: set, element: element.encode(), removes: [])
        guard !application.elements(set).contains(where: { $0.element == change.element }) else { return }
        additions[change.key] = change
    }

    /// Removes an element with every addition that stands. Nothing is done where it does not stand.
    public mutating func remove(_ set: CatalogueSet, _ element: CBOR) {
        let change = ApplicationEdit.Change(set: set, element: element.encode(), removes: [])
        guard let view = application.elements(set).first(where: { $0.element == change.element }) else { return }
        removals[change.key] = (change, view.sources)
    }

    /// Makes a set hold exactly these elements.
    public mutating func replace(_ set: CatalogueSet, with elements: [CBOR]) {
        for element in elements { add(set, element) }
        let wanted = Set(elements.map { $0.encode() })
        for view in application.elements(set) where !wanted.contains(view.element) {
            let change = ApplicationEdit.Change(set: set, element: view.element, removes: [])
            removals[change.key] = (change, view.sources)
        }
    }

    /// Whether nothing would change.
    public var isEmpty: Bool { writes.isEmpty && additions.isEmpty && removals.isEmpty }

    /// The entries, as few as fit the bounds on bytes and references; none when nothing would change. A value
    /// above its bound is refused. Known limit: of more than 64 writes of others that one field holds, the
    /// first 64 are named, and the next edit names the rest.
    public func entries() throws(EditRefusal) -> [[UInt8]] {
        var packer = EditPacker(application: application.id)
        for (field, value) in writes.sorted(by: { $0.key < $1.key }) {
            guard value.count <= CooperativeLimits.valueBytes else { throw .valueOversize(field) }
            packer.add(.write(field, value), naming: others(application.values(field).map(\.source)))
        }
        for (_, change) in additions.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard change.element.count <= CooperativeLimits.valueBytes else {
                throw .elementOversize(change.set)
            }
            packer.add(.addition(change), naming: [])
        }
        for (_, removal) in removals.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            packer.add(.removal(removal.change), naming: others(removal.sources))
        }
        return packer.finish()
    }

    private func others(_ sources: [WriteSource]) -> [EntryReference] {
        Array(sources.filter { $0.log != log }.map(\.reference).prefix(Limits.entryReferences))
    }
}

/// Why an edit cannot be written.
public enum EditRefusal: Error, Equatable, Sendable {
    /// The value of a field has more than `CooperativeLimits.valueBytes`.
    case valueOversize(CatalogueField)
    /// An element of a set has more.
    case elementOversize(CatalogueSet)
}

/// Packs changes into entries that fit.
private struct EditPacker {
    enum Part {
        case write(CatalogueField, [UInt8])
        case addition(ApplicationEdit.Change)
        case removal(ApplicationEdit.Change)

        var byteCount: Int {
            switch self {
            case .write(let field, let value): field.encode().count + value.count
            case .addition(let change), .removal(let change): change.element.count + 10
            }
        }
    }

    let application: String
    private var parts: [(part: Part, names: [EntryReference])] = []
    private var names: Set<EntryReference> = []
    private var byteCount = 0
    private var entries: [[UInt8]] = []

    init(application: String) { self.application = application }

    // Room for the entry's frame, the id, and the longest reference with its position.
    private static let frameBytes = 256
    private static let referenceBytes = 84

    mutating func add(_ part: Part, naming references: [EntryReference]) {
        let joined = names.union(references)
        let bytes = byteCount + part.byteCount + 16 + references.count * 2
        let total = Self.frameBytes + bytes + joined.count * Self.referenceBytes
        if !parts.isEmpty, joined.count > Limits.entryReferences || total > Limits.entryBytes {
            close()
            add(part, naming: references)
            return
        }
        parts.append((part, references))
        names = joined
        byteCount = bytes
    }

    mutating func finish() -> [[UInt8]] {
        if !parts.isEmpty { close() }
        return entries
    }

    private mutating func close() {
        let references = names.sorted()
        var writes: [ApplicationEdit.Write] = []
        var additions: [ApplicationEdit.Change] = []
        var removals: [ApplicationEdit.Change] = []
        for (part, named) in parts {
            let positions = references.indices.filter { named.contains(references[$0]) }
            switch part {
            case .write(let field, let value):
                writes.append(.init(field: field, value: value, replaces: positions))
            case .addition(let change): additions.append(change)
            case .removal(let change):
                removals.append(.init(set: change.set, element: change.element, removes: positions))
            }
        }
        let edit = ApplicationEdit(
            application: application, writes: writes, additions: additions, removals: removals)
        entries.append(Entry.encode(kind: ApplicationEdit.number, body: edit.encode(), references: references))
        (parts, names, byteCount) = ([], [], 0)
    }
}
