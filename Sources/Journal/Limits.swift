// SPDX-License-Identifier: EUPL-1.2

/// The bounds of this module. Spec: the page and section at each.
public enum Limits {
    /// Containers inside each other. Protocol/cbor.md §3.
    public static let encodingDepth = 16
    /// Bytes of one entry. Protocol/log.md §1.
    public static let entryBytes = 65_535
    /// The largest kind of entry. Protocol/log.md §1.
    public static let entryKind = 65_535
    /// References of one entry. Protocol/log.md §1.
    public static let entryReferences = 64
    /// Bytes of a text beside the log. Protocol/log.md §1.
    public static let textBytes = 1 << 20
    /// Bytes of one encoded page. Protocol/log.md §4.
    public static let pageBytes = 1 << 20
    /// Right-hand hashes of one page. Protocol/log.md §4.
    public static let rightHandHashes = 63
    /// Bytes of a note. Protocol/log.md §3.
    public static let noteBytes = 1 << 20
    /// Signature lines of a note, as in Go's reader. Protocol/log.md §3.
    public static let noteSignatureLines = 100
    /// Bytes of a name in a note. Protocol/log.md §3.
    public static let noteNameBytes = 255
    /// Hashes of one list of fork evidence or of a proof. Protocol/log.md §6.
    public static let proofHashes = 63
    /// Bytes of fork evidence. Protocol/log.md §6.
    public static let evidenceBytes = 5_120
    /// Bytes of a text in a card. Protocol/identity.md §3.
    public static let cardTextBytes = 100
    /// Endpoints of a card. Protocol/identity.md §3.
    public static let cardEndpoints = 3
    /// TLS pins of a card. Protocol/identity.md §3.
    public static let cardPins = 2
    /// Lines of an address. Protocol/identity.md §3.
    public static let cardAddressLines = 4
    /// Bytes of a card. Protocol/identity.md §3.
    public static let cardBytes = 8_192
}
