// SPDX-License-Identifier: EUPL-1.2

/// What a member is. Spec: Protocol/identity.md §3, key 3.
public enum MemberKind: Int, Sendable, CaseIterable {
    case municipality = 1
    case province = 2
    case waterBoard = 3
    /// A joint arrangement with legal personality.
    case jointArrangement = 4
    case other = 5
}

/// A municipality that a member stands for. Spec: Protocol/identity.md §3, key 10.
public struct Municipality: Hashable, Sendable, Comparable {
    /// `GM` and four digits.
    public let code: String
    /// The name.
    public let name: String

    /// `nil` unless the code is `GM` and four digits and the name is a text of a card.
    public init?(code: String, name: String) {
        let bytes = Array(code.utf8)
        guard bytes.count == 6, code.hasPrefix("GM"), bytes[2...].allSatisfy({ (0x30...0x39).contains($0) }),
              CardText.isValid(name)
        else { return nil }
        self.code = code
        self.name = name
    }

    /// By code.
    public static func < (left: Self, right: Self) -> Bool { left.code < right.code }
}

/// What an invoice needs to say of a member; each part optional. Spec: Protocol/identity.md §3, key 11.
public struct InvoiceFacts: Hashable, Sendable {
    /// One to four lines of the address, or none at all.
    public let addressLines: [String]
    /// The postal code.
    public let postalCode: String?
    /// The city.
    public let city: String?
    /// The number in the trade register (KvK), eight digits.
    public let kvk: String?
    /// The VAT identification.
    public let vatID: String?
    /// The account.
    public let iban: String?
    /// The electronic address, `scheme:id`.
    public let electronicAddress: String?

    /// `nil` when one of the parts is not of its form.
    public init?(
        addressLines: [String] = [], postalCode: String? = nil, city: String? = nil, kvk: String? = nil,
        vatID: String? = nil, iban: String? = nil, electronicAddress: String? = nil
    ) {
        let texts = addressLines + [postalCode, city, kvk, vatID, iban, electronicAddress].compactMap(\.self)
        guard addressLines.count <= Limits.cardAddressLines, texts.allSatisfy(CardText.isValid),
              kvk.map({ $0.utf8.count == 8 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) ?? true,
              electronicAddress.map(Self.hasScheme) ?? true
        else { return nil }
        self.addressLines = addressLines
        self.postalCode = postalCode
        self.city = city
        self.kvk = kvk
        self.vatID = vatID
        self.iban = iban
        self.electronicAddress = electronicAddress
    }

    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: 0x3A) else { return false }
        return colon != text.utf8.startIndex && text.utf8.index(after: colon) != text.utf8.endIndex
    }

    private var texts: [(key: Int, text: String)] {
        [(2, postalCode), (3, city), (4, kvk), (5, vatID), (6, iban), (7, electronicAddress)]
            .compactMap { key, text in text.map { (key, $0) } }
    }

    /// Writes the canonical map.
    public func write(to writer: inout CBORWriter) {
        let texts = texts
        writer.map(count: texts.count + (addressLines.isEmpty ? 0 : 1))
        if !addressLines.isEmpty {
            writer.integer(1)
            writer.array(count: addressLines.count)
            for line in addressLines { writer.text(line) }
        }
        for (key, text) in texts {
            writer.integer(key)
            writer.text(text)
        }
    }

    /// Reads the map; `nil` when one of its parts is not of its form.
    public init?(from reader: inout CBORReader) throws(CBORRefusal) {
        var map = try reader.map()
        var lines: [String] = []
        var read: [Int64: String] = [:]
        while let key = try reader.nextKey(of: &map) {
            switch key {
            case .integer(1):
                let count = try reader.array()
                guard count > 0 else { return nil }
                for _ in 0..<count { lines.append(try reader.text()) }
            case .integer(let number) where (2...7).contains(number): read[number] = try reader.text()
            default: return nil
            }
        }
        self.init(
            addressLines: lines, postalCode: read[2], city: read[3], kvk: read[4], vatID: read[5],
            iban: read[6], electronicAddress: read[7])
    }
}

/// The form of a text in a card: 1 to 100 bytes, no control characters. Spec: Protocol/identity.md §3.
enum CardText {
    static func isValid(_ text: String) -> Bool {
        (1...Limits.cardTextBytes).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
