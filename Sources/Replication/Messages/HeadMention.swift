// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A head as messages carry it: the receiver rebuilds the signed text once it knows the root.
/// Until then it is a claim. Spec: Protocol/exchange.md §1.
public struct HeadMention: Hashable, Sendable {
    /// The log.
    public let log: LogReference
    /// How many entries the head covers, at least one.
    public let size: LogSize
    /// The owner's signature over the head's text.
    public let signature: Signature
    /// How many entries the sender holds; less than `size` while it catches up, and only then written.
    public let held: LogSize

    /// A head of `log` of which `held` entries are held; all where `nil`.
    public init(log: LogReference, size: LogSize, signature: Signature, held: LogSize? = nil) {
        self.log = log
        self.size = size
        self.signature = signature
        self.held = held ?? size
        precondition(self.held >= 1 && self.held <= size, "a head signs what is held, and something is")
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        let count = try reader.array()
        guard count == 3 || count == 4 else { throw .unexpectedItem }
        log = try LogReference(from: &reader)
        size = LogSize(known: try reader.integer(in: 1...Int.max))
        signature = try reader.signature()
        guard count == 4 else {
            held = size
            return
        }
        let partial = try reader.integer(in: 1...Int.max)
        guard partial < size.count else { throw .unexpectedItem }
        held = LogSize(known: partial)
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: held == size ? 3 : 4)
        log.write(to: &writer)
        writer.integer(size.count)
        writer.bytes(signature)
        if held < size { writer.integer(held.count) }
    }
}
