// SPDX-License-Identifier: EUPL-1.2
import Journal

// The chunk that is always written: cursors, and the tables that are small.
extension CooperativeState {
    func headChunk(digest: Hash) -> [UInt8] {
        var writer = ChunkWriter(capacity: 4_096)
        writer.number(ChunkTable.version)
        writer.hash(genesis.network)
        writer.hash(digest)
        for log in logs {
            writer.number(log.size)
            writer.number(log.suspendedFrom.map { $0 + 1 } ?? 0)
            writer.number(log.heartbeat.map { Int($0.dayNumber) + 1 } ?? 0)
            writer.number(log.contactMark)
            writer.string(log.contact?.encode() ?? [])
        }
        writeSmallTables(&writer)
        for table in [parties.count, applications.count, classes.count, fields.count, elementKeys.count] {
            writer.number(table)
        }
        for table in [usage.rows.count, registers.rows.count, elements.rows.count, statements.rows.count] {
            writer.number(table)
        }
        return writer.bytes
    }

    private func writeSmallTables(_ writer: inout ChunkWriter) {
        let voids = voidCounts()
        writer.number(voids.count)
        for (reason, count) in voids {
            writer.string(Array(reason.rawValue.utf8))
            writer.number(count)
        }
        writer.number(foundings.rows.count)
        for row in foundings.rows {
            writer.number(Int(row.application))
            writer.word(row.word)
            writer.number(Int(row.log))
            writer.number(row.index)
            writer.hash(row.leaf)
            writer.string(row.founded.encode())
            let entitled = rights[row.application]?.parties ?? []
            writer.number(entitled.count)
            for party in entitled { writer.number(Int(party)) }
            let edits = denied[row.application] ?? []
            writer.number(edits.count)
            for edit in edits { writer.place(edit.log, edit.index, edit.leaf) }
        }
        writer.number(destroyed.rows.count)
        for row in destroyed.rows {
            writer.number(Int(row.log))
            writer.number(row.index)
            writer.hash(row.commitment)
        }
        writer.number(waiting.count)
        for item in waiting.slots.compactMap({ $0 }) {
            writer.place(item.log, item.index, item.leaf)
            writer.word(item.word)
            switch item.need {
            case .entry(let log, let index):
                writer.number(0)
                writer.hash(log)
                writer.number(index)
            case .application(let id):
                writer.number(1)
                writer.string(Array(id.utf8))
            }
        }
    }

    /// Takes over the head; answers the digest and how many names and rows the other chunks have to bring.
    mutating func restoreHead(_ reader: inout ChunkReader) -> (digest: Hash, names: [Int], rows: [Int]) {
        let digest: Hash = reader.hash()
        for log in logs.indices {
            logs[log].size = reader.number()
            let suspended = reader.number()
            let heartbeat = reader.number()
            logs[log].contactMark = reader.number()
            let contact = Array(reader.string())
            logs[log].contact = contact.isEmpty ? nil : try? Contact.parse(contact)
            if suspended > 0 {
                logs[log].suspendedFrom = suspended - 1
                let row = RowReference(.suspended, UInt32(log))
                index.restore(row, at: word(row))
            }
            if heartbeat > 0 {
                logs[log].heartbeat = CivilDate(dayNumber: heartbeat - 1)
                let row = RowReference(.heartbeat, UInt32(log))
                index.restore(row, at: word(row))
            }
        }
        for _ in 0..<reader.count() {
            let reason = VoidReason(rawValue: String(decoding: reader.string(), as: UTF8.self))
            voids[reason] = reader.number()
        }
        restoreFoundings(&reader)
        restoreDestroyed(&reader)
        restoreWaiting(&reader)
        let names = (0..<5).map { _ in reader.number() }
        let rows = (0..<4).map { _ in reader.number() }
        return (digest, names, rows)
    }

    private mutating func restoreFoundings(_ reader: inout ChunkReader) {
        for number in 0..<reader.count() {
            let application = reader.small()
            let word = reader.word()
            let log = UInt32(reader.number(below: logs.count))
            let index = reader.number()
            let leaf: Hash = reader.hash()
            guard let founded = try? ApplicationFounded.parse(Array(reader.string())) else { continue }
            foundings.add(.init(
                application: application, word: word, log: log, index: index, leaf: leaf, founded: founded))
            let entitled = (0..<reader.count()).map { _ in reader.small() }
            rights[application] = Rights(isOfGenesis: false, parties: entitled)
            let edits = (0..<reader.count()).map { _ in place(&reader) }
            if !edits.isEmpty { denied[application] = edits }
            self.index.restore(RowReference(.founded, UInt32(number)), at: word)
        }
    }

    private mutating func restoreDestroyed(_ reader: inout ChunkReader) {
        for _ in 0..<reader.count() {
            let log = UInt32(reader.number(below: logs.count))
            let index = reader.number()
            let row = DestroyedTable.Row(log: log, index: index, commitment: reader.hash())
            guard let number = destroyed.add(row) else { continue }
            let reference = RowReference(.destroyed, number)
            self.index.restore(reference, at: word(reference))
        }
    }

    private mutating func restoreWaiting(_ reader: inout ChunkReader) {
        for _ in 0..<reader.count() {
            let place = place(&reader)
            let word = reader.word()
            let need: Need = reader.number() == 0
                ? .entry(reader.hash(), index: reader.number())
                : .application(String(decoding: reader.string(), as: UTF8.self))
            let slot = waiting.add(.init(
                log: place.log, index: place.index, leaf: place.leaf, need: need, word: word))
            index.restore(RowReference(.waiting, slot), at: word)
        }
    }

    private func place(_ reader: inout ChunkReader) -> EntryPlace {
        let log = UInt32(reader.number(below: logs.count))
        let index = reader.number()
        return EntryPlace(log: log, index: index, leaf: reader.hash())
    }
}

extension ChunkWriter {
    fileprivate mutating func place(_ log: UInt32, _ index: Int, _ leaf: Hash) {
        number(Int(log))
        number(index)
        hash(leaf)
    }
}
