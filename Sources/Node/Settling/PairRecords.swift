// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Storage

/// The keyed Merkle root by which two members can prove that they counted the same, and nobody else learns anything.
/// Events are added one by one; 32 bytes are kept of each. Spec: Protocol/kinds.md §3.
struct PairRecords {
    private let key: KeyedHash
    private var codes: [Hash] = []

    /// - Parameter secret: what the two members' agreement keys share.
    init(month: CivilMonth, network: NetworkID, between one: OIN, and other: OIN, secret: Secret) {
        var info = CBORWriter()
        info.array(count: 3)
        info.integer(Int(month.monthNumber))
        info.text(min(one, other).digits)
        info.text(max(one, other).digits)
        key = KeyedHash(key: KeyDerivation.derive(
            from: secret, salt: network.bytes, info: Array("korf-pair/v1".utf8) + info.bytes))
    }

    /// How many events were added.
    var count: Int { codes.count }

    /// Adds an event that was not retracted.
    mutating func add(_ event: InboxEvent) { codes.append(key.code(Self.record(event))) }

    /// The root over what was added, in whatever order it came.
    func root(_ suite: OpenSSLSuite) -> Hash {
        var edge = RightEdge()
        for code in codes.sorted() { edge.append(leaf: code.withBytes { suite.leafHash($0) }, suite) }
        return edge.root(suite)
    }

    private static func record(_ event: InboxEvent) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(count: 6)
        writer.text(event.provider.digits)
        writer.text(event.application)
        writer.text(event.usageClass)
        writer.integer(Int(event.day.dayNumber))
        writer.text(event.transaction ?? event.id)
        writer.integer(Int64(event.quantity))
        return writer.bytes
    }
}
