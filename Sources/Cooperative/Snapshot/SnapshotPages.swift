// SPDX-License-Identifier: EUPL-1.2
import Journal

// The rows of the large tables as they go into chunks, and back.
extension UsageRow {
    func write(to writer: inout ChunkWriter) {
        writer.word(word)
        for number in [key.log, key.application, key.provider, key.consumer, key.tariffClass] {
            writer.number(Int(number))
        }
        writer.number(Int(key.month) << 1 | Int(key.side))
        writer.number(Int(counters.eventsCounted))
        writer.number(Int(counters.eventsRetracted))
        writer.number(Int(counters.quantityCounted))
        writer.number(Int(counters.quantityRetracted))
        writer.number(Int(counters.inboxPosition))
        writer.number(Int(countedEntry))
        writer.number(Int(retractedEntry))
    }

    init(_ reader: inout ChunkReader, _ state: CooperativeState) {
        let word = reader.word()
        let log = UInt32(reader.number(below: state.logs.count))
        let application = UInt32(reader.number(below: state.applications.count))
        let provider = UInt32(reader.number(below: state.parties.count))
        let consumer = UInt32(reader.number(below: state.parties.count))
        let tariffClass = UInt32(reader.number(below: state.classes.count))
        let monthAndSide = reader.number(below: 1 << 16)
        let key = UsageKey(
            log: log, application: application, provider: provider, consumer: consumer,
            tariffClass: tariffClass, month: UInt16(monthAndSide >> 1), side: UInt16(monthAndSide & 1))
        self.init(key: key, word: word)
        counters.eventsCounted = Int64(reader.number())
        counters.eventsRetracted = Int64(reader.number())
        counters.quantityCounted = Int64(reader.number())
        counters.quantityRetracted = Int64(reader.number())
        counters.inboxPosition = Int64(reader.number())
        countedEntry = reader.small()
        retractedEntry = reader.small()
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

    init(_ reader: inout ChunkReader, _ state: CooperativeState, names: NameTable) {
        let word = reader.word()
        let application = UInt32(reader.number(below: state.applications.count))
        let key = UInt32(reader.number(below: names.count))
        self.init(application: application, key: key, word: word)
        let count = reader.count()
        parts.reserveCapacity(count)
        for _ in 0..<count {
            let log = UInt32(reader.number(below: state.logs.count))
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
        writer.number(judges.lowerBound)
        writer.number(judges.count)
    }

    init(_ reader: inout ChunkReader, _ state: CooperativeState) {
        let word = reader.word()
        let log = UInt32(reader.number(below: state.logs.count))
        let month = Int32(reader.number(below: 1 << 16))
        let counterparty = UInt32(reader.number(below: state.parties.count))
        let index = reader.number()
        let records = reader.number()
        self.init(
            key: .init(log: log, month: month, counterparty: counterparty), word: word, index: index,
            body: reader.hash(), leaf: reader.hash(), root: reader.hash(), records: records, judges: 0...0)
        let first = reader.number()
        judges = first...first + max(0, reader.number(below: 1 << 32) - 1)
    }
}
