// SPDX-License-Identifier: EUPL-1.2
import Notation

/// Usage events as CloudEvents 1.0 in JSON. Spec: Protocol/metering-events.md §1.
/// Every broken rule is listed at once, and a text with one gives no event at all.
public enum UsageEventReader {
    /// One event, `application/cloudevents+json`.
    public static func single(_ bytes: UnsafeBufferPointer<UInt8>) throws(UsageEventRefusal) -> UsageEvent {
        let events = try read(bytes) { tape, checker in
            checker.event(tape, at: JSONTape.root, index: nil).map { [$0] } ?? []
        }
        guard let event = events.first else { preconditionFailure("no violation, yet no event") }
        return event
    }

    /// Up to 1,000 events, `application/cloudevents-batch+json`, in their order.
    public static func batch(_ bytes: UnsafeBufferPointer<UInt8>) throws(UsageEventRefusal) -> [UsageEvent] {
        try read(bytes) { tape, checker in
            guard tape.kind(at: JSONTape.root) == .array else {
                checker.violations.append(.init(path: "", rule: .list))
                return []
            }
            var events: [UsageEvent] = []
            var index = 0
            tape.forEachElement(of: JSONTape.root) { place in
                if index < MeteringLimits.batchEvents, let event = checker.event(tape, at: place, index: index) {
                    events.append(event)
                }
                index += 1
            }
            if index > MeteringLimits.batchEvents { checker.violations = [.init(path: "", rule: .batchSize)] }
            return events
        }
    }

    /// One event, as `single(_:)`.
    public static func single(_ bytes: [UInt8]) throws(UsageEventRefusal) -> UsageEvent {
        try bytes.withUnsafeBufferPointer { buffer throws(UsageEventRefusal) in try single(buffer) }
    }

    /// A batch, as `batch(_:)`.
    public static func batch(_ bytes: [UInt8]) throws(UsageEventRefusal) -> [UsageEvent] {
        try bytes.withUnsafeBufferPointer { buffer throws(UsageEventRefusal) in try batch(buffer) }
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (borrowing JSONTape, inout UsageEventChecker) -> [UsageEvent]
    ) throws(UsageEventRefusal) -> [UsageEvent] {
        var checker = UsageEventChecker()
        var events: [UsageEvent] = []
        do {
            events = try JSONTape.read(bytes, bytesLimit: MeteringLimits.requestBytes) { body($0, &checker) }
        } catch {
            throw UsageEventRefusal([.init(path: "", rule: .json(error))])
        }
        guard checker.violations.isEmpty else { throw UsageEventRefusal(checker.violations) }
        return events
    }
}
