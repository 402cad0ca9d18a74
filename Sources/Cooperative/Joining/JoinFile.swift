// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a node needs to take part: the genesis, and where up to three members are reached. Public; it gives no right.
/// Spec: Protocol/membership.md §1.
public struct JoinFile: Hashable, Sendable {
    /// A member that may be asked, and how it proves to be that member.
    public struct Address: Hashable, Sendable {
        /// The member.
        public let oin: OIN
        /// Where its node is dialled; one to three.
        public let endpoints: [Endpoint]
        /// Its TLS keys; one or two.
        public let pins: [TLSPin]

        /// `nil` unless there are one to three endpoints and one or two pins.
        public init?(oin: OIN, endpoints: [Endpoint], pins: [TLSPin]) {
            guard (1...Limits.cardEndpoints).contains(endpoints.count), (1...Limits.cardPins).contains(pins.count)
            else { return nil }
            self.oin = oin
            self.endpoints = endpoints
            self.pins = pins
        }
    }

    /// How the file's name ends.
    public static let fileExtension = "korf-join"
    private static let armour = Armour("KORF JOIN")

    /// The network.
    public let genesis: Genesis
    /// One to three, each member once.
    public let addresses: [Address]

    /// `nil` unless there are one to three addresses of different members.
    public init?(genesis: Genesis, addresses: [Address]) {
        guard Self.isList(addresses) else { return nil }
        self.genesis = genesis
        self.addresses = addresses
    }

    /// Reads the text of a JOIN file; the genesis in it is checked whole.
    public init(text: String, _ hashing: some Hashing) throws(JoinFileRefusal) {
        guard text.utf8.count <= CooperativeLimits.joinFileBytes else { throw .oversize(bytes: text.utf8.count) }
        guard let bytes = Self.armour.bytes(text) else { throw .shape }
        do throws(CBORRefusal) { try CBORReader.check(bytes) } catch { throw .notCanonical }
        let parts: JoinFileParts
        do throws(CBORRefusal) { parts = try JoinFileParts(bytes) } catch { throw .field }
        guard Self.isList(parts.addresses) else { throw .field }
        do throws(GenesisRefusal) { genesis = try Genesis.parse(parts.genesis, hashing) } catch {
            throw .genesis(error)
        }
        addresses = parts.addresses
    }

    private static func isList(_ addresses: [Address]) -> Bool {
        (1...CooperativeLimits.joinAddresses).contains(addresses.count)
            && Set(addresses.map(\.oin)).count == addresses.count
    }

    /// Whether a file says of itself to be a JOIN file, whatever follows its first line.
    public static func isNamed(by bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(28), as: UTF8.self).hasPrefix("-----BEGIN KORF JOIN-----")
    }

    /// The text of the file.
    public var text: String {
        var writer = CBORWriter(capacity: genesis.bytes.count + 1_024)
        writer.map(count: 2)
        writer.integer(1); writer.bytes(genesis.bytes)
        writer.integer(2); writer.array(count: addresses.count)
        for address in addresses {
            writer.array(count: 3)
            writer.text(address.oin.digits)
            writer.array(count: address.endpoints.count)
            for endpoint in address.endpoints { writer.text(endpoint.description) }
            writer.array(count: address.pins.count)
            for pin in address.pins { writer.bytes(pin) }
        }
        return Self.armour.text(writer.bytes)
    }
}

/// Why a text is no JOIN file. Spec: Protocol/membership.md §1.
public enum JoinFileRefusal: Error, Equatable, Sendable {
    /// Longer than `CooperativeLimits.joinFileBytes`.
    case oversize(bytes: Int)
    /// Not the text that `korf` writes.
    case shape
    /// Not one canonical item.
    case notCanonical
    /// Not a map of the two keys, or a value that is not of its form.
    case field
    /// The genesis in it is none.
    case genesis(GenesisRefusal)

    /// The reason as it is written in the vectors.
    public var reason: String {
        switch self {
        case .oversize: "join-oversize"
        case .shape: "join-shape"
        case .notCanonical: "join-not-canonical"
        case .field: "join-field"
        case .genesis(let refusal): refusal.reason.rawValue
        }
    }
}

/// The values of a JOIN file, the genesis not yet read. Any error of reading means that a value has another form.
private struct JoinFileParts {
    let genesis: [UInt8]
    let addresses: [JoinFile.Address]

    init(_ bytes: [UInt8]) throws(CBORRefusal) {
        var reader = CBORReader(bytes)
        var map = try reader.map()
        guard try reader.nextKey(of: &map) == .integer(1) else { throw .unexpectedItem }
        genesis = Array(try reader.bytes())
        guard try reader.nextKey(of: &map) == .integer(2) else { throw .unexpectedItem }
        var addresses: [JoinFile.Address] = []
        for _ in 0..<(try reader.array()) { addresses.append(try Self.address(&reader)) }
        guard try reader.nextKey(of: &map) == nil else { throw .unexpectedItem }
        self.addresses = addresses
    }

    private static func address(_ reader: inout CBORReader) throws(CBORRefusal) -> JoinFile.Address {
        try reader.array(count: 3)
        let oin = OIN(try reader.text())
        var endpoints: [Endpoint] = []
        for _ in 0..<(try reader.array()) {
            guard let endpoint = Endpoint(try reader.text()) else { throw .unexpectedItem }
            endpoints.append(endpoint)
        }
        var pins: [TLSPin] = []
        for _ in 0..<(try reader.array()) { pins.append(try reader.bytes32()) }
        guard let oin, let address = JoinFile.Address(oin: oin, endpoints: endpoints, pins: pins) else {
            throw .unexpectedItem
        }
        return address
    }
}
