// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Replication

/// A founded network: genesis, keys and logs of its members. It does not depend on the seed, so that one serves
/// all seeds with as many members.
struct SimulatedNetwork: Sendable {
    static let applications = ["zaak", "burgerzaken", "archief"]
    static let tariffClass = "standaard"

    let genesis: Genesis
    let signers: [SimulatedSigner]
    let zeros: [EntryZero]
    let identities: [LogIdentity]
    let numbers: LogNumbers
    private let members: [LogID: Int]

    /// Fails only where the genesis that is written here is not a good one.
    init(members count: Int, _ scheme: SignatureScheme) throws {
        let hashing = OpenSSLSuite()
        let signers = (0..<count).map { SimulatedSigner(scheme, seed: Self.seed($0, 1)) }
        var draft = GenesisDraft()
        draft.name = "Proef"
        draft.date = "2026-01-01"
        draft.founders = try signers.enumerated().map { try Self.card($0, $1.publicKey) }
        draft.cooperative.name = "Coöperatie"
        draft.cooperative.books = Self.oin(0)
        draft.applications = Self.applications.enumerated().map { number, id in
            var application = GenesisDraft.Application()
            application.id = id
            application.name = id
            application.lead = Self.oin(number % count)
            application.participants = (0..<count).filter { ($0 + number) % 4 != 3 }
                .map { .init(member: Self.oin($0), since: "2026-01-01") }
            application.classes = [Self.tariffClass]
            application.providers = [application.lead]
            return application
        }
        let genesis = try draft.checked(hashing)
        // The genesis sorts its founders; members are numbered in that order.
        let zeros = genesis.founders.map { EntryZero(network: genesis.network, card: $0) }
        let identities = zeros.map { LogIdentity($0, hashing) }
        self.genesis = genesis
        self.signers = genesis.founders.compactMap { card in signers.first { $0.publicKey == card.logKey } }
        self.zeros = zeros
        self.identities = identities
        numbers = LogNumbers(epoch: 0, logs: identities.map(\.log))
        members = Dictionary(uniqueKeysWithValues: identities.enumerated().map { ($1.log, $0) })
    }

    var memberCount: Int { identities.count }

    /// The member whose log it is.
    func member(of log: LogID) -> Int? { members[log] }

    /// The log of a member.
    func log(_ member: Int) -> LogID { identities[member].log }

    static func oin(_ member: Int) -> String {
        let digits = String(member + 1)
        return "00000099" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    private static func seed(_ member: Int, _ use: UInt64) -> [UInt8] {
        var random = SeededRandom(UInt64(member) << 8 | use)
        return random.bytes(32)
    }

    private static func card(_ member: Int, _ key: PublicKey) throws -> Card {
        let hashing = OpenSSLSuite()
        guard let oin = OIN(oin(member)) else { preconditionFailure("an OIN has twenty digits") }
        func value(_ use: UInt64) -> Bytes32 { hashing.hash(seed(member, use)).value }
        return try Card(
            oin: oin, name: "Gemeente \(member + 1)", kind: .municipality, logKey: key,
            nextKeyHash: Hash(value(2)), recoveryKey: PublicKey(value(3)), agreementKey: AgreementKey(value(4)),
            pins: [TLSPin(value(5))], endpoints: [])
    }
}
