// SPDX-License-Identifier: EUPL-1.2

/// Usage events as comma-separated values (RFC 4180). Spec: Protocol/metering-events.md §5.
public enum UsageEventCSV {
    /// The columns in their order; the file's first line names them.
    public static let columns = [
        "tijdstip", "id", "applicatie", "aanbieder", "afnemer", "klasse", "aantal", "transactie",
    ]

    /// The first line.
    public static var header: String { columns.joined(separator: ",") }
}
