// SPDX-License-Identifier: EUPL-1.2
import Journal
public import Notation

extension UsageEvent {
    /// The CloudEvents `type` of these events.
    public static let cloudEventType: StaticString = "nl.beware.korf.verbruik.v1"
    /// The class of an event that names none.
    public static let defaultTariffClass = "standaard"

    /// What a repeat of the same event must equal: canonical CBOR of
    /// `[application, provider, consumer, class, quantity, transaction or null, day number]`.
    /// Spec: Protocol/metering-events.md §6. Neither `time` nor `source` and `id` are in it.
    public var canonicalContent: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160)
        appendCanonicalContent(to: &bytes)
        return bytes
    }

    /// The same, at the end of a buffer that the caller reuses.
    public func appendCanonicalContent(to bytes: inout [UInt8]) {
        bytes.append(0x87)
        Self.append(application, to: &bytes)
        Self.append(provider.digits, to: &bytes)
        Self.append(consumer.digits, to: &bytes)
        Self.append(tariffClass, to: &bytes)
        Self.appendHead(major: 0, UInt64(quantity), to: &bytes)
        if let transaction { Self.append(transaction, to: &bytes) } else { bytes.append(0xF6) }
        Self.appendHead(major: 0, UInt64(day.dayNumber), to: &bytes)
    }

    /// The event as a CloudEvent in JSON: what `UsageEventReader` reads back as this event.
    public var cloudEvent: JSON {
        var data = JSONObject([
            .init("applicatie", .string(application)), .init("aanbieder", .string(provider.digits)),
            .init("afnemer", .string(consumer.digits)), .init("klasse", .string(tariffClass)),
            .init("aantal", .integer(quantity)),
        ])
        if let transaction { data.set("transactie", .string(transaction)) }
        return [
            "specversion": "1.0", "id": .string(id), "source": .string(source),
            "type": .string("\(Self.cloudEventType)"), "time": .string(RFC3339.text(timeMilliseconds)),
            "datacontenttype": "application/json", "data": .object(data),
        ]
    }

    /// An event that a person typed, under the same rules as one that an application sends. `time` is RFC 3339
    /// text; what is `nil` takes its default.
    public static func checked(
        source: String, id: String, time: String, application: String, provider: String, consumer: String,
        tariffClass: String? = nil, quantity: Int64 = 1, transaction: String? = nil
    ) throws(UsageEventRefusal) -> UsageEvent {
        let event: JSON = [
            "specversion": "1.0", "id": .string(id), "source": .string(source),
            "type": .string("\(cloudEventType)"), "time": .string(time),
            "data": [
                "applicatie": .string(application), "aanbieder": .string(provider), "afnemer": .string(consumer),
                "klasse": tariffClass.map { .string($0) } ?? .null, "aantal": .integer(quantity),
                "transactie": transaction.map { .string($0) } ?? .null,
            ],
        ]
        return try UsageEventReader.single(event.bytes())
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        appendHead(major: 3, UInt64(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    /// The head of a CBOR item in its shortest form (RFC 8949, section 4.2.1).
    private static func appendHead(major: UInt8, _ value: UInt64, to bytes: inout [UInt8]) {
        let type = major << 5
        switch value {
        case 0..<24: bytes.append(type | UInt8(value))
        case 24..<0x100: bytes += [type | 24, UInt8(value)]
        case 0x100..<0x1_0000: bytes += [type | 25, UInt8(value >> 8), UInt8(value & 0xFF)]
        case 0x1_0000..<0x1_0000_0000:
            bytes.append(type | 26)
            for shift in [24, 16, 8, 0] as [UInt64] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        default:
            bytes.append(type | 27)
            for shift in [56, 48, 40, 32, 24, 16, 8, 0] as [UInt64] {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
    }
}
