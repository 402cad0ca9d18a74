// SPDX-License-Identifier: EUPL-1.2

/// Entries that were checked against a signed head, or that the owner has just signed. Only `LogTip.admit` and
/// `OwnLog` can make one, so a store cannot be handed a forged entry. Spec: Protocol/log.md §4.
public struct AdmittedPage: Hashable, Sendable {
    /// The position of the first entry; the log was held exactly up to here.
    public let first: EntryIndex
    /// The new entries; none when the page only brought a newer head.
    public let entries: EntryBatch
    /// The leaf hash of each.
    public let leafHashes: [Hash]
    /// The log after them, to be made durable together with the entries.
    public let tip: LogTip
    /// Whether the owner's own code made it; pages of the own log that came from others were not.
    public let isSignedHere: Bool

    /// The log's id.
    public var log: LogID { tip.log }

    /// The entry at `position` of the page, read.
    public func entry(_ position: Int) -> Entry {
        do throws(EntryRefusal) {
            return try Entry.parse(entries[position])
        } catch {
            preconditionFailure("an admitted entry was parsed before")
        }
    }

    init(first: EntryIndex, entries: EntryBatch, leafHashes: [Hash], tip: LogTip, isSignedHere: Bool = false) {
        self.first = first
        self.entries = entries
        self.leafHashes = leafHashes
        self.tip = tip
        self.isSignedHere = isSignedHere
    }
}
