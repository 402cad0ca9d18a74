// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What one side asks. Spec: Protocol/exchange.md §2.
public struct ExchangeRequest: Hashable, Sendable {
    /// Key 2: the rule version that the asker folds by.
    public var ruleVersion: Int
    /// Key 3: number of the highest epoch held.
    public var epoch: Int
    /// Key 4: digest of the asker's head table.
    public var digest: Hash
    /// Key 5: the partner's token as it was given; `nil` asks for a full exchange.
    public var token: [UInt8]?
    /// Keys 6 to 10 and 12.
    public var parcel = ExchangeParcel()
    /// Key 11: the epoch whose vector gives the log numbers of request and answer.
    public var numberingEpoch = 0
    /// Key 13: most bytes of pages wanted in the answer.
    public var pagesBytes: Int?

    /// Key 17: hash of that epoch; `nil` at epoch 0, which is the network's own.
    public var epochHash: Hash?

    /// A request without heads, pages or wants.
    public init(ruleVersion: Int, epoch: Int, digest: Hash) {
        self.ruleVersion = ruleVersion
        self.epoch = epoch
        self.digest = digest
    }

    /// Whether nothing is to be compared: only what is named is answered. Spec: Protocol/exchange.md §3.
    public var isContinuation: Bool { parcel.wants != nil }

    /// Reads a body. Pages stay parts of `body`; nothing of an entry is copied.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        self.init(ruleVersion: 0, epoch: 0, digest: Hash(Bytes32((0, 0, 0, 0))))
        try CBORReader.readBody(body, limit: ExchangeLimits.bodyBytes, mandatory: [1, 2, 3, 4]) {
            key, reader throws(BodyRefusal) in
            if try parcel.read(key, from: &reader, of: body) { return true }
            switch key {
            case 1: _ = try reader.protocolVersion()
            case 2: ruleVersion = try reader.value(key) { reader throws(CBORRefusal) in try reader.unsigned() }
            case 3: epoch = try reader.value(key) { reader throws(CBORRefusal) in try reader.unsigned() }
            case 4: digest = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            case 5: token = try reader.value(key) { reader throws(CBORRefusal) in try reader.tokenBytes() }
            case 11:
                numberingEpoch = try reader.value(key) { reader throws(CBORRefusal) in try reader.unsigned() }
            case 13:
                pagesBytes = try reader.value(key) { reader throws(CBORRefusal) in
                    try reader.integer(in: 0...ExchangeLimits.pagesBytes)
                }
            case 17: epochHash = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            default: return false
            }
            return true
        }
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] { encode(pages: EncodedPages(parcel.pages)) }

    func encode(pages: EncodedPages) -> [UInt8] {
        var body = BodyWriter(capacity: 256 + pages.bytes.count)
        body.add(1) { $0.integer(ExchangeLimits.protocolVersion) }
        body.add(2) { $0.integer(ruleVersion) }
        body.add(3) { $0.integer(epoch) }
        body.add(4) { $0.bytes(digest) }
        if let token { body.add(5) { $0.bytes(token) } }
        parcel.writeContent(to: &body, pages: pages)
        if numberingEpoch > 0 { body.add(11) { $0.integer(numberingEpoch) } }
        parcel.writeWants(to: &body)
        if let pagesBytes { body.add(13) { $0.integer(pagesBytes) } }
        if let epochHash { body.add(17) { $0.bytes(epochHash) } }
        return body.finish()
    }
}

extension CBORReader {
    /// A token of the other side: bytes without a meaning here.
    mutating func tokenBytes() throws(CBORRefusal) -> [UInt8] {
        let token = try bytes()
        guard (1...ExchangeLimits.tokenBytes).contains(token.count) else { throw .unexpectedItem }
        return Array(token)
    }
}
