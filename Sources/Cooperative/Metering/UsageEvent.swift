// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One metered use of an application, checked. Spec: Protocol/metering-events.md §2.
/// Only `UsageEventDraft.event` makes one, so what holds one need not look again.
public struct UsageEvent: Hashable, Sendable {
    /// The CloudEvents `source`: with `id` it names the event for ever.
    public let source: String
    /// The CloudEvents `id`.
    public let id: String
    /// The application's id: a slug, or a slug with the mark of its founding.
    public let application: String
    /// Who offered the use.
    public let provider: OIN
    /// Who used it.
    public let consumer: OIN
    /// The tariff class; `standaard` where the event named none.
    public let tariffClass: String
    /// How much was used, 1 to 10^12.
    public let quantity: Int64
    /// The id that both sides share, such as an `Fsc-Transaction-Id`; a UUID in lower case.
    public let transaction: String?
    /// The CloudEvents `time`, milliseconds since 1970-01-01T00:00:00Z; finer parts are cut off.
    public let timeMilliseconds: Int64
    /// The day that counts, Europe/Amsterdam: of the UUIDv7 in `transaction` where it is one, else of `time`.
    public let day: CivilDate

    init(
        source: String, id: String, application: String, provider: OIN, consumer: OIN, tariffClass: String,
        quantity: Int64, transaction: String?, timeMilliseconds: Int64, day: CivilDate
    ) {
        self.source = source
        self.id = id
        self.application = application
        self.provider = provider
        self.consumer = consumer
        self.tariffClass = tariffClass
        self.quantity = quantity
        self.transaction = transaction
        self.timeMilliseconds = timeMilliseconds
        self.day = day
    }

    /// What the two parties match events by: the shared transaction, else the event's own id.
    public var matchID: String { transaction ?? id }
}

extension UsageEvent {
    /// The milliseconds since 1970 that a transaction id carries where it is a UUID of version 7; `nil` for any other.
    public static func milliseconds(ofTransaction text: String) -> Int64? {
        UsageEventField.millisecondsOfUUIDv7(text)
    }
}
