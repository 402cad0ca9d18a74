// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Raw events with their names, for statements, comparison and `korf usage show`.
enum StoredEvents {
    static func forEach(
        _ connection: borrowing Connection, days: ClosedRange<CivilDate>, _ visit: (StoredEvent) -> Void
    ) throws(StorageFailure) {
        let names = try Names(connection)
        var retracted: [UInt64: UInt64] = [:]
        let rows = try connection.prepare("SELECT event, position FROM retraction")
        while try rows.step() { retracted[rows.size(0)] = rows.size(1) }
        var unnamed: StorageFailure?
        try EventRows.forEach(
            connection, from: 1, through: .max, days: days.lowerBound.dayNumber...days.upperBound.dayNumber
        ) { position, record in
            guard record.kind == .event else { return }
            do throws(StorageFailure) {
                guard let event = try event(record, names) else { return }
                visit(StoredEvent(position: position, event: event, retractedAt: retracted[position]))
            } catch { unnamed = error }
        }
        if let unnamed { throw unnamed }
    }

    private static func event(_ record: EventRecord, _ names: Names) throws(StorageFailure) -> InboxEvent? {
        guard let day = CivilDate(dayNumber: Int(record.key.day)) else { return nil }
        return InboxEvent(
            identity: record.identity, content: record.content, source: try names.text(record.source),
            id: record.id, transaction: record.transaction,
            application: try names.text(record.key.application),
            provider: try names.party(record.key.provider), consumer: try names.party(record.key.consumer),
            usageClass: try names.text(record.key.usageClass),
            side: record.key.side == 0 ? .provider : .consumer, day: day, quantity: record.quantity)
    }
}
