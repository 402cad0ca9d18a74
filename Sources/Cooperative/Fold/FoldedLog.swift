// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What the state knows of one log, beside what its entries say of others.
struct FoldedLog: Sendable {
    let id: LogID
    /// The member whose log it is: its position among the founders.
    let member: Int
    /// The number of the member's OIN among the parties.
    let party: UInt32
    /// How many entries were folded.
    var size = 0
    /// The covered size of a suspended log; of a log in good standing `nil`. Spec: Protocol/log.md §6.
    var suspendedFrom: Int?
    /// The newest date of a heartbeat.
    var heartbeat: CivilDate?
    /// The newest contact: index + 1, or 0 for none.
    var contactMark = 0
    var contact: Contact?

    /// Whether the entry at `index` counts by its log. Spec: Protocol/state.md §1.1.
    func counts(at index: Int) -> Bool {
        guard let suspendedFrom else { return true }
        return index < suspendedFrom
    }
}
