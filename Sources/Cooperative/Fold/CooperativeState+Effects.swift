// SPDX-License-Identifier: EUPL-1.2
import Journal

// What carried decisions about members and logs do. Spec: Protocol/voting.md §5.
extension CooperativeState {
    mutating func takeEffect(_ payload: DecisionPayload, _ decision: UInt32) throws(EffectRefusal) {
        let changed = try effect(of: payload, name(of: decision))
        switch payload {
        case .admission(let card):
            let number = try known(card.oin)
            folk[Int(number)].adopted = decision
        case .exit(let oin, let lastDate): leave(try known(oin), lastDate)
        case .expulsion(let oin): end(try known(oin))
        case .votingFlag(let oin, let votes):
            let number = try known(oin)
            folk[Int(number)].votes = votes
            touchMember(number)
        case .keyReplacement(let replacement): try replaceKeys(replacement)
        case .cellCount(let count): noteDecided(count, by: decision)
        default: rules = changed
        }
    }

    /// Why a payload would have no effect if it were carried now; the epoch that closes it looks again.
    /// Spec: Protocol/voting.md §5.
    public func effectRefusal(of payload: DecisionPayload) -> EffectRefusal? {
        do throws(EffectRefusal) {
            _ = try effect(of: payload, nil)
            return nil
        } catch { return error }
    }

    /// The conditions of the table, in its order, and the rules that would hold then.
    private func effect(of payload: DecisionPayload, _ name: Decision.ID?) throws(EffectRefusal) -> RulesInForce {
        switch payload {
        case .admission(let card):
            // Whoever is known is a candidate, from this invitation or an earlier one.
            if let number = memberNumbers[card.oin] {
                guard folk[Int(number)].standing == .candidate, folk[Int(number)].adopted == nil else {
                    throw .memberKnown
                }
            }
            guard !isKnown(card.logKey) else { throw .keyKnown }
        case .exit(let oin, let lastDate):
            try checkVoters(without: member(oin, .member ... .member))
            // Nobody left before it was decided.
            guard lastDate >= epoch.date else { throw .date }
        case .expulsion(let oin): try checkVoters(without: member(oin, .member ... .leaving))
        case .votingFlag(let oin, let votes):
            let number = try member(oin, .member ... .member)
            if !votes { try checkVoters(without: number) }
        case .keyReplacement(let replacement):
            _ = try replaced(replacement)
            guard !isKnown(replacement.card.logKey) else { throw .keyKnown }
        case .cellCount(let count): try checkEscalated(count)
        default:
            var changed = rules
            try changed.apply(payload, ground(of: name))
            return changed
        }
        return rules
    }

    /// What a decision takes effect among; without a name it is looked at as the last of all.
    private func ground(of name: Decision.ID?) -> EffectGround {
        EffectGround(
            month: epoch.date.month,
            decision: name ?? Decision.ID(log: LogID(genesis.network.value), index: EntryIndex(known: 0)),
            isMember: { self.isMember($0) },
            isParty: { oin in
                self.memberNumbers[oin].map { self.folk[Int($0)].standing >= .member } ?? false
            },
            isFounded: { id in
                var id = id
                let number = id.withUTF8 { self.applicationNumber(UnsafeRawBufferPointer($0)) }
                return number.flatMap { self.foundings.number(of: $0) } != nil
            })
    }

    private func known(_ oin: OIN) throws(EffectRefusal) -> UInt32 {
        try member(oin, .candidate ... .ended)
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

    /// The log that a key replacement ends, which has to be the newest of the member that the epoch names.
    private func replaced(_ replacement: KeyReplacement) throws(EffectRefusal) -> (member: UInt32, log: UInt32) {
        let number = try member(replacement.card.oin, .member ... .member)
        let newest = standingLogs(of: number).first { epoch.head(of: logs[Int($0)].id) != nil }
        guard let newest, logs[Int(newest)].id == replacement.log else { throw .log }
        return (number, newest)
    }

    private mutating func leave(_ number: UInt32, _ lastDate: CivilDate) {
        folk[Int(number)].standing = .leaving
        (folk[Int(number)].since, folk[Int(number)].left) = (epoch.number, epoch.number)
        folk[Int(number)].lastDate = lastDate
        folk[Int(number)].votes = false
        touchMember(number)
    }

    /// The new card's log is the member's from now on, in the place of what no epoch names yet.
    private mutating func replaceKeys(_ replacement: KeyReplacement) throws(EffectRefusal) {
        let (number, newest) = try replaced(replacement)
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
