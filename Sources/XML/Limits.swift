// SPDX-License-Identifier: EUPL-1.2

/// The bounds on an XML document, against documents that cost more to read than to write.
public enum XMLLimits {
    /// Bytes of the document.
    public static let bytes = 32 << 20
    /// Elements in elements.
    public static let depth = 40
    /// Elements of the document.
    public static let elements = 1_000_000
    /// Attributes of one element.
    public static let attributes = 50
}
