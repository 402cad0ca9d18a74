// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
import Cryptography
public import Journal
public import Storage

/// The door through which applications report usage: an answer means durable, each event counts once, for ever.
/// Spec: Protocol/metering-events.md.
public struct MeteringInbox: Sendable {
    private let store: InboxStore
    private let member: OIN
    private let key: KeyedHash

    /// An inbox of a member's node.
    public init(_ store: InboxStore, member: OIN) {
        self.store = store
        self.member = member
        key = KeyedHash(key: store.identityKey)
    }

    /// Why an event is not this node's to count.
    public struct Foreign: Error, Sendable {
        /// Positions of the events that name this member neither as provider nor as consumer.
        public let positions: [Int]
    }

    /// Takes events, all or none, and answers once they are durable; the outcomes stand in their order.
    public func accept(
        _ events: [UsageEvent]
    ) async throws(StorageFailure) -> Result<[AcceptOutcome], Foreign> {
        var foreign: [Int] = []
        var mapped: [InboxEvent] = []
        mapped.reserveCapacity(events.count)
        var scratch: [UInt8] = []
        for (position, event) in events.enumerated() {
            guard let side = side(of: event) else {
                foreign.append(position)
                continue
            }
            mapped.append(InboxEvent(
                identity: identity(source: event.source, id: event.id, &scratch),
                content: content(event, &scratch), source: event.source, id: event.id,
                transaction: event.transaction, application: event.application, provider: event.provider,
                consumer: event.consumer, usageClass: event.tariffClass, side: side, day: event.day,
                quantity: UInt64(event.quantity)))
        }
        guard foreign.isEmpty else { return .failure(Foreign(positions: foreign)) }
        guard !mapped.isEmpty else { return .success([]) }
        return .success(try await store.accept(mapped))
    }

    /// Takes an event back. Repeating it changes nothing.
    public func retract(source: String, id: String) async throws(StorageFailure) -> RetractOutcome {
        var scratch: [UInt8] = []
        return try await store.retract([identity(source: source, id: id, &scratch)])[0]
    }

    /// Own use counts on the provider's side: it is shown and never billed.
    private func side(of event: UsageEvent) -> InboxSide? {
        if event.provider == member { return .provider }
        return event.consumer == member ? .consumer : nil
    }

    /// Keyed hash of source, a zero byte, id. Neither can hold a zero byte.
    private func identity(source: String, id: String, _ scratch: inout [UInt8]) -> EventIdentity {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: source.utf8)
        scratch.append(0)
        scratch.append(contentsOf: id.utf8)
        let (high, low) = key.code16(scratch)
        return EventIdentity(high: high, low: low)
    }

    private func content(_ event: UsageEvent, _ scratch: inout [UInt8]) -> UInt64 {
        scratch.removeAll(keepingCapacity: true)
        event.appendCanonicalContent(to: &scratch)
        return key.code16(scratch).0
    }
}
