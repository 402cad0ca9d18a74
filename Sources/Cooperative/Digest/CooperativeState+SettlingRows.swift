// SPDX-License-Identifier: EUPL-1.2
import Journal

// The rows of settling. Spec: Protocol/state.md §2, tables 17 to 21.
extension CooperativeState {
    func writeStanceKey(_ key: StanceTable.Key, to writer: inout RowWriter) {
        writer.array(count: 6)
        writer.bytes32(logs[Int(key.log)].id.value)
        applications.withName(key.application) { writer.utf8($0) }
        parties.withName(key.provider) { writer.utf8($0) }
        parties.withName(key.consumer) { writer.utf8($0) }
        classes.withName(key.tariffClass) { writer.utf8($0) }
        writer.integer(Int(key.month))
    }

    func writeStance(_ row: StanceTable.Row, to writer: inout RowWriter) {
        writer.array(count: 6)
        writer.integer(row.index)
        writer.integer(row.stance.code)
        if let quantity = row.stance.quantity { writer.integer(quantity) } else { writer.null() }
        if let commitment = row.commitment { writer.bytes32(commitment.value) } else { writer.null() }
        writer.integer(row.judge)
        if let since = row.disputedSince { writer.integer(since) } else { writer.null() }
    }

    func writeCutKey(_ key: CutTable.Key, to writer: inout RowWriter) {
        writer.array(count: 5)
        writer.bytes32(logs[Int(key.log)].id.value)
        writer.integer(Int(key.month))
        parties.withName(key.lower) { writer.utf8($0) }
        parties.withName(key.higher) { writer.utf8($0) }
        writer.integer(key.epoch)
    }

    func writePeriodKey(_ key: PeriodTable.Key, to writer: inout RowWriter) {
        writer.array(count: 3)
        writer.integer(Int(key.month))
        parties.withName(key.lower) { writer.utf8($0) }
        parties.withName(key.higher) { writer.utf8($0) }
    }

    func writePeriod(_ row: PeriodTable.Row, to writer: inout RowWriter) {
        writer.array(count: 4)
        writer.integer(row.ending.rawValue)
        writer.integer(row.cut.epoch)
        writer.bytes32(row.body.value)
        writer.integer(row.closing)
    }

    func writeBillingKey(_ key: BillingTable.Key, to writer: inout RowWriter) {
        writer.array(count: 4)
        writer.integer(Int(key.period.month))
        parties.withName(key.period.lower) { writer.utf8($0) }
        parties.withName(key.period.higher) { writer.utf8($0) }
        writer.integer(key.number)
    }

    func writeBilling(_ row: BillingTable.Row, to writer: inout RowWriter) {
        writer.array(count: 3)
        writer.integer(Int(row.billingMonth))
        writer.integer(row.counts.epoch)
        writer.bytes32(row.body.value)
    }

    func writeDecidedCountKey(_ key: DecidedCountTable.Key, to writer: inout RowWriter) {
        writer.array(count: 5)
        applications.withName(key.application) { writer.utf8($0) }
        parties.withName(key.provider) { writer.utf8($0) }
        parties.withName(key.consumer) { writer.utf8($0) }
        classes.withName(key.tariffClass) { writer.utf8($0) }
        writer.integer(Int(key.month))
    }

    func writeDecidedCount(_ row: DecidedCountTable.Row, to writer: inout RowWriter) {
        writer.array(count: 5)
        writer.bytes32(logs[Int(row.log)].id.value)
        writer.integer(row.index)
        writer.integer(row.quantity)
        for count in [row.providerCount, row.consumerCount] {
            if let count { writer.integer(count) } else { writer.null() }
        }
    }

    func writeCut(_ row: CutTable.Row, to writer: inout RowWriter) {
        writer.array(count: 3)
        writer.integer(row.index)
        writer.bytes32(row.body.value)
        writer.integer(row.judge)
    }
}
