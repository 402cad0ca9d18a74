// SPDX-License-Identifier: EUPL-1.2
import Journal

// Who is invited, and becomes a member. Spec: Protocol/membership.md §1.
extension CooperativeState {
    /// An invitation was folded: the log of its card is known from now on.
    mutating func invite(_ card: Card, _ decision: UInt32) {
        let number: UInt32
        if let known = memberNumbers[card.oin] {
            guard folk[Int(known)].standing == .candidate else { return }
            number = known
        } else {
            let party = parties.intern(card.oin.digits)
            let judge = proposals.rows[Int(decision)].judge
            number = add(FoldedMember(card: card, party: party, standing: .candidate, since: judge, hashing))
        }
        folk[Int(number)].invitations.append(decision)
        let identity = LogIdentity(EntryZero(network: genesis.network, card: card), hashing)
        if logNumber(identity.log) == nil {
            addLog(FoldedLog(
                identity: identity, member: number, party: folk[Int(number)].party, isFoundersFirst: false))
        }
        refreshCandidate(number)
        if isOverlay { setBounds() }
    }

    /// Whether an invitation is open, or was carried with effect.
    private func isLive(_ decision: UInt32, of member: FoldedMember) -> Bool {
        decision == member.adopted || proposals.rows[Int(decision)].standing == .open
    }

    /// Decides again what the row of a candidate shows and which of its logs stand.
    mutating func refreshCandidate(_ number: UInt32) {
        let member = folk[Int(number)]
        guard member.standing == .candidate else { return }
        let live = member.invitations.filter { isLive($0, of: member) }
        let chosen = member.adopted ?? live.min { name(of: $0) < name(of: $1) }
        let logs = Set(live.compactMap { card(of: $0) }.map {
            EntryZero(network: genesis.network, card: $0).log(hashing)
        })
        for log in member.logs {
            let stands = logs.contains(self.logs[Int(log)].id)
            // An ended candidate is invited again: what was passed over of its log counts after all.
            if isOverlay, stands, !self.logs[Int(log)].stands, self.logs[Int(log)].size > self.logs[Int(log)].covered {
                isStale = true
            }
            setStanding(log, stands)
        }
        show(number, chosen != nil)
        guard let chosen, let card = card(of: chosen) else { return }
        folk[Int(number)].card = card
        folk[Int(number)].cardHash = hashing.hash(card.encode())
        folk[Int(number)].since = proposals.rows[Int(chosen)].judge
        touchMember(number)
    }

    private func card(of decision: UInt32) -> Card? {
        guard case .admission(let card) = proposals.rows[Int(decision)].proposal.payload else { return nil }
        return card
    }

    private mutating func show(_ number: UInt32, _ isShown: Bool) {
        guard folk[Int(number)].isShown != isShown else { return }
        folk[Int(number)].isShown = isShown
        let row = RowReference(.member, number)
        if isShown {
            index.add(row, at: folk[Int(number)].word)
        } else {
            index.remove(row, at: folk[Int(number)].word)
        }
    }

    /// The log of an adopted candidate.
    func adoptedLog(of number: UInt32) -> UInt32? {
        guard folk[Int(number)].adopted != nil else { return nil }
        return logNumber(EntryZero(network: genesis.network, card: folk[Int(number)].card).log(hashing))
    }

    /// Makes members of the adopted candidates whose *ready* was folded.
    mutating func admitCandidates() {
        for number in folk.indices.map({ UInt32($0) }) where folk[Int(number)].standing == .candidate {
            guard let log = adoptedLog(of: number), logs[Int(log)].readyMark > 0 else { continue }
            for other in folk[Int(number)].logs where other != log { setStanding(other, false) }
            folk[Int(number)].standing = .member
            (folk[Int(number)].since, folk[Int(number)].joined) = (epoch.number, epoch.number)
            folk[Int(number)].votes = true
            logs[Int(log)].memberSince = epoch.number
            touchMember(number)
        }
    }
}
