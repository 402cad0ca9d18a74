// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What a request and an answer both may carry: keys 6 to 10 and 12. Spec: Protocol/exchange.md §2.
public struct ExchangeParcel: Hashable, Sendable {
    /// Key 6: heads that the other side may lack.
    public var heads: [HeadMention] = []
    /// Key 7: entries.
    public var pages: [ReferencedPage] = []
    /// Key 8: commitments of texts that this side lacks.
    public var textsWanted: [TextCommitment] = []
    /// Key 9: texts that the other side wanted.
    public var texts: [SaltedText] = []
    /// Key 10: fork evidence, each item as its canonical bytes.
    public var evidence: [[UInt8]] = []
    /// Key 12: where the other side shall go on; `nil` when the key is absent.
    public var wants: [Want]?

    /// An empty parcel.
    public init() {}

    /// Reads the value of `key`; `false` where the key is none of these.
    mutating func read(
        _ key: Int, from reader: inout CBORReader, of body: [UInt8]
    ) throws(BodyRefusal) -> Bool {
        switch key {
        case 6:
            heads = try reader.list(key, limit: ExchangeLimits.heads) { reader throws(CBORRefusal) in
                try HeadMention(from: &reader)
            }
        case 7:
            pages = try reader.list(key, limit: ExchangeLimits.pages) { reader throws(CBORRefusal) in
                try ReferencedPage(from: &reader, of: body)
            }
        case 8:
            textsWanted = try reader.list(key, limit: ExchangeLimits.texts) { reader throws(CBORRefusal) in
                try reader.bytes32()
            }
        case 9:
            texts = try reader.list(key, limit: ExchangeLimits.texts) { reader throws(CBORRefusal) in
                try SaltedText(from: &reader)
            }
        case 10:
            evidence = try reader.list(key, limit: ExchangeLimits.evidence) { reader throws(CBORRefusal) in
                Array(try reader.bytes())
            }
        case 12:
            wants = try reader.list(key, limit: ExchangeLimits.wants) { reader throws(CBORRefusal) in
                try Want(from: &reader)
            }
        default:
            return false
        }
        return true
    }

    /// Keys 6 to 10, where not empty.
    func writeContent(to body: inout BodyWriter, pages: EncodedPages) {
        body.list(6, heads) { $0.write(to: &$1) }
        if pages.count > 0 {
            body.add(7) { writer in
                writer.array(count: pages.count)
                writer.raw(pages.bytes)
            }
        }
        body.list(8, textsWanted) { $1.bytes($0) }
        body.list(9, texts) { $0.write(to: &$1) }
        body.list(10, evidence) { $1.bytes($0) }
    }

    /// Key 12, where present.
    func writeWants(to body: inout BodyWriter) {
        guard let wants else { return }
        body.add(12) { writer in
            writer.array(count: wants.count)
            for want in wants { want.write(to: &writer) }
        }
    }
}

/// Pages as they stand in a body, one after the other.
struct EncodedPages {
    var count = 0
    var bytes: [UInt8] = []

    init() {}

    init(_ pages: [ReferencedPage]) {
        count = pages.count
        var writer = CBORWriter()
        for page in pages { page.write(to: &writer) }
        bytes = writer.bytes
    }

    mutating func append(_ page: [UInt8]) {
        count += 1
        bytes.append(contentsOf: page)
    }
}
