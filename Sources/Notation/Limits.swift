// SPDX-License-Identifier: EUPL-1.2

/// The bounds on every text that this module reads.
public enum NotationLimits {
    /// Nested arrays and objects of a JSON text.
    public static let jsonDepth = 32
    /// Bytes of a JSON text, where the caller names no smaller bound.
    public static let jsonBytes = 16 << 20
    /// Members of one JSON object.
    public static let jsonMembers = 10_000
}
