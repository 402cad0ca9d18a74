// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Transport

/// A network of 402 founders: two whose nodes run, and 400 authors of whose logs entries are held. Keys follow from a
/// fixed seed, the two TLS identities from files that are made once a run.
struct BenchNetwork: Sendable {
    /// Logs that carry data.
    static let authorCount = 400
    /// Founders whose nodes run.
    static let nodeCount = 2
    /// Applications; the first ten may be edited by every author.
    static let applicationCount = 800
    static let sharedApplications = 10
    static let tariffClass = "transactie-burger"

    let suite = OpenSSLSuite()
    let genesis: Genesis
    let identities: [TLSIdentity]
    let anchors: TrustAnchors

    init(_ workspace: Workspace) throws {
        let folder = workspace.folder("tls")
        if !workspace.exists("tls/anchors.pem") { try Self.makeIdentities(in: folder) }
        anchors = try TrustAnchors(anchorsPath: "\(folder)/anchors.pem")
        identities = try (0..<Self.nodeCount).map {
            try TLSIdentity(chainPath: "\(folder)/\($0).pem", keyPath: "\(folder)/\($0).key")
        }
        let pins = identities.map { TLSPin($0.summary.pin.value) }
        var draft = GenesisDraft()
        draft.name = "Bench"
        draft.date = "2026-01-01"
        draft.founders = try (0..<Self.nodeCount + Self.authorCount).map { try Self.card($0, pins) }
        draft.cooperative.name = "Bench"
        draft.cooperative.books = Self.oin(0)
        let authors = (Self.nodeCount..<Self.nodeCount + Self.authorCount).map(Self.oin)
        draft.applications = (0..<Self.applicationCount).map { number in
            var application = GenesisDraft.Application()
            application.id = Self.applicationID(number)
            application.name = "Application \(number)"
            application.lead = authors[number % authors.count]
            application.classes = [Self.tariffClass]
            application.providers = [application.lead]
            if number < Self.sharedApplications {
                application.participants = authors.map { .init(member: $0, since: "2026-01-01") }
            }
            return application
        }
        genesis = try draft.checked(suite)
    }

    static func applicationID(_ number: Int) -> String {
        "zaakgericht-werken-" + String(String(10_000 + number).dropFirst())
    }

    /// OIN of a founder.
    static func oin(_ founder: Int) -> String { "000000990000000" + String(String(100_000 + founder).dropFirst()) }

    /// The OIN of an author, 0 to 399.
    func author(_ number: Int) -> OIN { genesis.founders[Self.nodeCount + number].oin }

    /// The key that signs a founder's log.
    static func signer(_ founder: Int) throws -> SigningKey { try SigningKey(seed: seed(founder, 1)) }

    static func agreement(_ founder: Int) throws -> KeyAgreement { try KeyAgreement(raw: seed(founder, 3)) }

    private static func seed(_ founder: Int, _ purpose: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: UInt64(founder) << 8 | purpose)
        return random.seed32()
    }

    static func card(_ founder: Int, _ pins: [TLSPin], endpoints: [String] = []) throws -> Card {
        let suite = OpenSSLSuite()
        let next = suite.hash(seed(founder, 4))
        let pin = pins.count == 1 ? pins[0] : founder < pins.count ? pins[founder] : TLSPin(next.value)
        guard let oin = OIN(oin(founder)) else { throw BenchFailure("an OIN has twenty digits") }
        return try Card(
            oin: oin, name: "Gemeente \(founder)", kind: .municipality, logKey: signer(founder).publicKey,
            nextKeyHash: next, recoveryKey: SigningKey(seed: seed(founder, 2)).publicKey,
            agreementKey: agreement(founder).publicKey, pins: [pin],
            endpoints: endpoints.compactMap(Endpoint.init))
    }

    private static func makeIdentities(in folder: String) throws {
        let authority = try TestAuthority()
        for node in 0..<nodeCount {
            guard let oin = OIN(oin(node)) else { throw BenchFailure("an OIN has twenty digits") }
            let subject = CertificateSubject(oin: oin, organization: "Gemeente \(node)", hostName: "localhost")
            let leaf = try authority.leaf(for: subject)
            try Workspace.write(leaf.chainPEM, to: "\(folder)/\(node).pem")
            try Workspace.write(leaf.keyPEM, to: "\(folder)/\(node).key")
        }
        try Workspace.write(authority.certificatePEM, to: "\(folder)/anchors.pem")
    }
}
