// SPDX-License-Identifier: EUPL-1.2

/// Bounds of an import.
enum ImportLimits {
    /// Events of one request where `--batch` does not say.
    static let batchEvents = 500
    /// Bytes of one request, below what the node takes.
    static let batchBytes = 1_500_000
    /// Bytes of one line of NDJSON.
    static let lineBytes = 1 << 20
    /// Bytes that are read at once.
    static let chunkBytes = 1 << 18
    /// Broken rules that are shown.
    static let violations = 20
}
