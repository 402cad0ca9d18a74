// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What a member is to the network. Spec: Protocol/state.md §2, table 2.
public enum MemberStanding: Int, Sendable, CaseIterable, Comparable {
    /// Invited, not yet a member.
    case candidate = 0
    /// A member.
    case member = 1
    /// Its exit was carried; its log may still be covered.
    case leaving = 2
    /// Nothing more of its logs counts.
    case ended = 3

    /// In the order in which a member goes through them.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What the state knows of one member or candidate. Spec: Protocol/membership.md.
struct FoldedMember: Sendable {
    let oin: OIN
    /// The number of the OIN among the parties.
    let party: UInt32
    var card: Card
    var cardHash: Hash
    var standing: MemberStanding
    /// The epoch that gave the standing; of a candidate the one that judges its invitation.
    var since: Int
    /// The first epoch under which it is a member; larger than any number while it is none.
    var joined = Int.max
    /// The first epoch of whose electorate it is no longer.
    var left = Int.max
    /// The last date of one that leaves.
    var lastDate: CivilDate?
    /// Whether it has the voting flag.
    var votes = false
    /// Its logs, in no order that means anything.
    var logs: [UInt32] = []
    /// The decisions that invited it while it was a candidate, by number.
    var invitations: [UInt32] = []
    /// The one of these that was carried with effect.
    var adopted: UInt32?
    /// Contacts of logs of an earlier generation hold no more: its keys were replaced.
    var contactsFrom = 0
    /// Whether it has a row: not so a candidate whose invitations all failed.
    var isShown = true
    /// Its decisions that the epoch of this state left open. Spec: Protocol/state.md §5.
    var openDecisions = 0
    /// The first bits of the row's position.
    var word: UInt64 = 0

    init(card: Card, party: UInt32, standing: MemberStanding, since: Int, _ hashing: any Hashing) {
        oin = card.oin
        self.party = party
        self.card = card
        cardHash = hashing.hash(card.encode())
        self.standing = standing
        self.since = since
    }

    /// Whether it is of the electorate of an epoch. Spec: Protocol/membership.md §3.
    func isElector(under epoch: Int) -> Bool { joined <= epoch && epoch < left }
}
