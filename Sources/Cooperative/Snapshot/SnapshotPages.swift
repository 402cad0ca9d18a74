// SPDX-License-Identifier: EUPL-1.2
import Journal

// The rows of the large tables as they go into chunks, and back.
extension UsageRow {
    func write(_ retraction: UsageRetraction?, to writer: inout ChunkWriter) {
        writer.word(word)
        let key = key
        writer.number(Int(key.log))
        writer.number(Int(key.application))
        writer.number(Int(key.provider))
        writer.number(Int(key.consumer))
        writer.number(Int(key.tariffClass))
        writer.number(Int(key.month) << 1 | Int(key.side))
        writer.number(Int(eventsCounted))
        writer.number(Int(quantityCounted))
        writer.number(Int(inboxPosition))
        writer.number(Int(countedEntry))
        writer.bool(retraction != nil)
        if let retraction {
            writer.number(Int(retraction.events))
            writer.number(Int(retraction.quantity))
            writer.number(Int(retraction.entry))
        }
    }

    init(_ reader: inout ChunkReader, _ counts: TableCounts) {
        let word = reader.word()
        let log = UInt32(reader.number(below: counts.logs))
        let application = UInt32(reader.number(below: counts.applications))
        let provider = UInt32(reader.number(below: counts.parties))
        let consumer = UInt32(reader.number(below: counts.parties))
        let tariffClass = UInt32(reader.number(below: counts.classes))
        let monthAndSide = reader.number(below: 1 << 16)
        let key = UsageKey(
            log: log, application: application, provider: provider, consumer: consumer,
            tariffClass: tariffClass, month: UInt16(monthAndSide >> 1), side: UInt16(monthAndSide & 1))
        self.init(key: key, word: word)
        eventsCounted = Int64(reader.number())
        quantityCounted = Int64(reader.number())
        inboxPosition = Int64(reader.number())
        countedEntry = reader.small()
    }
}

extension UsageRetraction {
    /// What follows a row; `nil` for nothing.
    init?(_ reader: inout ChunkReader) {
        guard reader.bool() else { return nil }
        let events = Int64(reader.number())
        let quantity = Int64(reader.number())
        self.init(events: events, quantity: quantity, entry: reader.small())
    }
}

/// How many names and logs there are, which bounds the numbers in chunks.
struct TableCounts {
    let members: Int
    let logs: Int
    let parties: Int
    let applications: Int
    let classes: Int
    let fields: Int
    let elementKeys: Int

    init(_ state: borrowing CooperativeState) {
        members = state.folk.count
        logs = state.logs.count
        parties = state.parties.count
        applications = state.applications.count
        classes = state.classes.count
        fields = state.fields.count
        elementKeys = state.elementKeys.count
    }
}

/// A cell that a chunk can hold.
protocol ChunkedCell: WriterCell {
    func write(to writer: inout ChunkWriter)
    init(_ reader: inout ChunkReader)
}

extension RegisterCell: ChunkedCell {
    func write(to writer: inout ChunkWriter) {
        writer.number(newest)
        writer.number(superseded)
        writer.string(value)
        writer.hash(leaf)
    }

    init(_ reader: inout ChunkReader) {
        let newest = reader.number()
        let superseded = reader.number()
        let value = Array(reader.string())
        self.init(newest: newest, superseded: superseded, value: value, leaf: reader.hash())
    }
}

extension ElementCell: ChunkedCell {
    func write(to writer: inout ChunkWriter) {
        writer.number(newest)
        writer.number(superseded)
        writer.hash(leaf)
    }

    init(_ reader: inout ChunkReader) {
        let newest = reader.number()
        let superseded = reader.number()
        self.init(newest: newest, superseded: superseded, leaf: reader.hash())
    }
}

extension CellTable.Row where Cell: ChunkedCell {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        writer.number(Int(application))
        writer.number(Int(key))
        writer.number(parts.count)
        for part in parts {
            writer.number(Int(part.log))
            part.cell.write(to: &writer)
        }
    }

    init(_ reader: inout ChunkReader, _ counts: TableCounts, nameCount: Int) {
        let word = reader.word()
        let application = UInt32(reader.number(below: counts.applications))
        let key = UInt32(reader.number(below: nameCount))
        self.init(application: application, key: key, word: word)
        let count = reader.count()
        parts.reserveCapacity(count)
        for _ in 0..<count {
            let log = UInt32(reader.number(below: counts.logs))
            parts.append(.init(log: log, cell: Cell(&reader)))
        }
    }
}

extension StatementTable.Row {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        writer.number(Int(key.log))
        writer.number(Int(key.month))
        writer.number(Int(key.counterparty))
        writer.number(index)
        writer.number(records)
        for hash in [body, leaf, root] { writer.hash(hash) }
        writer.optional(judges?.lowerBound)
        writer.number(judges?.count ?? 0)
    }

    init(_ reader: inout ChunkReader, _ counts: TableCounts) {
        let word = reader.word()
        let log = UInt32(reader.number(below: counts.logs))
        let month = Int32(reader.number(below: 1 << 16))
        let counterparty = UInt32(reader.number(below: counts.parties))
        let index = reader.number()
        let records = reader.number()
        self.init(
            key: .init(log: log, month: month, counterparty: counterparty), word: word, index: index,
            body: reader.hash(), leaf: reader.hash(), root: reader.hash(), records: records, judges: nil)
        let first = reader.optional()
        let count = reader.number(below: 1 << 32)
        judges = first.map { $0...$0 + max(0, count - 1) }
    }
}
