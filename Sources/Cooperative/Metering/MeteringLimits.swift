// SPDX-License-Identifier: EUPL-1.2

/// The bounds on events that come in. Spec: Protocol/metering-events.md §4 and Protocol/limits.md.
public enum MeteringLimits {
    /// Events of one request.
    public static let batchEvents = 1_000
    /// Bytes of one request.
    public static let requestBytes = 2 << 20
    /// Bytes of one CSV file.
    public static let csvBytes = 64 << 20
    /// Broken rules that a refusal lists.
    public static let violations = 100
    /// Bytes of a CloudEvents `id`.
    public static let idBytes = 128
    /// Bytes of a CloudEvents `source`.
    public static let sourceBytes = 256
    /// Bytes of `transactie`.
    public static let transactionBytes = 128
    /// Bytes of an application's id: a slug of 64 and the mark of its founding.
    public static let applicationBytes = 73
    /// Bytes of a tariff class.
    public static let tariffClassBytes = 32
    /// The largest quantity of one event.
    public static let quantity: Int64 = 1_000_000_000_000
}
