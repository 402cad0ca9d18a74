// SPDX-License-Identifier: EUPL-1.2
import Glibc

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

extension KeyError: CustomStringConvertible {
    /// What is wrong and what would be right, in one sentence.
    public var description: String {
        switch self {
        case .file(let operation, let code): "cannot \(operation) the key file: \(String(cString: strerror(code)))"
        case .permissions(let mode):
            "others may read this key file (mode 0\(String(mode, radix: 8))); only its owner may: chmod 600"
        case .format: "this is no PEM file with a PKCS #8 key of the expected algorithm"
        case .library: "OpenSSL refused"
        }
    }
}
