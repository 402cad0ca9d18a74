// SPDX-License-Identifier: EUPL-1.2

/// The log that this node writes. Appending signs a new head; what it answers must be durable, and the
/// external head synced, before anything of it is sent. Spec: Protocol/log.md §7.
public struct OwnLog: Hashable, Sendable {
    /// How far the log goes; always wholly signed.
    public private(set) var tip: LogTip

    /// The head, `nil` never after `begin`.
    public var head: VerifiedHead? { tip.head }

    /// Begins a log with its entry 0, signed at once.
    public static func begin(
        _ entryZero: EntryZero, signer: some Signing, _ suite: some CipherSuite
    ) -> (log: OwnLog, page: AdmittedPage) {
        var log = OwnLog(empty: LogIdentity(entryZero, suite))
        let page = log.append(checked: EntryBatch([entryZero.encode()]), signer: signer, suite)
        return (log, page)
    }

    /// Takes up a log that was begun before; `nil` unless its newest head ends exactly at what is held.
    public init?(resuming tip: LogTip) {
        guard case .whole = tip.standing else { return nil }
        self.tip = tip
    }

    private init(empty identity: LogIdentity) { tip = LogTip(authorised: identity) }

    /// Appends entries, at least one, and signs the head after them. The signer holds the log's key.
    public mutating func append(
        _ entries: [[UInt8]], signer: some Signing, _ suite: some CipherSuite
    ) throws(EntryRefusal) -> AdmittedPage {
        precondition(!entries.isEmpty, "a head is signed for new entries only")
        for entry in entries { _ = try Entry.parse(entry) }
        return append(checked: EntryBatch(entries), signer: signer, suite)
    }

    private mutating func append(
        checked batch: EntryBatch, signer: some Signing, _ suite: some CipherSuite
    ) -> AdmittedPage {
        precondition(signer.publicKey == tip.identity.key, "a log is signed by its own key")
        let first = tip.held.next
        let leaves = batch.leafHashes(suite)
        tip.appendOwn(leaves, signer: signer, suite)
        return AdmittedPage(first: first, entries: batch, leafHashes: leaves, tip: tip, isSignedHere: true)
    }
}
