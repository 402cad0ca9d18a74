// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Storage

/// The keyed Merkle root by which two members can prove that they counted the same, and nobody else learns anything.
/// Spec: Protocol/kinds.md §3.
struct PairRecords {
    let root: Hash
    let count: Int

    /// - Parameter secret: what the two members' agreement keys share.
    init(
        _ events: [InboxEvent], month: CivilMonth, network: NetworkID, between one: OIN, and other: OIN,
        secret: Secret, _ suite: OpenSSLSuite
    ) {
        var info = CBORWriter()
        info.array(count: 3)
        info.integer(Int(month.monthNumber))
        info.text(min(one, other).digits)
        info.text(max(one, other).digits)
        let key = KeyedHash(key: KeyDerivation.derive(
            from: secret, salt: network.bytes, info: Array("korf-pair/v1".utf8) + info.bytes))
        let codes = events.map { key.code(Self.record($0)) }.sorted()
        var edge = RightEdge()
        for code in codes { edge.append(leaf: code.withBytes { suite.leafHash($0) }, suite) }
        root = edge.root(suite)
        count = codes.count
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
