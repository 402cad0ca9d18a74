// SPDX-License-Identifier: EUPL-1.2
import Journal

extension ApplicationEdit {
    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var walk = try EditWalk(entry.body, referenceCount: entry.references.count)
        try walk.items { _ in }
    }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows {
        (try? checkedRows(entry)) ?? DeclaredRows()
    }

    /// Checks the shape and counts the changes, with the positions that they list.
    private static func checkedRows(_ entry: EntryInHand) throws(VoidReason) -> DeclaredRows {
        var walk = try EditWalk(entry.body, referenceCount: entry.references.count)
        var count = 0
        try walk.items { item in
            count += 1
            switch item {
            case .register(_, _, let positions), .removal(_, let positions):
                var positions = positions
                count += positions.array() ?? 0
            case .addition: break
            }
        }
        return DeclaredRows(catalogue: count)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            if !entry.isDeclared { try state.declare(try checkedRows(entry), by: entry) }
            var walk = try EditWalk(entry.body, referenceCount: entry.references.count)
            guard let application = state.applicationNumber(walk.application),
                  let rights = state.rights[application], rights.isKnown(under: entry.judge)
            else { return .waits(for: [.application(walk.application.utf8Text)]) }
            guard rights.entitles(state.logs[Int(entry.log)].party, under: entry.judge) else {
                if !rights.founders.isEmpty || rights.knownSince > 0 { state.noteDenied(entry, application) }
                return .void(.editNotParticipant)
            }
            try walk.items { item in
                switch item {
                case .register(let field, let value, let positions):
                    state.writeRegister(application, field, value, positions, entry)
                case .addition(let element): state.addElement(application, element, entry)
                case .removal(let element, let positions):
                    state.removeElement(application, element, positions, entry)
                }
            }
            return .counts
        } catch { return .void(error) }
    }

    static func leafInHand(_ position: Int, of entry: EntryInHand, in state: CooperativeState) -> Hash? {
        guard entry.references.count <= CooperativeLimits.referencesLookedUpInRows,
              var walk = try? EditWalk(entry.body, referenceCount: entry.references.count),
              let application = state.applicationNumber(walk.application)
        else { return nil }
        let reference = entry.references[position]
        guard let log = state.logNumber(reference.log) else { return nil }
        var found: Hash?
        _ = try? walk.items { item in
            switch item {
            case .register(let field, _, let positions):
                guard positions.names(position), let key = state.fields.number(of: field),
                      let row = state.registers.number(application: application, key: key),
                      let cell = state.registers.rows[row].cell(of: log),
                      cell.newest == reference.index.position + 1
                else { return }
                found = cell.leaf
            case .removal(let element, let positions):
                guard positions.names(position), let key = state.elementKeys.number(of: element),
                      let row = state.elements.number(application: application, key: key),
                      let cell = state.elements.rows[row].cell(of: log),
                      cell.newest == reference.index.position + 1
                else { return }
                found = cell.leaf
            case .addition: break
            }
        }
        return found
    }
}

extension BodyCursor {
    fileprivate func names(_ wanted: Int) -> Bool {
        var isNamed = false
        forEachPosition { isNamed = isNamed || $0 == wanted }
        return isNamed
    }
}

extension CooperativeState {
    mutating func writeRegister(
        _ application: UInt32, _ field: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer,
        _ positions: BodyCursor, _ entry: EntryInHand
    ) {
        let key = fields.intern(field)
        let number = registers.number(application: application, key: key) ?? addRegister(application, key)
        let named = namedWrites(positions, entry)
        modifyRegister(number) { row in
            row.withPart(of: entry.log) { $0.write(value, at: entry.index, leaf: entry.leaf) }
            for (log, index) in named { row.withPart(of: log) { $0.supersede(through: index) } }
        }
    }

    mutating func addElement(_ application: UInt32, _ element: UnsafeRawBufferPointer, _ entry: EntryInHand) {
        modifyElement(elementNumber(application, element)) { row in
            row.withPart(of: entry.log) { $0.add(at: entry.index, leaf: entry.leaf) }
        }
    }

    mutating func removeElement(
        _ application: UInt32, _ element: UnsafeRawBufferPointer, _ positions: BodyCursor, _ entry: EntryInHand
    ) {
        let named = namedWrites(positions, entry)
        modifyElement(elementNumber(application, element)) { row in
            row.withPart(of: entry.log) { $0.supersede(through: entry.index) }
            for (log, index) in named { row.withPart(of: log) { $0.supersede(through: index) } }
        }
    }

    private mutating func elementNumber(_ application: UInt32, _ element: UnsafeRawBufferPointer) -> UInt32 {
        let key = elementKeys.intern(element)
        return elements.number(application: application, key: key) ?? addElementRow(application, key)
    }

    /// Log number and index of each named reference; all are held.
    private func namedWrites(_ positions: BodyCursor, _ entry: EntryInHand) -> [(log: UInt32, index: Int)] {
        var named: [(UInt32, Int)] = []
        positions.forEachPosition { position in
            let reference = entry.references[position]
            if let log = logNumber(reference.log) { named.append((log, reference.index.position)) }
        }
        return named
    }
}
