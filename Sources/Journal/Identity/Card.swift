// SPDX-License-Identifier: EUPL-1.2

/// What a member tells the others about itself. A value is always a card that the protocol accepts.
/// Spec: Protocol/identity.md §3.
public struct Card: Hashable, Sendable {
    /// The member.
    public let oin: OIN
    /// Its name, 1 to 100 bytes without control characters.
    public let name: String
    /// What it is.
    public let kind: MemberKind
    /// The key that signs its log.
    public let logKey: PublicKey
    /// `H(next key)`.
    public let nextKeyHash: Hash
    /// The key on paper.
    public let recoveryKey: PublicKey
    /// The key for secrets between two members.
    public let agreementKey: AgreementKey
    /// The TLS key in use and, after it, the one to come.
    public let pins: [TLSPin]
    /// Where its node can be dialled; none for a node that only dials.
    public let endpoints: [Endpoint]
    /// The municipalities that it stands for, sorted by code.
    public let municipalities: [Municipality]
    /// What an invoice needs.
    public let invoiceFacts: InvoiceFacts?

    /// Makes a card of parts; municipalities are sorted here.
    public init(
        oin: OIN, name: String, kind: MemberKind, logKey: PublicKey, nextKeyHash: Hash,
        recoveryKey: PublicKey, agreementKey: AgreementKey, pins: [TLSPin], endpoints: [Endpoint],
        municipalities: [Municipality] = [], invoiceFacts: InvoiceFacts? = nil
    ) throws(CardRefusal) {
        guard CardText.isValid(name) else { throw .fieldInvalid(2) }
        guard (1...Limits.cardPins).contains(pins.count) else { throw .fieldInvalid(8) }
        guard endpoints.count <= Limits.cardEndpoints else { throw .fieldInvalid(9) }
        let sorted = municipalities.sorted()
        guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .fieldInvalid(10) }
        guard logKey != recoveryKey, logKey.value != agreementKey.value,
              recoveryKey.value != agreementKey.value
        else { throw .keysNotDistinct }
        self.oin = oin
        self.name = name
        self.kind = kind
        self.logKey = logKey
        self.nextKeyHash = nextKeyHash
        self.recoveryKey = recoveryKey
        self.agreementKey = agreementKey
        self.pins = pins
        self.endpoints = endpoints
        self.municipalities = sorted
        self.invoiceFacts = invoiceFacts
        let byteCount = encode().count
        guard byteCount <= Limits.cardBytes else { throw .oversize(bytes: byteCount) }
    }

    /// The canonical bytes, as they stand in a genesis and in entries.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 512)
        writer.map(count: invoiceFacts == nil ? 10 : 11)
        writer.integer(1); writer.text(oin.digits)
        writer.integer(2); writer.text(name)
        writer.integer(3); writer.integer(kind.rawValue)
        writer.integer(4); writer.bytes(logKey)
        writer.integer(5); writer.bytes(nextKeyHash)
        writer.integer(6); writer.bytes(recoveryKey)
        writer.integer(7); writer.bytes(agreementKey)
        writer.integer(8); writer.array(count: pins.count)
        for pin in pins { writer.bytes(pin) }
        writer.integer(9); writer.array(count: endpoints.count)
        for endpoint in endpoints { writer.text(endpoint.description) }
        writer.integer(10); writer.array(count: municipalities.count)
        for municipality in municipalities {
            writer.array(count: 2)
            writer.text(municipality.code)
            writer.text(municipality.name)
        }
        if let invoiceFacts {
            writer.integer(11)
            invoiceFacts.write(to: &writer)
        }
        return writer.bytes
    }
}
