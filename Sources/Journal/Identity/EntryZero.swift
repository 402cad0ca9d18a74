// SPDX-License-Identifier: EUPL-1.2

/// The first entry of a log, which has no free field. Spec: Protocol/identity.md §4.
public struct EntryZero: Hashable, Sendable {
    /// The kind of an entry 0.
    public static let kind: UInt16 = 0

    /// The network.
    public let network: NetworkID
    /// The member.
    public let oin: OIN
    /// The key that signs the log's heads.
    public let logKey: PublicKey
    /// `H(next key)`.
    public let nextKeyHash: Hash
    /// What a successor adds; `nil` for the first log of a member.
    public let succession: Succession?

    /// The entry 0 of a founder or newcomer.
    public init(network: NetworkID, oin: OIN, logKey: PublicKey, nextKeyHash: Hash) {
        self.init(network: network, oin: oin, logKey: logKey, nextKeyHash: nextKeyHash, succession: nil)
    }

    private init(
        network: NetworkID, oin: OIN, logKey: PublicKey, nextKeyHash: Hash, succession: Succession?
    ) {
        self.network = network
        self.oin = oin
        self.logKey = logKey
        self.nextKeyHash = nextKeyHash
        self.succession = succession
    }

    /// The entry 0 that follows from a member's card.
    public init(network: NetworkID, card: Card) {
        self.init(
            network: network, oin: card.oin, logKey: card.logKey, nextKeyHash: card.nextKeyHash)
    }

    /// The entry 0 of a successor, signed by the holder of the next key or the recovery key.
    public init(
        network: NetworkID, oin: OIN, logKey: PublicKey, nextKeyHash: Hash, after end: PredecessorEnd,
        authority: Succession.Authority, signer: some Signing
    ) {
        let draft = Succession(
            end: end, authority: authority, authorityKey: signer.publicKey, signature: .blank)
        let unsigned = EntryZero(
            network: network, oin: oin, logKey: logKey, nextKeyHash: nextKeyHash, succession: draft)
        let signed = Succession(
            end: end, authority: authority, authorityKey: signer.publicKey,
            signature: signer.sign(unsigned.signedMessage(draft)))
        self.init(
            network: network, oin: oin, logKey: logKey, nextKeyHash: nextKeyHash, succession: signed)
    }

    /// The log id, `H(entry bytes)`.
    public func log(_ hashing: some Hashing) -> LogID { LogID(hashing.hash(encode())) }

    /// The name of the log.
    public func origin(_ hashing: some Hashing) -> Origin {
        Origin(network: network, oin: oin, log: log(hashing))
    }

    /// The canonical bytes of the whole entry.
    public func encode() -> [UInt8] {
        var body = CBORWriter(capacity: 400)
        writeFields(to: &body)
        if let succession { body.bytes(succession.signature) }
        return Entry.encode(kind: Self.kind, body: body.bytes)
    }

    private func writeFields(to writer: inout CBORWriter, isSigned: Bool = true) {
        writer.array(count: succession == nil ? 4 : isSigned ? 10 : 9)
        writer.bytes(network)
        writer.text(oin.digits)
        writer.bytes(logKey)
        writer.bytes(nextKeyHash)
        guard let succession else { return }
        writer.bytes(succession.end.log)
        writer.integer(succession.end.size.count)
        writer.bytes(succession.end.root)
        writer.integer(succession.authority.rawValue)
        writer.bytes(succession.authorityKey)
    }

    private func signedMessage(_ succession: Succession) -> [UInt8] {
        var fields = CBORWriter(capacity: 300)
        writeFields(to: &fields, isSigned: false)
        return Array("korf-successor/v1\n".utf8) + fields.bytes
    }

    /// Reads the bytes of an entry as an entry 0.
    public static func parse(_ bytes: [UInt8]) throws(EntryZeroRefusal) -> EntryZero {
        guard let entry = try? Entry.parse(bytes) else { throw .shape }
        return try EntryZero(entry)
    }

    /// Reads an entry as an entry 0.
    public init(_ entry: Entry) throws(EntryZeroRefusal) {
        guard entry.kind == Self.kind, entry.references.isEmpty, entry.commitment == nil else { throw .shape }
        var reader = entry.bodyReader
        let oinText: String
        do throws(CBORRefusal) {
            let count = try reader.array()
            guard count == 4 || count == 10 else { throw .unexpectedItem }
            network = try reader.bytes32()
            oinText = try reader.text()
            logKey = try reader.bytes32()
            nextKeyHash = try reader.bytes32()
            succession = count == 10 ? try Succession(from: &reader) : nil
        } catch { throw .shape }
        guard let oin = OIN(oinText) else { throw .shape }
        self.oin = oin
    }

    /// Demands a founder's or newcomer's entry 0 of this network, with the keys of that member's card.
    /// `keys` answers the log key and next-key hash of a member, `nil` for an OIN that is none.
    public func checkFounder(
        network expected: NetworkID, keys: (OIN) -> (logKey: PublicKey, nextKeyHash: Hash)?
    ) throws(EntryZeroRefusal) {
        guard network == expected else { throw .network }
        guard let keys = keys(oin) else { throw .oin }
        guard succession == nil, keys == (logKey, nextKeyHash) else { throw .notAuthorised }
    }

    /// Demands that this log may follow `predecessor`, a log of the member with that recovery key. Whether the
    /// end is true and whether it is the first such successor is not decided here.
    public func checkSuccession(
        of predecessor: LogIdentity, recoveryKey: PublicKey, _ suite: some CipherSuite
    ) throws(EntryZeroRefusal) {
        guard let succession else { throw .shape }
        guard network == predecessor.origin.network else { throw .network }
        guard oin == predecessor.origin.oin else { throw .oin }
        guard succession.end.log == predecessor.log else { throw .notAuthorised }
        switch succession.authority {
        case .nextKey:
            guard suite.hash(succession.authorityKey) == predecessor.nextKeyHash else { throw .authority }
        case .recoveryKey:
            guard succession.authorityKey == recoveryKey else { throw .authority }
        }
        try checkSignature(suite)
    }

    /// Demands that the signature of a successor is that of the key it names. A founder has none to check.
    public func checkSignature(_ verifier: some SignatureVerifying) throws(EntryZeroRefusal) {
        guard let succession else { return }
        let message = signedMessage(succession)
        guard verifier.verifies(succession.signature, of: message, by: succession.authorityKey) else {
            throw .signature
        }
    }
}
