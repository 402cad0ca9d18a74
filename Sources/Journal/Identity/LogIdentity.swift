// SPDX-License-Identifier: EUPL-1.2

/// What entry 0 settles for the whole of a log. Spec: Protocol/identity.md §4 and §5.
public struct LogIdentity: Hashable, Sendable {
    /// The full name.
    public let origin: Origin
    /// The key that signs the heads.
    public let key: PublicKey
    /// The hash of the key that may authorise a successor.
    public let nextKeyHash: Hash

    /// The log's id.
    public var log: LogID { origin.log }

    /// An identity that a store kept. Whether it is true is seen by the log's id and the heads' signatures.
    public init(origin: Origin, key: PublicKey, nextKeyHash: Hash) {
        self.origin = origin
        self.key = key
        self.nextKeyHash = nextKeyHash
    }

    /// The identity that follows from an entry 0. Whether that log is authorised is another question.
    public init(_ entryZero: EntryZero, _ hashing: some Hashing) {
        origin = entryZero.origin(hashing)
        key = entryZero.logKey
        nextKeyHash = entryZero.nextKeyHash
    }
}
