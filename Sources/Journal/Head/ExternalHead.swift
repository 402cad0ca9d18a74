// SPDX-License-Identifier: EUPL-1.2

/// The text of the file outside the database that remembers how far a log was signed.
/// Spec: Protocol/log.md §7.
public enum ExternalHead: Hashable, Sendable {
    /// Nothing was signed yet: `korf-head/v1 <origin> 0`.
    case empty
    /// The newest own head, as a note.
    case signed(VerifiedHead)

    /// The size that the file vouches for.
    public var size: LogSize {
        switch self {
        case .empty: .empty
        case .signed(let head): head.size
        }
    }

    /// The text of the file.
    public func format(_ log: LogIdentity, _ hashing: some Hashing) -> String {
        switch self {
        case .empty: Self.emptyText(log.origin)
        case .signed(let head): head.signed.note(log, hashing).format()
        }
    }

    /// Reads the text of the file of this log.
    public static func parse(
        _ bytes: [UInt8], of log: LogIdentity, _ suite: some CipherSuite
    ) throws(NoteRefusal) -> ExternalHead {
        if bytes == Array(emptyText(log.origin).utf8) { return .empty }
        return .signed(try VerifiedHead(note: bytes, of: log, suite))
    }

    private static func emptyText(_ origin: Origin) -> String { "korf-head/v1 \(origin) 0\n" }
}
