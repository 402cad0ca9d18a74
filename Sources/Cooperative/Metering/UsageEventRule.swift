// SPDX-License-Identifier: EUPL-1.2
public import Notation

/// The rules that an event in CloudEvents or CSV keeps. Spec: Protocol/metering-events.md §3.
public enum UsageEventRule: Error, Hashable, Sendable {
    case json(JSONError)
    case text
    case object
    case list
    case batchSize
    case present
    case knownField
    case specificationVersion
    case type
    case id
    case source
    case time
    case timeTooOld
    case timeTooLate
    case contentType
    case application
    case oin
    case tariffClass
    case quantity
    case transaction
    case transactionTooOld
    case transactionTooLate
    case header
    case columns
    case quotes
    case utf8
    case fileSize

    /// The stable name for programs and vectors.
    public var name: String {
        switch self {
        case .json: "not-json"
        case .text: "not-text"
        case .object: "not-an-object"
        case .list: "not-a-list"
        case .batchSize: "batch-size"
        case .present: "missing"
        case .knownField: "unknown-field"
        case .specificationVersion: "specversion"
        case .type: "type"
        case .id: "id"
        case .source: "source"
        case .time: "time"
        case .timeTooOld: "time-too-old"
        case .timeTooLate: "time-too-late"
        case .contentType: "datacontenttype"
        case .application: "applicatie"
        case .oin: "oin"
        case .tariffClass: "klasse"
        case .quantity: "aantal"
        case .transaction: "transactie"
        case .transactionTooOld: "transactie-too-old"
        case .transactionTooLate: "transactie-too-late"
        case .header: "csv-header"
        case .columns: "csv-columns"
        case .quotes: "csv-quotes"
        case .utf8: "not-utf8"
        case .fileSize: "file-size"
        }
    }

    /// The rule in plain words: what would be right.
    public var sentence: String {
        switch self {
        case .json(let error): "not JSON: \(error)"
        case .text: "expected text"
        case .object: "expected an object"
        case .list: "expected a list of events"
        case .batchSize: "expected at most \(MeteringLimits.batchEvents) events"
        case .present: "is missing"
        case .knownField: "is not a known field"
        case .specificationVersion: "expected \"1.0\""
        case .type: "expected \"\(UsageEvent.cloudEventType)\""
        case .id: "expected 1 to \(MeteringLimits.idBytes) bytes of text"
        case .source: "expected a URI reference of 1 to \(MeteringLimits.sourceBytes) bytes"
        case .time: "expected a date and time with offset, such as 2026-10-25T02:30:00+01:00"
        case .timeTooOld: "lies before the year 2000"
        case .timeTooLate: "lies after the year 2199"
        case .contentType: "expected \"application/json\" or no such field"
        case .application: "expected the id of an application: small letters, digits and dashes"
        case .oin: "expected an OIN of twenty digits"
        case .tariffClass: "expected a class: small letters, digits and dashes, at most 32"
        case .quantity: "expected a whole number from 1 to \(MeteringLimits.quantity)"
        case .transaction: "expected a UUID or other text of 1 to \(MeteringLimits.transactionBytes) bytes"
        case .transactionTooOld: "the time in this UUID lies before the year 2000"
        case .transactionTooLate: "the time in this UUID lies after the year 2199"
        case .header: "expected the header \(UsageEventCSV.header)"
        case .columns: "expected \(UsageEventCSV.columns.count) columns"
        case .quotes: "a quoted value does not end, or text follows its closing quote"
        case .utf8: "the bytes are not UTF-8"
        case .fileSize: "the file is longer than \(MeteringLimits.csvBytes) bytes; split it"
        }
    }
}
