// SPDX-License-Identifier: EUPL-1.2

extension Card {
    /// Reads the canonical bytes of a card. Spec: Protocol/identity.md §3 and §6.
    public static func parse(_ bytes: [UInt8]) throws(CardRefusal) -> Card {
        guard bytes.count <= Limits.cardBytes else { throw .oversize(bytes: bytes.count) }
        do throws(CBORRefusal) { try CBORReader.check(bytes) } catch { throw .notCanonical }
        var fields = CardFields()
        var reader = CBORReader(bytes)
        do throws(CBORRefusal) {
            var map = try reader.map()
            while let key = try reader.nextKey(of: &map) {
                let value = CBORReader(bytes, in: reader.position..<bytes.count)
                try reader.skipItem(depth: 1)
                fields.note(key, value)
            }
        } catch { throw .notCanonical }
        return try fields.card()
    }
}

/// The values of a card by key, before they are given their types.
private struct CardFields {
    private static let mandatory = 1...10
    private var values: [Int: CBORReader] = [:]
    private var unknown: CardRefusal?

    mutating func note(_ key: CBORKey, _ value: CBORReader) {
        switch key {
        case .integer(let number) where (1...11).contains(number): values[Int(number)] = value
        case .integer(let number): unknown = unknown ?? .fieldUnknown(Int(number))
        case .text: unknown = unknown ?? .fieldUnknown(nil)
        }
    }

    func card() throws(CardRefusal) -> Card {
        for key in Self.mandatory where values[key] == nil { throw .fieldMissing(key) }
        if let unknown { throw unknown }
        let oin = try value(1) { reader throws(CBORRefusal) in OIN(try reader.text()) }
        let name = try value(2) { reader throws(CBORRefusal) in
            let text = try reader.text()
            return CardText.isValid(text) ? text : nil
        }
        let kind = try value(3) { reader throws(CBORRefusal) in MemberKind(rawValue: try reader.unsigned()) }
        let logKey: PublicKey = try value(4) { reader throws(CBORRefusal) in try reader.bytes32() }
        let nextKeyHash: Hash = try value(5) { reader throws(CBORRefusal) in try reader.bytes32() }
        let recoveryKey: PublicKey = try value(6) { reader throws(CBORRefusal) in try reader.bytes32() }
        let agreementKey: AgreementKey = try value(7) { reader throws(CBORRefusal) in try reader.bytes32() }
        let pins: [TLSPin] = try list(8, 1...Limits.cardPins) { reader throws(CBORRefusal) in
            try reader.bytes32()
        }
        let endpoints = try list(9, 0...Limits.cardEndpoints) { reader throws(CBORRefusal) in
            Endpoint(try reader.text())
        }
        let municipalities = try list(10, 0...Limits.cardBytes) { reader throws(CBORRefusal) in
            try reader.array(count: 2)
            return Municipality(code: try reader.text(), name: try reader.text())
        }
        guard municipalities == municipalities.sorted() else { throw .fieldInvalid(10) }
        var facts: InvoiceFacts?
        if values[11] != nil {
            facts = try value(11) { reader throws(CBORRefusal) in try InvoiceFacts(from: &reader) }
        }
        return try Card(
            oin: oin, name: name, kind: kind, logKey: logKey, nextKeyHash: nextKeyHash,
            recoveryKey: recoveryKey, agreementKey: agreementKey, pins: pins, endpoints: endpoints,
            municipalities: municipalities, invoiceFacts: facts)
    }

    private func value<Value>(
        _ key: Int, _ read: (inout CBORReader) throws(CBORRefusal) -> Value?
    ) throws(CardRefusal) -> Value {
        guard var reader = values[key] else { throw .fieldMissing(key) }
        let value: Value?
        do throws(CBORRefusal) { value = try read(&reader) } catch { throw .fieldInvalid(key) }
        guard let value else { throw .fieldInvalid(key) }
        return value
    }

    private func list<Element>(
        _ key: Int, _ counts: ClosedRange<Int>,
        _ read: (inout CBORReader) throws(CBORRefusal) -> Element?
    ) throws(CardRefusal) -> [Element] {
        try value(key) { reader throws(CBORRefusal) in
            let count = try reader.array()
            guard counts.contains(count) else { return nil }
            var elements: [Element] = []
            for _ in 0..<count {
                guard let element = try read(&reader) else { return nil }
                elements.append(element)
            }
            return elements
        }
    }
}
