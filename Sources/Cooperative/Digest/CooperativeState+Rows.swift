// SPDX-License-Identifier: EUPL-1.2
import Journal

// The rows of the state as canonical bytes. Spec: Protocol/state.md §2.
extension CooperativeState {
    /// `H([table, key])` of a row.
    func position(_ row: RowReference) -> Hash {
        var writer = RowWriter()
        writer.array(count: 2)
        writeKey(row, to: &writer)
        return writer.bytes.withUnsafeBytes { hashing.hash($0) }
    }

    /// The first bits of the position.
    func word(_ row: RowReference) -> UInt64 { position(row).value.leadingWord }

    /// `[table, key, value]`.
    func write(_ row: RowReference, to writer: inout RowWriter) {
        writer.array(count: 3)
        writeKey(row, to: &writer)
        writeValue(row, to: &writer)
    }

    /// `[table, key, value]`.
    func bytes(_ row: RowReference) -> [UInt8] {
        var writer = RowWriter()
        write(row, to: &writer)
        return writer.bytes
    }

    /// Every row, in order of table and then of key bytes: what a second implementation is compared with.
    public func rows() -> [[UInt8]] {
        index.buckets.flatMap { $0.map { bytes($0) } }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func writeKey(_ row: RowReference, to writer: inout RowWriter) {
        let number = row.number
        writer.integer(Int(row.table.rawValue))
        switch row.table {
        case .network: writer.integer(0)
        case .member: writer.text(folk[Int(number)].oin.digits)
        case .founded: write(applications, foundings.rows[Int(number)].application, to: &writer)
        case .register:
            let register = registers.rows[number]
            writer.array(count: 2)
            write(applications, register.application, to: &writer)
            fields.withName(register.key) { writer.raw($0) }
        case .element:
            let element = elements.rows[number]
            writer.array(count: 3)
            write(applications, element.application, to: &writer)
            elementKeys.withName(element.key) { writer.raw($0) }
        case .usage: writeKey(usage.rows[number].key, to: &writer)
        case .statement:
            let key = statements.rows[number].key
            writer.array(count: 3)
            writer.bytes32(logs[Int(key.log)].id.value)
            writer.integer(Int(key.month))
            write(parties, key.counterparty, to: &writer)
        case .stance: writeStanceKey(stances.rows[number].key, to: &writer)
        case .cut: writeCutKey(cuts.rows[number].key, to: &writer)
        case .period: writePeriodKey(periods.rows[number].key, to: &writer)
        case .billing: writeBillingKey(billings.rows[number].key, to: &writer)
        case .decidedCount: writeDecidedCountKey(decidedCounts.rows[number].key, to: &writer)
        case .waiting:
            guard let item = waiting.slots[Int(number)] else { preconditionFailure("the row was taken out") }
            writeEntry(item.log, item.index, to: &writer)
        case .heartbeat, .suspended, .log, .supports: writer.bytes32(logs[Int(number)].id.value)
        case .rules: writer.integer(Int(number))
        case .decision:
            let proposal = proposals.rows[Int(number)]
            writeEntry(proposal.log, proposal.index, to: &writer)
        case .ballot: writeBallotKey(ballots.rows[Int(number)], to: &writer)
        case .destroyed:
            let text = destroyed.rows[Int(number)]
            writeEntry(text.log, text.index, to: &writer)
        }
    }

    private func writeKey(_ key: UsageKey, to writer: inout RowWriter) {
        writer.array(count: 7)
        writer.bytes32(logs[Int(key.log)].id.value)
        write(applications, key.application, to: &writer)
        write(parties, key.provider, to: &writer)
        write(parties, key.consumer, to: &writer)
        write(classes, key.tariffClass, to: &writer)
        writer.integer(Int(key.month))
        writer.integer(Int(key.side))
    }

    func writeEntry(_ log: UInt32, _ index: Int, to writer: inout RowWriter) {
        writer.array(count: 2)
        writer.bytes32(logs[Int(log)].id.value)
        writer.integer(index)
    }

    private func write(_ names: NameTable, _ number: UInt32, to writer: inout RowWriter) {
        names.withName(number) { writer.utf8($0) }
    }

    private func writeValue(_ row: RowReference, to writer: inout RowWriter) {
        let number = row.number
        switch row.table {
        case .network:
            writer.array(count: 3)
            writer.bytes32(genesis.network.value)
            writer.integer(epoch.number)
            writer.integer(epoch.ruleVersion)
        case .member: writeMember(Int(number), to: &writer)
        case .founded:
            let founding = foundings.rows[Int(number)]
            writer.array(count: 4)
            writer.bytes32(logs[Int(founding.log)].id.value)
            writer.integer(founding.index)
            writer.text(founding.founded.slug.description)
            writer.text(founding.founded.applicationName)
        case .register: writeRegister(registers.rows[number], to: &writer)
        case .element: writeElement(elements.rows[number], to: &writer)
        case .usage:
            let counters = usage.counters(of: number)
            writer.array(count: 5)
            writer.integer(counters.eventsCounted)
            writer.integer(counters.eventsRetracted)
            writer.integer(counters.quantityCounted)
            writer.integer(counters.quantityRetracted)
            writer.integer(counters.inboxPosition)
        case .statement:
            writer.array(count: 2)
            writer.integer(statements.rows[number].index)
            writer.bytes32(statements.rows[number].body.value)
        case .stance: writeStance(stances.rows[number], to: &writer)
        case .cut: writeCut(cuts.rows[number], to: &writer)
        case .period: writePeriod(periods.rows[number], to: &writer)
        case .billing: writeBilling(billings.rows[number], to: &writer)
        case .decidedCount: writeDecidedCount(decidedCounts.rows[number], to: &writer)
        case .waiting:
            guard let item = waiting.slots[Int(number)] else { preconditionFailure("the row was taken out") }
            writer.bytes32(item.leaf.value)
        case .heartbeat: writer.integer(Int(logs[Int(number)].heartbeat?.dayNumber ?? 0))
        case .suspended: writer.integer(logs[Int(number)].bound ?? 0)
        case .destroyed: writer.bytes32(destroyed.rows[Int(number)].commitment.value)
        case .decision: writeDecision(proposals.rows[Int(number)], number, to: &writer)
        case .ballot: writeBallots(ballots.rows[Int(number)], to: &writer)
        case .log: writeLog(logs[Int(number)], to: &writer)
        case .rules: writer.bytes32(rules.hash(key: Int(number), hashing).value)
        case .supports: writer.integer(logs[Int(number)].supports)
        }
    }


    private func writeRegister(_ row: CellTable<RegisterCell>.Row, to writer: inout RowWriter) {
        writer.array(count: row.parts.count)
        for part in ordered(row.parts) {
            writer.array(count: 4)
            writer.bytes32(logs[Int(part.log)].id.value)
            writer.integer(part.cell.newest)
            writer.raw(part.cell.value)
            writer.integer(part.cell.superseded)
        }
    }

    private func writeElement(_ row: CellTable<ElementCell>.Row, to writer: inout RowWriter) {
        writer.array(count: row.parts.count)
        for part in ordered(row.parts) {
            writer.array(count: 3)
            writer.bytes32(logs[Int(part.log)].id.value)
            writer.integer(part.cell.newest)
            writer.integer(part.cell.superseded)
        }
    }
}
