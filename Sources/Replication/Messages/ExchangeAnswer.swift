// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What the other side answers. Spec: Protocol/exchange.md §3.
public struct ExchangeAnswer: Hashable, Sendable {
    /// Key 3: number of the highest epoch held.
    public var epoch: Int
    /// Key 4: digest of the answering side's head table, after it kept what was pushed.
    public var digest: Hash
    /// Key 5: the new token; `nil` where nothing was compared, or where not all of it fits.
    public var token: [UInt8]?
    /// Keys 6 to 10 and 12. Log numbers are those of the request's epoch.
    public var parcel = ExchangeParcel()
    /// Key 14: more is to come.
    public var hasMore = false
    /// Key 15: pushed pages that were not kept.
    public var refusals: [PushRefusal] = []
    /// Key 16: the token means nothing here; the asker sends the full table.
    public var sendFullTable = false

    /// Key 17: epochs held here that may contradict what the asker holds.
    public var epochs: [EpochMention] = []

    /// An answer without content.
    public init(epoch: Int, digest: Hash) {
        self.epoch = epoch
        self.digest = digest
    }

    /// Reads a body. Pages stay parts of `body`; nothing of an entry is copied.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        self.init(epoch: 0, digest: Hash(Bytes32((0, 0, 0, 0))))
        try CBORReader.readBody(body, limit: ExchangeLimits.bodyBytes, mandatory: [1, 3, 4]) {
            key, reader throws(BodyRefusal) in
            if try parcel.read(key, from: &reader, of: body) { return true }
            switch key {
            case 1: _ = try reader.protocolVersion()
            case 3: epoch = try reader.value(key) { reader throws(CBORRefusal) in try reader.unsigned() }
            case 4: digest = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            case 5: token = try reader.value(key) { reader throws(CBORRefusal) in try reader.tokenBytes() }
            case 14: hasMore = try reader.flag(key)
            case 15:
                refusals = try reader.list(key, limit: ExchangeLimits.refusals) { reader throws(CBORRefusal) in
                    try PushRefusal(from: &reader)
                }
            case 16: sendFullTable = try reader.flag(key)
            case 17:
                epochs = try reader.list(key, limit: ExchangeLimits.epochMentions) { reader throws(CBORRefusal) in
                    try EpochMention(from: &reader)
                }
            default: return false
            }
            return true
        }
    }

    /// The one spelling of the answer.
    public func encode() -> [UInt8] { encode(pages: EncodedPages(parcel.pages)) }

    func encode(pages: EncodedPages) -> [UInt8] {
        var body = BodyWriter(capacity: 256 + pages.bytes.count)
        body.add(1) { $0.integer(ExchangeLimits.protocolVersion) }
        body.add(3) { $0.integer(epoch) }
        body.add(4) { $0.bytes(digest) }
        if let token { body.add(5) { $0.bytes(token) } }
        parcel.writeContent(to: &body, pages: pages)
        parcel.writeWants(to: &body)
        if hasMore { body.add(14) { $0.bool(true) } }
        body.list(15, refusals) { $0.write(to: &$1) }
        if sendFullTable { body.add(16) { $0.bool(true) } }
        body.list(17, epochs) { $0.write(to: &$1) }
        return body.finish()
    }
}

extension ExchangeAnswer {
    /// Demands that every log number is one of the vector. Spec: Protocol/exchange.md §4.
    public func checkReferences(_ numbers: LogNumbers) throws(BodyRefusal) {
        for head in parcel.heads where numbers.log(head.log) == nil { throw .logUnknown(key: 6) }
        for page in parcel.pages where numbers.log(page.log) == nil { throw .logUnknown(key: 7) }
        for want in parcel.wants ?? [] where numbers.log(want.log) == nil { throw .logUnknown(key: 12) }
        for refusal in refusals where numbers.log(refusal.log) == nil { throw .logUnknown(key: 15) }
    }
}
