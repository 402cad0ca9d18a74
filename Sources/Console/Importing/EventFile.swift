// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Node
import Notation

/// What a file of usage events is written in.
enum EventFormat: String, CaseIterable {
    /// One CloudEvent a line.
    case ndjson
    /// One list of CloudEvents.
    case json
    /// Rows under a heading.
    case csv

    /// By the ending of a file's name: `.csv`, `.json`, else NDJSON.
    init(ending path: String) {
        let name = path.lowercased()
        self = name.hasSuffix(".csv") ? .csv : name.hasSuffix(".json") ? .json : .ndjson
    }
}

/// An event as it will be sent, with the place where it stood.
struct FileEvent {
    /// Such as `line 4` or `[3]`.
    let place: String
    let bytes: [UInt8]
}

/// A line or element that is no event.
struct BadEvent: Error {
    let place: String
    /// A sentence for each broken rule.
    let reasons: [String]
}

/// Events out of a list or rows, read whole; the formats that cannot be read line by line.
enum EventFile {
    static func events(_ path: String, _ format: EventFormat, source: String?) throws(ConsoleFailure) -> [FileEvent] {
        let bytes = try Files.read(path)
        return format == .csv ? try rows(bytes, path, source) : try list(bytes, path)
    }

    private static func list(_ bytes: [UInt8], _ path: String) throws(ConsoleFailure) -> [FileEvent] {
        let value: JSON
        do throws(JSONError) { value = try JSON(parsing: bytes, bytesLimit: PlainFile.bytesLimit) } catch {
            throw ConsoleFailure(.finding, "\(path): \(error)")
        }
        guard let elements = value.elements else {
            throw ConsoleFailure(
                .finding, "\(path): expected a list of events; for one event a line use --format ndjson.")
        }
        return elements.enumerated().map { FileEvent(place: "[\($0)]", bytes: $1.bytes()) }
    }

    private static func rows(
        _ bytes: [UInt8], _ path: String, _ source: String?
    ) throws(ConsoleFailure) -> [FileEvent] {
        guard let source else {
            throw ConsoleFailure(
                .usage, "CSV names no source; give --source, such as urn:nld:oin:00000099000000632000:systeem:corv.")
        }
        do throws(UsageEventRefusal) {
            return try UsageEventCSV.read(bytes, source: source).enumerated().map { number, event in
                FileEvent(place: "row \(number + 1)", bytes: CloudEvent.json(event).bytes())
            }
        } catch {
            let lines = error.violations.prefix(ImportLimits.violations).map { "\(path): \($0)" }
            throw ConsoleFailure(.finding, lines.joined(separator: "\n") + "\n\(path): nothing was sent.")
        }
    }
}

/// A usage event as a CloudEvent.
enum CloudEvent {
    static func json(_ event: UsageEvent) -> JSON {
        json(
            source: event.source, id: event.id, time: Instant(milliseconds: event.timeMilliseconds).description,
            application: event.application, provider: event.provider.digits, consumer: event.consumer.digits,
            tariffClass: event.tariffClass, quantity: event.quantity, transaction: event.transaction)
    }

    static func json(
        source: String, id: String, time: String, application: String, provider: String, consumer: String,
        tariffClass: String?, quantity: Int64, transaction: String?
    ) -> JSON {
        var data = JSONObject()
        data.set("applicatie", .string(application))
        data.set("aanbieder", .string(provider))
        data.set("afnemer", .string(consumer))
        if let tariffClass { data.set("klasse", .string(tariffClass)) }
        data.set("aantal", .integer(quantity))
        if let transaction { data.set("transactie", .string(transaction)) }
        return [
            "specversion": "1.0", "type": "nl.beware.korf.verbruik.v1", "source": .string(source),
            "id": .string(id), "time": .string(time), "datacontenttype": "application/json", "data": .object(data),
        ]
    }
}
