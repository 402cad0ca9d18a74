// SPDX-License-Identifier: EUPL-1.2

/// The bounds on a YAML document, against documents that cost more to read than to write.
public enum YAMLLimits {
    /// Bytes of the document.
    public static let bytes = 1 << 20
    /// Nested sequences and mappings.
    public static let depth = 32
    /// Scalars, sequences, mappings and names together.
    public static let nodes = 100_000
}
