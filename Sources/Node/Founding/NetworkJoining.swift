// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
import Cryptography
import Journal
public import Notation
import Transport

/// `korf network join`: taking part in a network with a JOIN file, or as a founder with the genesis alone. Everything
/// is checked before anything is written. Spec: Protocol/membership.md §1.
public struct NetworkJoining: Sendable {
    /// The network.
    public let genesis: Genesis
    /// Whether this node's member founded it; else it is a newcomer that the members have to admit.
    public let isFounder: Bool
    private let introduction: JoinFile?
    private let configuration: Configuration

    /// Reads and checks the file that was handed over against what this node is.
    public init(file path: String, configuration: Configuration) throws(FoundingFailure) {
        let bytes = try NetworkFounding.read(path)
        let introduction = JoinFile.isNamed(by: bytes) ? try NetworkFounding.joinFile(bytes, path) : nil
        let genesis = if let introduction { introduction.genesis } else { try NetworkFounding.parse(bytes, path) }
        let logKey: SigningKey
        do throws(KeyError) { logKey = try SigningKey(file: configuration.logKey) } catch {
            throw FoundingFailure(error, configuration.logKey)
        }
        let founder = genesis.founders.first { $0.logKey == logKey.publicKey }
        if founder == nil {
            guard introduction != nil else {
                throw .value(
                    "The log key in \(configuration.logKey) is on no founder's card in \(path); "
                        + "a newcomer joins with the network's JOIN file (*.\(JoinFile.fileExtension)).")
            }
            try Self.checkNewcomer(genesis, logKey, configuration)
        }
        if PlainFile.exists(configuration.genesis), try NetworkFounding.read(configuration.genesis) != genesis.bytes {
            throw .value(
                "\(path) is of the network \(genesis.name) (\(genesis.network.description.prefix(16))), and "
                    + "\(configuration.genesis) holds another; a node belongs to one network. Either this is the "
                    + "wrong file, or make a second node in a folder of its own: korf init --directory OTHER_FOLDER.")
        }
        self.genesis = genesis
        self.introduction = introduction
        self.configuration = configuration
        isFounder = founder != nil
    }

    /// Puts genesis and addresses in their places. Doing it again with the same network changes only the addresses.
    public func perform() throws(FoundingFailure) {
        do throws(FileFailure) {
            if let introduction { try PlainFile.replace(configuration.joinFile, Array(introduction.text.utf8)) }
            if !PlainFile.exists(configuration.genesis) {
                try PlainFile.create(configuration.genesis, genesis.bytes)
            }
        } catch { throw FoundingFailure(error) }
    }

    /// A newcomer's card, key and certificate have to be of one member that the network does not have yet.
    private static func checkNewcomer(
        _ genesis: Genesis, _ logKey: SigningKey, _ configuration: Configuration
    ) throws(FoundingFailure) {
        let card = try NetworkFounding.card(configuration.card)
        guard card.logKey == logKey.publicKey else {
            throw .value("The log key in \(configuration.logKey) is not the one on the card \(configuration.card).")
        }
        guard genesis.founder(card.oin) == nil else {
            throw .value(
                "\(card.oin) founded \(genesis.name) with another log key than that of \(configuration.card): "
                    + "use the node with which it was founded, or `korf keys replace`.")
        }
        guard PlainFile.exists(configuration.tls.certificate) else { return }
        let identity: TLSIdentity
        do throws(IdentityFailure) {
            identity = try TLSIdentity(chainPath: configuration.tls.certificate, keyPath: configuration.tls.key)
        } catch { throw FoundingFailure(error, configuration.tls.certificate) }
        guard identity.summary.oin == card.oin else {
            throw .value(
                "The card \(configuration.card) is of \(card.oin), and the certificate "
                    + "\(configuration.tls.certificate) of \(identity.summary.oin): both have to be of one member.")
        }
        guard card.pins.contains(TLSPin(identity.summary.pin.value)) else {
            throw .value(
                "The key of \(configuration.tls.certificate) is not on the card \(configuration.card): "
                    + "the others would not let this node in.")
        }
    }
}

extension NetworkFounding {
    /// The addresses that `korf network join` left; `nil` where it left none.
    static func introduction(
        _ configuration: Configuration, to genesis: Genesis
    ) throws(FoundingFailure) -> JoinFile? {
        guard PlainFile.exists(configuration.joinFile) else { return nil }
        let file = try joinFile(try read(configuration.joinFile), configuration.joinFile)
        guard file.genesis == genesis else {
            throw .value("\(configuration.joinFile) is of another network than \(configuration.genesis).")
        }
        return file
    }

    /// The network that a genesis or a JOIN file is of, in words; of a JOIN file also whom it dials.
    public static func shown(_ path: String) throws(FoundingFailure) -> JSON {
        let bytes = try read(path)
        guard JoinFile.isNamed(by: bytes) else { return NetworkDocument.json(try parse(bytes, path)) }
        let file = try joinFile(bytes, path)
        guard case .object(var document) = NetworkDocument.json(file.genesis) else {
            preconditionFailure("a network is shown as an object")
        }
        document.set("adressen", .array(file.addresses.map { address in
            [
                "oin": .string(address.oin.digits), "naam": .optional(file.genesis.founder(address.oin)?.name),
                "eindpunten": .array(address.endpoints.map { .string($0.description) }),
            ]
        }))
        return .object(document)
    }

    /// The node's own card.
    static func card(_ configuration: Configuration) throws(FoundingFailure) -> Card {
        try card(configuration.card)
    }

    static func joinFile(_ bytes: [UInt8], _ path: String) throws(FoundingFailure) -> JoinFile {
        do throws(JoinFileRefusal) {
            return try JoinFile(text: String(decoding: bytes, as: UTF8.self), OpenSSLSuite())
        } catch { throw .value("\(path) is no JOIN file: \(sentence(error))") }
    }

    private static func sentence(_ refusal: JoinFileRefusal) -> String {
        switch refusal {
        case .oversize(let bytes): "it has \(bytes) bytes, at most \(CooperativeLimits.joinFileBytes) fit."
        case .shape: "it is not the text that korf wrote; mail may have changed it, so ask for it anew."
        case .notCanonical, .field: "its content is not of its form (\(refusal.reason)); ask for it anew."
        case .genesis(let inner): "the genesis in it is none: \(inner.sentence) (\(inner.reason.rawValue))"
        }
    }
}
