// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What the state knows of one log, beside what its entries say of others.
struct FoldedLog: Sendable {
    let identity: LogIdentity
    /// The number of the member whose log it is.
    let member: UInt32
    /// The number of the member's OIN among the parties.
    let party: UInt32
    /// Whether it is a founder's first log, of which table 14 has no row.
    let isFoundersFirst: Bool
    /// The log that it continues, and where that one ends. Spec: Protocol/membership.md §4.
    var predecessor: UInt32?
    var end: PredecessorEnd?
    /// How many logs of the member stand before it.
    var generation = 0
    /// Whether it is a log of its member: not so a successor beside another, nor the log of a card that was not
    /// adopted. Spec: Protocol/membership.md §1 and §4.
    var stands = true
    /// Whether a carried key replacement named it; no successor then takes its place.
    var isOfReplacement = false

    /// How many entries were given to the fold.
    var size = 0
    /// What its entries above what the epoch covers ask for. Spec: Protocol/state.md §5.
    var declared = DeclaredRows()
    /// What the epoch of this state covers.
    var covered = 0
    /// Nothing at or above counts; `nil` for no bound. Spec: Protocol/state.md §4.
    var bound: Int?
    /// Of an ended member: what the epoch that ended it covers.
    var endedAt: Int?
    /// Whether fork evidence is held; in an overlay only.
    var isConvicted = false
    /// The number of the first epoch that names it, 0 for none.
    var firstNamed = 0
    /// The first epoch under which it is a member's; larger than any number for a candidate's.
    var memberSince = Int.max

    /// The index of the first *ready* that counts, plus one, or 0 for none.
    var readyMark = 0
    /// The index of the *final* that counts, plus one, or 0 for none.
    var finalMark = 0
    /// The largest rule version that an entry supports, 0 for none.
    var supports = 0
    /// The newest date of a heartbeat.
    var heartbeat: CivilDate?
    /// The newest contact: index + 1, or 0 for none.
    var contactMark = 0
    var contact: Contact?

    init(identity: LogIdentity, member: UInt32, party: UInt32, isFoundersFirst: Bool) {
        self.identity = identity
        self.member = member
        self.party = party
        self.isFoundersFirst = isFoundersFirst
    }

    /// Its id.
    var id: LogID { identity.log }

    /// Whether the entry at `index` counts by its log. Spec: Protocol/state.md §1.1.
    @inline(__always)
    func counts(at index: Int) -> Bool {
        guard let bound else { return true }
        return index < bound
    }
}
