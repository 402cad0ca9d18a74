// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Why a certificate, key, anchor or revocation file is not usable.
public enum IdentityFailure: Error, Equatable, Sendable, CustomStringConvertible {
    case fileUnreadable(path: String, errno: Int32)
    case fileTooLarge(path: String, limit: Int)
    case fileExists(path: String)
    /// Someone else may read the key; its mode must be 0600 or 0400.
    case keyReadableByOthers(path: String, mode: UInt32)
    case noCertificate(path: String)
    case noKey(path: String)
    case noRevocationList(path: String)
    case malformed(path: String)
    case keyDoesNotFitCertificate
    case subjectWithoutOIN
    case subjectWithSeveralOINs
    case malformedOIN(String)
    case unusableName(String)
    case library(String)

    public var description: String {
        switch self {
        case .fileUnreadable(let path, let code):
            "\(path) cannot be read or written: \(String(cString: strerror(code)))."
        case .fileTooLarge(let path, let limit): "\(path) is larger than \(limit) bytes."
        case .fileExists(let path): "\(path) exists already and is not replaced."
        case .keyReadableByOthers(let path, let mode):
            "\(path) has mode \(String(mode, radix: 8)); a key file must have mode 600 or 400."
        case .noCertificate(let path): "\(path) holds no PEM certificate."
        case .noKey(let path): "\(path) holds no PEM private key."
        case .noRevocationList(let path): "\(path) holds no PEM revocation list."
        case .malformed(let path): "\(path) holds a PEM block that cannot be read."
        case .keyDoesNotFitCertificate: "The private key does not belong to the first certificate."
        case .subjectWithoutOIN: "The certificate's subject has no serialNumber, so no OIN."
        case .subjectWithSeveralOINs: "The certificate's subject has more than one serialNumber."
        case .malformedOIN(let text): "The certificate's subject.serialNumber \(text) is no OIN of 20 digits."
        case .unusableName(let name): "\(name) cannot be a name in a certificate."
        case .library(let reason): "OpenSSL: \(reason)."
        }
    }
}
