// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// A founded network whose members govern it: genesis, and every key that a member may ever use. It does not depend
/// on the seed, so that one serves all seeds with as many founders.
struct GoverningNetwork: Sendable {
    let genesis: Genesis
    let scheme: SignatureScheme

    /// Fails only where the genesis that is written here is not a good one.
    init(founders: Int, _ scheme: SignatureScheme) throws {
        self.scheme = scheme
        var draft = GenesisDraft()
        draft.name = "Proef"
        draft.date = "2026-01-01"
        draft.founders = try (0..<founders).map { try Self.card($0, 0, scheme) }
        draft.cooperative.name = "Coöperatie"
        draft.cooperative.books = SimulatedNetwork.oin(0)
        var application = GenesisDraft.Application()
        application.id = "zaak"
        application.name = "Zaaksysteem"
        application.lead = SimulatedNetwork.oin(0)
        application.participants = (0..<founders).map { .init(member: SimulatedNetwork.oin($0), since: "2026-01-01") }
        application.classes = [SimulatedNetwork.tariffClass]
        application.providers = [SimulatedNetwork.oin(0)]
        draft.applications = [application]
        genesis = try draft.checked(OpenSSLSuite())
    }

    private enum Use: UInt64 {
        case log = 1, next, recovery, agreement, pin
    }

    private static func seed(_ member: Int, _ generation: Int, _ use: Use) -> [UInt8] {
        var random = SeededRandom(UInt64(member) << 16 | UInt64(generation) << 8 | use.rawValue)
        return random.bytes(32)
    }

    private static func signer(
        _ member: Int, _ generation: Int, _ use: Use, _ scheme: SignatureScheme
    ) -> SimulatedSigner { SimulatedSigner(scheme, seed: seed(member, generation, use)) }

    private static func card(_ member: Int, _ generation: Int, _ scheme: SignatureScheme) throws -> Card {
        let hashing = OpenSSLSuite()
        guard let oin = OIN(SimulatedNetwork.oin(member)) else { preconditionFailure("an OIN has twenty digits") }
        return try Card(
            oin: oin, name: "Gemeente \(member + 1)", kind: .municipality,
            logKey: signer(member, generation, .log, scheme).publicKey,
            nextKeyHash: hashing.hash(signer(member, generation, .next, scheme).publicKey),
            recoveryKey: signer(member, 0, .recovery, scheme).publicKey,
            agreementKey: AgreementKey(hashing.hash(seed(member, 0, .agreement)).value),
            pins: [TLSPin(hashing.hash(seed(member, 0, .pin)).value)], endpoints: [])
    }

    /// The card of a member with its keys of a generation: the first, or those that replace them.
    func card(_ member: Int, _ generation: Int = 0) -> Card {
        do { return try Self.card(member, generation, scheme) } catch {
            preconditionFailure("a card that is written here is a good one: \(error)")
        }
    }

    /// The key of a member's log.
    func signer(_ member: Int, _ generation: Int) -> SimulatedSigner { Self.signer(member, generation, .log, scheme) }

    /// The entry 0 of a log of a member that has no predecessor, or that a key replacement names.
    func entryZero(_ member: Int, _ generation: Int = 0) -> EntryZero {
        EntryZero(network: genesis.network, card: card(member, generation))
    }

    /// The entry 0 of a successor with the keys of a generation.
    func entryZero(_ member: Int, _ generation: Int, after end: PredecessorEnd) -> EntryZero {
        let keys = card(member, generation)
        return EntryZero(
            network: genesis.network, oin: keys.oin, logKey: keys.logKey, nextKeyHash: keys.nextKeyHash, after: end,
            authority: .recoveryKey, signer: Self.signer(member, 0, .recovery, scheme))
    }

    /// The member with an OIN.
    func member(_ oin: OIN) -> Int? { (0..<32).first { SimulatedNetwork.oin($0) == oin.digits } }
}
