// SPDX-License-Identifier: EUPL-1.2

/// Where a log ends, as its successor says. Spec: Protocol/identity.md §4.
public struct PredecessorEnd: Hashable, Sendable {
    /// The log that ends.
    public let log: LogID
    /// Its size at the end, at least 1.
    public let size: LogSize
    /// Its root at that size.
    public let root: Hash

    /// `nil` when the size is 0: every log has an entry 0.
    public init?(log: LogID, size: LogSize, root: Hash) {
        guard size >= 1 else { return nil }
        self.log = log
        self.size = size
        self.root = root
    }
}

/// The part of an entry 0 that only a successor has. Spec: Protocol/identity.md §4.
public struct Succession: Hashable, Sendable {
    /// Which key authorises.
    public enum Authority: Int, Sendable, CaseIterable {
        case nextKey = 0
        case recoveryKey = 1
    }

    /// The end of the predecessor.
    public let end: PredecessorEnd
    /// Which key authorises.
    public let authority: Authority
    /// That key.
    public let authorityKey: PublicKey
    /// Its signature over the nine fields before it.
    public let signature: Signature

    init(end: PredecessorEnd, authority: Authority, authorityKey: PublicKey, signature: Signature) {
        self.end = end
        self.authority = authority
        self.authorityKey = authorityKey
        self.signature = signature
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        let log: LogID = try reader.bytes32()
        let size = LogSize(known: try reader.unsigned())
        guard let end = PredecessorEnd(log: log, size: size, root: try reader.bytes32()),
              let authority = Authority(rawValue: try reader.unsigned())
        else { throw .unexpectedItem }
        self.end = end
        self.authority = authority
        authorityKey = try reader.bytes32()
        signature = try reader.signature()
    }
}

extension Signature {
    /// Stands in while the message to sign is written; never leaves this module.
    static let blank = Signature(first: Bytes32((0, 0, 0, 0)), second: Bytes32((0, 0, 0, 0)))
}

/// Why an entry 0 is refused. Spec: Protocol/identity.md §6.
public enum EntryZeroRefusal: Error, Equatable, Sendable {
    /// Not an entry of kind 0 with the fields of a founder or a successor.
    case shape
    /// Of another network.
    case network
    /// Of no member, or not of the predecessor's.
    case oin
    /// The keys are not those of the member's card, or the predecessor is not the log to be succeeded.
    case notAuthorised
    /// The key that authorises is neither the next key nor the recovery key, as it says to be.
    case authority
    /// The signature of the successor does not verify.
    case signature

    /// The reason as it is written on the wire and in the vectors.
    public var reason: String {
        switch self {
        case .shape: "entry0-shape"
        case .network: "entry0-network"
        case .oin: "entry0-oin"
        case .authority: "successor-authority"
        case .signature: "successor-signature"
        case .notAuthorised: "log-not-authorised"
        }
    }
}
