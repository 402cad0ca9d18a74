// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Raw events with their names, for statements, comparison and `korf usage show`.
enum StoredEvents {
    static func read(
        _ connection: borrowing Connection, days: ClosedRange<CivilDate>
    ) throws(StorageFailure) -> [StoredEvent] {
        let names = try Names(connection)
        var retracted: Set<UInt64> = []
        let rows = try connection.prepare("SELECT event FROM retraction")
        while try rows.step() { retracted.insert(rows.size(0)) }
        var records: [(UInt64, EventRecord)] = []
        try EventRows.forEach(
            connection, from: 1, through: .max, days: days.lowerBound.dayNumber...days.upperBound.dayNumber
        ) { position, record in
            if record.kind == .event { records.append((position, record)) }
        }
        var events: [StoredEvent] = []
        events.reserveCapacity(records.count)
        for (position, record) in records {
            guard let day = CivilDate(dayNumber: Int(record.key.day)) else { continue }
            let event = InboxEvent(
                identity: record.identity, content: record.content, source: try names.text(record.source),
                id: record.id, transaction: record.transaction, application: try names.text(record.key.application),
                provider: try names.party(record.key.provider), consumer: try names.party(record.key.consumer),
                usageClass: try names.text(record.key.usageClass),
                side: record.key.side == 0 ? .provider : .consumer, day: day, quantity: record.quantity)
            events.append(StoredEvent(
                position: position, event: event, isRetracted: retracted.contains(position)))
        }
        return events
    }
}
