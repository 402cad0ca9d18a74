// SPDX-License-Identifier: EUPL-1.2
import Journal

// What carried decisions about members and logs do. Spec: Protocol/voting.md §5.
extension CooperativeState {
    mutating func takeEffect(_ payload: DecisionPayload, _ decision: UInt32) throws(EffectRefusal) {
        switch payload {
        case .admission(let card): try adopt(card, decision)
        case .exit(let oin, let lastDate): try leave(oin, lastDate)
        case .expulsion(let oin): try expel(oin)
        case .votingFlag(let oin, let votes): try setVotes(oin, votes)
        case .keyReplacement(let replacement): try replaceKeys(replacement)
        default:
            let isMember = { (oin: OIN) in self.isMember(oin) }
            var changed = rules
            try changed.apply(payload, isMember: isMember)
            rules = changed
        }
    }

    private func member(_ oin: OIN, _ standings: ClosedRange<MemberStanding>) throws(EffectRefusal) -> UInt32 {
        guard let number = memberNumbers[oin], standings.contains(folk[Int(number)].standing) else {
            throw .memberUnknown
        }
        return number
    }

    /// Demands that somebody votes when this member no longer does.
    private func checkVoters(without number: UInt32) throws(EffectRefusal) {
        guard folk.indices.contains(where: { $0 != Int(number) && folk[$0].votes }) else { throw .lastVoter }
    }

    /// Whether a log of a member, of one that leaves or of one that ended has this key.
    private func isKnown(_ key: PublicKey) -> Bool {
        logs.contains { $0.identity.key == key && $0.stands && folk[Int($0.member)].standing != .candidate }
    }

    private mutating func adopt(_ card: Card, _ decision: UInt32) throws(EffectRefusal) {
        guard let number = memberNumbers[card.oin], folk[Int(number)].standing == .candidate,
              folk[Int(number)].adopted == nil
        else { throw .memberKnown }
        guard !isKnown(card.logKey) else { throw .keyKnown }
        folk[Int(number)].adopted = decision
    }

    private mutating func leave(_ oin: OIN, _ lastDate: CivilDate) throws(EffectRefusal) {
        let number = try member(oin, .member ... .member)
        try checkVoters(without: number)
        folk[Int(number)].standing = .leaving
        (folk[Int(number)].since, folk[Int(number)].left) = (epoch.number, epoch.number)
        folk[Int(number)].lastDate = lastDate
        folk[Int(number)].votes = false
        touchMember(number)
    }

    private mutating func expel(_ oin: OIN) throws(EffectRefusal) {
        let number = try member(oin, .member ... .leaving)
        try checkVoters(without: number)
        end(number)
    }

    private mutating func setVotes(_ oin: OIN, _ votes: Bool) throws(EffectRefusal) {
        let number = try member(oin, .member ... .member)
        if !votes { try checkVoters(without: number) }
        folk[Int(number)].votes = votes
        touchMember(number)
    }

    /// The new card's log is the member's from now on, in the place of what no epoch names yet.
    private mutating func replaceKeys(_ replacement: KeyReplacement) throws(EffectRefusal) {
        let number = try member(replacement.card.oin, .member ... .member)
        let newest = standingLogs(of: number).first { epoch.head(of: logs[Int($0)].id) != nil }
        guard let newest, logs[Int(newest)].id == replacement.log else { throw .log }
        guard !isKnown(replacement.card.logKey) else { throw .keyKnown }
        for rival in folk[Int(number)].logs where logs[Int(rival)].generation > logs[Int(newest)].generation {
            setStanding(rival, false)
        }
        let zero = EntryZero(network: genesis.network, card: replacement.card)
        var log = FoldedLog(
            identity: LogIdentity(zero, hashing), member: number, party: folk[Int(number)].party,
            isFoundersFirst: false)
        log.predecessor = newest
        log.end = PredecessorEnd(log: replacement.log, size: replacement.end.size, root: replacement.end.root)
        log.generation = logs[Int(newest)].generation + 1
        log.isOfReplacement = true
        log.memberSince = folk[Int(number)].joined
        folk[Int(number)].card = replacement.card
        folk[Int(number)].cardHash = hashing.hash(replacement.card.encode())
        folk[Int(number)].contactsFrom = log.generation
        place(log)
        touchMember(number)
    }

    /// Adds a log, or takes over one that was known and does not stand.
    private mutating func place(_ log: FoldedLog) {
        guard let known = logNumber(log.id) else { return addLog(log) }
        var taken = log
        taken.stands = logs[Int(known)].stands
        (taken.size, taken.covered) = (logs[Int(known)].size, logs[Int(known)].covered)
        logs[Int(known)] = taken
        setStanding(known, true)
        touchLog(known)
    }
}
