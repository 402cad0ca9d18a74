// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Where a write came from.
public struct WriteSource: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The member that writes it.
    public let author: OIN
    /// The entry.
    public let index: EntryIndex
    /// Its leaf hash.
    public let leaf: Hash

    /// The entry as others refer to it.
    public var reference: EntryReference { EntryReference(log: log, index: index, leaf: leaf) }
}

/// A value that stands in a field.
public struct CurrentValue: Hashable, Sendable {
    /// One canonical item; `null` where the field was emptied.
    public let value: [UInt8]
    /// Who wrote it.
    public let source: WriteSource
}

/// A field of an application and what stands in it. Spec: Protocol/state.md §2.
public struct FieldView: Hashable, Sendable {
    /// The field.
    public let field: CatalogueField
    /// The current values, by log id; more than one is a conflict.
    public let values: [CurrentValue]

    /// Whether an edit must still choose.
    public var isConflict: Bool { values.count > 1 }
}

/// An element that stands in a set of an application.
public struct ElementView: Hashable, Sendable {
    /// The set.
    public let set: CatalogueSet
    /// One canonical item.
    public let element: [UInt8]
    /// The additions that stand, by log id; at least one.
    public let sources: [WriteSource]
}

/// An application as the state knows it.
public struct ApplicationView: Hashable, Sendable {
    /// Its id.
    public let id: String
    /// The name of its genesis or founding; field 1 may say another.
    public let foundingName: String
    /// The member that leads it.
    public let lead: OIN
    /// Who may edit it, the lead among them, by OIN.
    public let participants: [OIN]
    /// Whether small counts can reveal a person's case.
    public let isSensitive: Bool
    /// The founding entry; `nil` for an application of the genesis.
    public let founding: WriteSource?
    /// Fields in which a value stands, by encoded field.
    public let fields: [FieldView]
    /// Elements that stand, by set and element bytes.
    public let elements: [ElementView]

    /// Fields with more than one value.
    public var conflicts: [FieldView] { fields.filter(\.isConflict) }

    /// What stands in a field.
    public func values(_ field: CatalogueField) -> [CurrentValue] {
        fields.first { $0.field == field }?.values ?? []
    }

    /// What stands in a set.
    public func elements(_ set: CatalogueSet) -> [ElementView] { elements.filter { $0.set == set } }
}

extension CooperativeState {
    /// All applications, by id.
    public func applicationViews() -> [ApplicationView] {
        rights.keys.map { applications.text($0) }.sorted { $0.utf8Precedes($1) }.compactMap { application($0) }
    }

    /// The application with an id.
    public func application(_ id: String) -> ApplicationView? {
        guard let number = applications.number(of: id), let rights = rights[number] else { return nil }
        let taking = rights.taking.filter { $0.until == Int.max }.map(\.party)
        let entitled = Set(rights.founders + taking + (rights.lead.map { [$0] } ?? [])).map { party($0) }.sorted()
        if let opening = rules.application(id: id) {
            return ApplicationView(
                id: id, foundingName: opening.name, lead: opening.lead, participants: entitled,
                isSensitive: opening.isSensitive, founding: nil, fields: fieldViews(number),
                elements: elementViews(number))
        }
        guard let row = foundings.number(of: number) else { return nil }
        let founding = foundings.rows[row]
        return ApplicationView(
            id: id, foundingName: founding.founded.applicationName, lead: oin(founding.log), participants: entitled,
            isSensitive: false, founding: source(founding.log, founding.index + 1, founding.leaf),
            fields: fieldViews(number), elements: elementViews(number))
    }

    private func source(_ log: UInt32, _ newest: Int, _ leaf: Hash) -> WriteSource {
        WriteSource(
            log: logs[Int(log)].id, author: oin(log), index: EntryIndex(known: newest - 1), leaf: leaf)
    }

    private func fieldViews(_ application: UInt32) -> [FieldView] {
        registers.rows(of: application).compactMap { row in
            let values = ordered(row.parts).filter(\.cell.isCurrent).map { part in
                CurrentValue(value: part.cell.value, source: source(part.log, part.cell.newest, part.cell.leaf))
            }
            guard !values.isEmpty, let field = CatalogueField(encoded: fields.name(row.key)) else { return nil }
            return FieldView(field: field, values: values)
        }.sorted { $0.field < $1.field }
    }

    private func elementViews(_ application: UInt32) -> [ElementView] {
        let standing = elements.rows(of: application).compactMap { row -> (key: [UInt8], view: ElementView)? in
            let sources = ordered(row.parts).filter(\.cell.isCurrent).map { part in
                source(part.log, part.cell.newest, part.cell.leaf)
            }
            guard !sources.isEmpty else { return nil }
            let key = elementKeys.name(row.key)
            let (set, element) = CatalogueSet.split(key)
            return (Array(key), ElementView(set: set, element: element, sources: sources))
        }
        return standing.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.view)
    }
}
