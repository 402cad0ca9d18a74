// SPDX-License-Identifier: EUPL-1.2
import Journal

// The chunk that is always written: cursors, and the tables that are small.
extension CooperativeState {
    func headChunk(digest: Hash) -> [UInt8] {
        var writer = ChunkWriter(capacity: 4_096)
        writer.number(ChunkTable.version)
        writer.hash(genesis.network)
        writer.hash(digest)
        writer.number(index.bits)
        writeEpochs(&writer)
        writer.bool(isOverlay)
        writer.bool(restsOnSaved)
        writer.bool(isStale)
        writer.number(convicted.count)
        for log in convicted.sorted() { writer.hash(log) }
        writer.string(rules.encode())
        writer.number(folk.count)
        for member in folk { member.write(to: &writer) }
        writer.number(logs.count)
        for log in logs { log.write(to: &writer) }
        writeSmallTables(&writer)
        for table in [parties.count, applications.count, classes.count, fields.count, elementKeys.count] {
            writer.number(table)
        }
        for table in [usage.rows.count, registers.rows.count, elements.rows.count, statements.rows.count,
                      stances.rows.count, cuts.rows.count, periods.rows.count, billings.rows.count,
                      decidedCounts.rows.count, proposals.rows.count, ballots.rows.count] {
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
        }
        writeRights(&writer)
        writer.number(destroyed.rows.count)
        for row in destroyed.rows {
            writer.number(Int(row.log))
            writer.number(row.index)
            writer.hash(row.commitment)
        }
        writer.number(waiting.count)
        for item in waiting.slots.compactMap({ $0 }) {
            writer.place(.init(log: item.log, index: item.index, leaf: item.leaf, judge: item.judge))
            writer.word(item.word)
            writer.bool(item.decision != nil)
            if let decision = item.decision {
                writer.hash(decision.log)
                writer.number(decision.index.position)
            }
            writer.number(item.needs.count)
            for need in item.needs {
                switch need {
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
    }

    /// Takes over the head; answers the digest and how many names and rows the other chunks have to bring.
    mutating func restoreHead(_ reader: inout ChunkReader) -> (digest: Hash, names: [Int], rows: [Int]) {
        let digest: Hash = reader.hash()
        spread(over: max(RowIndex.fewestBits, reader.number(below: RowIndex.mostBits + 1)))
        restoreEpochs(&reader)
        isOverlay = reader.bool()
        restsOnSaved = reader.bool()
        isStale = reader.bool()
        convicted = Set((0..<reader.count()).map { _ in reader.hash() })
        restoreRules(&reader)
        let memberCount = reader.count()
        for number in 0..<memberCount where reader.isSound { restoreMember(number, &reader) }
        let logCount = reader.count()
        for number in 0..<logCount where reader.isSound { restoreLog(number, &reader) }
        rankLogs()
        for _ in 0..<reader.count() {
            let reason = VoidReason(rawValue: String(decoding: reader.string(), as: UTF8.self))
            voids[reason] = reader.number()
        }
        restoreFoundings(&reader)
        restoreRights(&reader)
        restoreDestroyed(&reader)
        restoreWaiting(&reader)
        let names = (0..<5).map { _ in reader.number() }
        let rows = (0..<11).map { _ in reader.number() }
        return (digest, names, rows)
    }

    private mutating func restoreRules(_ reader: inout ChunkReader) {
        guard let rules = RulesInForce(Array(reader.string())) else { return reader.fail() }
        self.rules = rules
        guard !rules.lines.isEmpty else { return }
        let row = RowReference(.rules, UInt32(RulesInForce.lineKey))
        index.restore(row, at: word(row))
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
            let decision = reader.bool()
                ? Decision.ID(log: reader.hash(), index: EntryIndex(known: reader.number())) : nil
            let needs = (0..<reader.count()).map { _ -> Need in
                reader.number() == 0
                    ? .entry(reader.hash(), index: reader.number())
                    : .application(String(decoding: reader.string(), as: UTF8.self))
            }
            if needs.isEmpty { return reader.fail() }
            let slot = waiting.add(.init(
                log: place.log, index: place.index, leaf: place.leaf, judge: place.judge, needs: needs,
                decision: decision, word: word))
            index.restore(RowReference(.waiting, slot), at: word)
        }
    }

    func place(_ reader: inout ChunkReader) -> EntryPlace {
        let log = UInt32(reader.number(below: logs.count))
        let index = reader.number()
        let leaf: Hash = reader.hash()
        return EntryPlace(log: log, index: index, leaf: leaf, judge: reader.number())
    }
}

extension ChunkWriter {
    mutating func place(_ place: CooperativeState.EntryPlace) {
        number(Int(place.log))
        number(place.index)
        hash(place.leaf)
        number(place.judge)
    }
}
