// SPDX-License-Identifier: EUPL-1.2
public import Cryptography
public import Journal
import Transport

/// `korf init`: makes the keys, the card, the certificate request and the configuration of a new node.
public struct NodeFounding: Sendable {
    /// The folder that is made.
    public var directory: String
    /// The member.
    public var oin: OIN
    /// Its name.
    public var name: String
    /// What kind of member it is.
    public var kind: MemberKind
    /// Where others reach it; none for a node that can only dial out.
    public var endpoints: [Journal.Endpoint] = []
    /// The municipalities that it covers.
    public var municipalities: [Municipality] = []
    /// What an invoice needs.
    public var invoiceFacts: InvoiceFacts?
    /// The address that the daemon listens on.
    public var listen = "0.0.0.0:8443"

    /// What was made.
    public struct Made: Sendable {
        /// The card, to hand to the other founders.
        public let cardPath: String
        /// The request, to hand to the certificate authority.
        public let requestPath: String
        /// Where the certificate is expected.
        public let certificatePath: String
        /// The configuration.
        public let configurationPath: String
        /// The recovery key in the form for paper; it is kept nowhere.
        public let recoveryText: String
    }

    /// A node still to be made.
    public init(directory: String, oin: OIN, name: String, kind: MemberKind) {
        self.directory = directory
        self.oin = oin
        self.name = name
        self.kind = kind
    }

    /// Makes everything. Refuses a folder that holds a node already.
    public func make() throws(FoundingFailure) -> Made {
        guard !PlainFile.exists(directory + "/korf.yaml") else {
            throw .value("\(directory) holds a node already; choose another folder")
        }
        try onFiles { () throws(FileFailure) in
            for folder in ["", "/keys", "/tls", "/head"] { try PlainFile.makeFolder(directory + folder, mode: 0o700) }
        }
        let logKey = try signingKey(in: "keys/log.key")
        let nextKey = try signingKey(in: "keys/next.key")
        let recovery = try onKeys("recovery key") { () throws(KeyError) in try SigningKey() }
        let agreement = try onKeys("keys/agreement.key") { () throws(KeyError) in
            let key = try KeyAgreement()
            try key.store(in: directory + "/keys/agreement.key")
            return key
        }
        let keyPath = directory + "/tls/tls.key"
        let host = endpoints.first?.host ?? "korf.invalid"
        let (pin, request) = try onIdentity(keyPath) { () throws(IdentityFailure) in
            let pin = try TLSKeyFile.create(at: keyPath)
            let subject = CertificateSubject(oin: oin, organization: name, hostName: host)
            return (pin, try TLSKeyFile.signingRequest(keyPath: keyPath, subject: subject))
        }
        let card = try card(logKey, nextKey, recovery, agreement, pin)
        let seed = try onKeys("recovery key") { () throws(KeyError) in try recovery.seed() }
        try onFiles { () throws(FileFailure) in
            try PlainFile.create(directory + "/tls/request.pem", request)
            let file = CheckedCard(signing: card, by: logKey).file
            try PlainFile.create(directory + "/card.korf-card", Array(file.utf8))
            try PlainFile.create(directory + "/korf.yaml", Array(configurationText.utf8))
        }
        return Made(
            cardPath: directory + "/card.korf-card", requestPath: directory + "/tls/request.pem",
            certificatePath: directory + "/tls/certificate.pem", configurationPath: directory + "/korf.yaml",
            recoveryText: RecoveryKeyText.format(seed: seed, oin: oin))
    }

    private func card(
        _ logKey: SigningKey, _ nextKey: SigningKey, _ recovery: SigningKey, _ agreement: KeyAgreement, _ pin: Hash
    ) throws(FoundingFailure) -> Card {
        do throws(CardRefusal) {
            return try Card(
                oin: oin, name: name, kind: kind, logKey: logKey.publicKey,
                nextKeyHash: OpenSSLSuite().hash(nextKey.publicKey), recoveryKey: recovery.publicKey,
                agreementKey: agreement.publicKey, pins: [TLSPin(pin.value)], endpoints: endpoints,
                municipalities: municipalities.sorted(), invoiceFacts: invoiceFacts)
        } catch {
            throw .value(
                "The card breaks a rule (\(error)): a name has 1 to 100 bytes, and there are at most 3 endpoints.")
        }
    }

    private var configurationText: String {
        """
        # Korf node of \(name) (\(oin)). Paths are relative to this folder.
        data: data
        # Keep this folder out of the backups of the data: it tells a restored node from a running one.
        externalHead: head/external-head
        logKey: keys/log.key
        agreementKey: keys/agreement.key
        genesis: network.korf-genesis
        tls:
          certificate: tls/certificate.pem
          key: tls/tls.key
          anchors: tls/anchors.pem
        listen: "\(listen)"
        socket: korf.sock

        """
    }

    private func signingKey(in name: String) throws(FoundingFailure) -> SigningKey {
        try onKeys(name) { () throws(KeyError) in
            let key = try SigningKey()
            try key.store(in: "\(directory)/\(name)")
            return key
        }
    }

    private func onFiles<Value>(_ body: () throws(FileFailure) -> Value) throws(FoundingFailure) -> Value {
        do { return try body() } catch { throw FoundingFailure(error) }
    }

    private func onKeys<Value>(_ what: String, _ body: () throws(KeyError) -> Value) throws(FoundingFailure) -> Value {
        do { return try body() } catch { throw FoundingFailure(error, what) }
    }

    private func onIdentity<Value>(
        _ what: String, _ body: () throws(IdentityFailure) -> Value
    ) throws(FoundingFailure) -> Value {
        do { return try body() } catch { throw FoundingFailure(error, what) }
    }
}

/// The recovery key as it goes to paper: words that a person can type back.
public enum RecoveryKeyText {
    /// Two lines: what it is, and sixty-four hexadecimal digits in groups of four.
    public static func format(seed: [UInt8], oin: OIN) -> String {
        let digits = Array(Hexadecimal.encode(seed))
        let groups = stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
        return "Korf recovery key of \(oin). Keep it on paper, not on a computer.\n\(groups.joined(separator: " "))\n"
    }

    /// The key as a person typed it, or the text of the file: the last line, spaces and case do not matter; `nil`
    /// unless that is sixty-four digits.
    public static func key(_ text: String) -> SigningKey? {
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? ""
        let digits = line.filter { !$0.isWhitespace }.lowercased()
        guard digits.utf8.count == 64, let seed = Hexadecimal.decode(digits) else { return nil }
        return try? SigningKey(seed: seed)
    }
}
