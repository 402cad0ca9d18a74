// SPDX-License-Identifier: EUPL-1.2

/// Why a key could not be made, read or stored. A failure of the world, not of a peer.
public enum KeyError: Error, Equatable, Sendable {
    /// A file operation failed; `errno` is the system's number.
    case file(operation: String, errno: Int32)
    /// The file may be read by others than its owner.
    case permissions(mode: UInt32)
    /// Not the PEM text of a PKCS #8 key of the expected algorithm.
    case format
    /// OpenSSL refused, such as for want of memory or randomness.
    case library
}
