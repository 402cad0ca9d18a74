// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Asks for the newest head that the other side holds of a log: how a node that starts learns whether the
/// others know more of its own log than it does. Spec: Protocol/exchange.md §5.
public struct HeadRequest: Hashable, Sendable {
    /// The log.
    public let log: LogID

    /// Asks about `log`.
    public init(log: LogID) { self.log = log }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var log: LogID?
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1]) {
            key, reader throws(BodyRefusal) in
            guard key == 1 else { return false }
            log = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            return true
        }
        guard let log else { throw .field(key: 1) }
        self.init(log: log)
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { $0.bytes(log) }
        return body.finish()
    }
}

/// The newest head held, or none. Spec: Protocol/exchange.md §5.
public struct HeadAnswer: Hashable, Sendable {
    /// The head; `nil` where nothing of the log is held.
    public let head: SignedHead?

    /// An answer.
    public init(head: SignedHead?) { self.head = head }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var head: SignedHead?
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1]) {
            key, reader throws(BodyRefusal) in
            guard key == 1 else { return false }
            head = try reader.value(key) { reader throws(CBORRefusal) in
                reader.skipNull() ? nil : try SignedHead(from: &reader)
            }
            return true
        }
        self.init(head: head)
    }

    /// The one spelling of the answer.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { writer in
            if let head { head.write(to: &writer) } else { writer.null() }
        }
        return body.finish()
    }
}
