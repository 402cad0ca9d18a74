// SPDX-License-Identifier: EUPL-1.2
import Cryptography
public import Notation
import Transport

/// Why a node or a network was not made. Nothing is half-made: what was written is named or removed.
public enum FoundingFailure: Error, Sendable, CustomStringConvertible {
    /// A file or folder could not be used.
    case file(String)
    /// A value given by the operator is not what it has to be.
    case value(String)
    /// A document has findings.
    case document(String, [Finding])
    /// A key or certificate is not usable.
    case key(String)

    public var description: String {
        switch self {
        case .file(let sentence), .value(let sentence), .key(let sentence): sentence
        case .document(let path, let findings):
            findings.map { "\(path): \($0)" }.joined(separator: "\n")
        }
    }
}

extension FoundingFailure {
    init(_ failure: FileFailure) { self = .file(failure.description) }
    init(_ failure: KeyError, _ path: String) { self = .key("\(path): \(failure)") }
    init(_ failure: IdentityFailure, _ path: String) { self = .key("\(path): \(failure)") }
}
