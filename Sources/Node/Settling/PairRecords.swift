// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Settlement
import Storage

/// The key of two members and a month, by which each codes its records and nobody else learns anything of them.
/// Spec: Protocol/comparison.md §1.
struct PairKey: Sendable {
    let hash: KeyedHash

    /// - Parameter secret: what the two members' agreement keys share.
    init(month: CivilMonth, network: NetworkID, between one: OIN, and other: OIN, secret: Secret) {
        var info = CBORWriter()
        info.array(count: 3)
        info.integer(Int(month.monthNumber))
        info.text(min(one, other).digits)
        info.text(max(one, other).digits)
        hash = KeyedHash(key: KeyDerivation.derive(
            from: secret, salt: network.bytes, info: Array("korf-pair/v1".utf8) + info.bytes))
    }
}

/// The coded records of a pair and month, from events that are added one by one in any order.
/// Spec: Protocol/comparison.md §2.
struct PairRecords {
    private var coder: RecordCoder<KeyedHash>
    private var coded = CodedRecords()

    init(_ key: PairKey) { coder = RecordCoder(key.hash) }

    /// How many events were added.
    var count: Int { coded.count }

    /// Adds an event that was not retracted; its place is its position.
    mutating func add(_ stored: StoredEvent) {
        coded.add(coder.code(of: TransactionRecord(stored.event)), place: stored.position)
    }

    /// All of them, in order.
    consuming func sealed() -> CodedRecords {
        coded.seal()
        return coded
    }
}

extension TransactionRecord {
    /// The record that an event is.
    init(_ event: InboxEvent) {
        self.init(
            provider: event.provider, application: event.application, tariffClass: event.usageClass, day: event.day,
            matchID: event.transaction ?? event.id, quantity: Int64(event.quantity))
    }
}

extension InboxEvent {
    /// The other party; on own use the member itself.
    var counterparty: OIN { side == .provider ? consumer : provider }
}
