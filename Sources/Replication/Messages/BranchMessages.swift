// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Asks for entries of the branch of a log that has a root at a size, as an epoch or a named end says that it stands.
/// Spec: Protocol/exchange.md §5.
public struct BranchRequest: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// Size and root by which the branch is known.
    public let head: Head
    /// The first entry wanted, below the size.
    public let from: EntryIndex

    /// A request.
    public init(log: LogID, head: Head, from: EntryIndex) {
        self.log = log
        self.head = head
        self.from = from
    }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var log: LogID?
        var head: Head?
        var from = EntryIndex.zero
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1, 2, 3]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: log = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            case 2:
                head = try reader.value(key) { reader throws(CBORRefusal) in
                    try reader.array(count: 2)
                    let size = LogSize(known: try reader.integer(in: 1...Int.max))
                    return Head(size: size, root: try reader.bytes32())
                }
            case 3:
                from = try reader.value(key) { reader throws(CBORRefusal) in EntryIndex(known: try reader.unsigned()) }
            default: return false
            }
            return true
        }
        guard let log, let head else { throw .field(key: log == nil ? 1 : 2) }
        guard from < head.size.next else { throw .field(key: 3) }
        self.init(log: log, head: head, from: from)
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { $0.bytes(log) }
        body.add(2) { writer in
            writer.array(count: 2)
            writer.integer(head.size.count)
            writer.bytes(head.root)
        }
        body.add(3) { $0.integer(from.position) }
        return body.finish()
    }
}

/// Entries of a branch, with what shows that they lie on it; or nothing. Spec: Protocol/exchange.md §5.
public struct BranchAnswer: Hashable, Sendable {
    /// A part of the branch.
    public struct Part: Hashable, Sendable {
        /// Entries under a signed head, as in an exchange; their log is named by its id.
        public let page: ReferencedPage
        /// The roots of what follows the entries, up to the size that was asked for.
        public let hashes: [Hash]

        /// A part.
        public init(page: ReferencedPage, hashes: [Hash]) {
            self.page = page
            self.hashes = hashes
        }
    }

    /// The part; `nil` where this branch is not held that far.
    public let part: Part?

    /// An answer.
    public init(part: Part?) { self.part = part }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var part: Part?
        try CBORReader.readBody(body, limit: ExchangeLimits.bodyBytes, mandatory: [1]) {
            key, reader throws(BodyRefusal) in
            guard key == 1 else { return false }
            part = try reader.value(key) { reader throws(CBORRefusal) in
                reader.skipNull() ? nil : try Part(from: &reader, of: body)
            }
            return true
        }
        self.init(part: part)
    }

    /// The one spelling of the answer.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { writer in
            if let part { part.write(to: &writer) } else { writer.null() }
        }
        return body.finish()
    }
}

extension BranchAnswer.Part {
    init(from reader: inout CBORReader, of body: [UInt8]) throws(CBORRefusal) {
        try reader.array(count: 2)
        page = try ReferencedPage(from: &reader, of: body)
        guard case .id = page.log else { throw .unexpectedItem }
        let count = try reader.array()
        guard count <= Limits.rightHandHashes else { throw .unexpectedItem }
        var hashes: [Hash] = []
        for _ in 0..<count { hashes.append(try reader.bytes32()) }
        self.hashes = hashes
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 2)
        page.write(to: &writer)
        writer.array(count: hashes.count)
        for hash in hashes { writer.bytes(hash) }
    }

    /// The entries for admission.
    public func page(of log: LogID) -> Page { page.page(of: log) }

    /// The part of a page; its log is named by its id.
    public init(_ page: Page, hashes: [Hash]) {
        self.init(
            page: ReferencedPage(
                log: .id(page.log), from: page.from, headSize: page.headSize, headSignature: page.signature,
                entries: page.entries, rightHandHashes: page.rightHandHashes),
            hashes: hashes)
    }
}
