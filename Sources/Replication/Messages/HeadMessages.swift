// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Asks for the newest head that the other side holds of a log: how a node that starts learns whether the
/// others know more of its own log than it does. Spec: Protocol/exchange.md §5.
public struct HeadRequest: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The member whose answer is wanted: it is asked in the asker's place.
    public let member: OIN?

    /// Asks about `log`.
    public init(log: LogID, heldBy member: OIN? = nil) { (self.log, self.member) = (log, member) }

    /// Reads a body.
    public init(decoding body: [UInt8]) throws(BodyRefusal) {
        var log: LogID?
        var member: OIN?
        try CBORReader.readBody(body, limit: ExchangeLimits.smallBodyBytes, mandatory: [1]) {
            key, reader throws(BodyRefusal) in
            switch key {
            case 1: log = try reader.value(key) { reader throws(CBORRefusal) in try reader.bytes32() }
            case 2:
                let digits = try reader.value(key) { reader throws(CBORRefusal) in try reader.text() }
                guard let oin = OIN(digits) else { throw .field(key: key) }
                member = oin
            default: return false
            }
            return true
        }
        guard let log else { throw .field(key: 1) }
        self.init(log: log, heldBy: member)
    }

    /// The one spelling of the request.
    public func encode() -> [UInt8] {
        var body = BodyWriter()
        body.add(1) { $0.bytes(log) }
        if let member { body.add(2) { $0.text(member.digits) } }
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
