// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Usage events as comma-separated values (RFC 4180). Spec: Protocol/metering-events.md §5.
public enum UsageEventCSV {
    /// The columns in their order; the file's first line names them.
    public static let columns = [
        "tijdstip", "id", "applicatie", "aanbieder", "afnemer", "klasse", "aantal", "transactie",
    ]

    /// The first line.
    public static var header: String { columns.joined(separator: ",") }

    /// All events of a file, or every broken rule with its line and column. `source` becomes the `source` of
    /// each event, so a file that is read twice under one source gives the same events.
    public static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, source: String
    ) throws(UsageEventRefusal) -> [UsageEvent] {
        guard bytes.count <= MeteringLimits.csvBytes else {
            throw UsageEventRefusal([.init(path: "", rule: .fileSize)])
        }
        if UTF8Text.firstInvalidByte(in: bytes) != nil { throw UsageEventRefusal([.init(path: "", rule: .utf8)]) }
        var reading = UsageEventCSVReading(source: source)
        var rows = CSVRows(bytes)
        do throws(CSVRowError) {
            while let row = try rows.next() { reading.take(row) }
        } catch {
            reading.violations.append(.init(path: "line \(error.line)", rule: .quotes))
        }
        guard reading.violations.isEmpty else { throw UsageEventRefusal(reading.violations) }
        return reading.events
    }

    /// The same over an array.
    public static func read(_ bytes: [UInt8], source: String) throws(UsageEventRefusal) -> [UsageEvent] {
        try bytes.withUnsafeBufferPointer { buffer throws(UsageEventRefusal) in
            try read(buffer, source: source)
        }
    }
}

/// Events of the rows so far, and what is wrong with them.
private struct UsageEventCSVReading {
    var events: [UsageEvent] = []
    var violations: [UsageEventViolation] = []
    private var source: String?
    private var hasHeader = false

    init(source: String) {
        do throws(UsageEventRule) {
            self.source = try Array(source.utf8).withUnsafeBufferPointer { text throws(UsageEventRule) in
                try UsageEventField.source(text)
            }
        } catch {
            violations.append(.init(path: "source", rule: error))
        }
    }

    mutating func take(_ row: CSVRows.Row) {
        guard hasHeader else {
            hasHeader = true
            if row.fields != UsageEventCSV.columns.map({ Array($0.utf8) }) {
                violations.append(.init(path: "line \(row.line)", rule: .header))
            }
            return
        }
        guard row.fields.count == UsageEventCSV.columns.count else {
            violations.append(.init(path: "line \(row.line)", rule: .columns))
            return
        }
        if let event = event(row) { events.append(event) }
    }

    private mutating func event(_ row: CSVRows.Row) -> UsageEvent? {
        var draft = UsageEventDraft()
        draft.source = source
        draft.timeMilliseconds = field(0, row, UsageEventField.time)
        draft.id = field(1, row, UsageEventField.id)
        draft.application = field(2, row, UsageEventField.application)
        draft.provider = field(3, row, UsageEventField.oin)
        draft.consumer = field(4, row, UsageEventField.oin)
        let count = violations.count
        if !row.fields[5].isEmpty { draft.tariffClass = field(5, row, UsageEventField.tariffClass) }
        if !row.fields[6].isEmpty { draft.quantity = field(6, row, Self.quantity) ?? 0 }
        if !row.fields[7].isEmpty { draft.transaction = field(7, row, UsageEventField.transaction) }
        draft.isBroken = violations.count > count
        do throws(UsageEventRule) {
            return try draft.day().flatMap { draft.event(on: $0) }
        } catch {
            let isTime = error == .timeTooOld || error == .timeTooLate
            note(error, column: isTime ? 0 : 7, row)
            return nil
        }
    }

    private mutating func field<Value>(
        _ column: Int, _ row: CSVRows.Row, _ check: (FieldText) throws(UsageEventRule) -> Value
    ) -> Value? {
        do throws(UsageEventRule) {
            guard !row.fields[column].isEmpty else { throw .present }
            return try row.fields[column].withUnsafeBufferPointer { text throws(UsageEventRule) in
                try check(text)
            }
        } catch {
            note(error, column: column, row)
            return nil
        }
    }

    private mutating func note(_ rule: UsageEventRule, column: Int, _ row: CSVRows.Row) {
        let name = UsageEventCSV.columns[column]
        violations.append(.init(path: "line \(row.line), column \(column + 1) (\(name))", rule: rule))
    }

    /// Digits without sign and leading zeros.
    private static func quantity(_ text: FieldText) throws(UsageEventRule) -> Int64 {
        guard text.count <= 13, text[0] != UInt8(ascii: "0"),
              text.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else { throw .quantity }
        return try UsageEventField.quantity(Int64(String(decoding: text, as: UTF8.self)))
    }
}
