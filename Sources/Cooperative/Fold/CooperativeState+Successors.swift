// SPDX-License-Identifier: EUPL-1.2
public import Journal

// Logs that become known by their entry 0. Spec: Protocol/membership.md §4, Protocol/identity.md §4.
extension CooperativeState {
    /// Judges the entry 0 that came with a page of a log that is not known: whether it is the log of a successor.
    /// Of a log that is known the identity is answered.
    public func authorise(
        _ zero: EntryZero, _ suite: some CipherSuite
    ) throws(EntryZeroRefusal) -> LogIdentity {
        let identity = LogIdentity(zero, suite)
        if logNumber(identity.log) != nil { return identity }
        guard zero.network == genesis.network else { throw .network }
        guard let member = memberNumbers[zero.oin], folk[Int(member)].standing != .candidate else { throw .oin }
        guard let succession = zero.succession, let predecessor = logNumber(succession.end.log),
              mayBeSucceeded(predecessor)
        else { throw .notAuthorised }
        try zero.checkSuccession(
            of: logs[Int(predecessor)].identity,
            recoveryKey: folk[Int(logs[Int(predecessor)].member)].card.recoveryKey, suite)
        return identity
    }

    /// Makes the log of a successor known, so that its pages can be folded. Whoever calls this has had the entry 0
    /// authorised; what is not a successor's is passed over. The state turns stale where something folded
    /// before no longer counts.
    public mutating func register(_ zero: EntryZero) {
        guard let number = addSuccessor(zero), let predecessor = logs[Int(number)].predecessor else { return }
        let rival = standSuccessor(of: predecessor)
        setBounds()
        // What was folded of the predecessor or of a rival may not count now, or more of it may.
        if logs[Int(predecessor)].size > logs[Int(predecessor)].covered { isStale = true }
        if rival != nil { isStale = true }
    }

    private func mayBeSucceeded(_ predecessor: UInt32) -> Bool {
        let log = logs[Int(predecessor)]
        let standing = folk[Int(log.member)].standing
        return log.stands && (standing == .member || standing == .leaving)
    }

    /// Whether the key that an entry 0 names is one that may authorise it. Its signature was looked at on receipt.
    private func hasAuthority(_ succession: Succession, over predecessor: FoldedLog) -> Bool {
        switch succession.authority {
        case .nextKey: hashing.hash(succession.authorityKey) == predecessor.identity.nextKeyHash
        case .recoveryKey: succession.authorityKey == folk[Int(predecessor.member)].card.recoveryKey
        }
    }

    /// Adds the log of a successor, which does not stand yet; `nil` where it is none, or known already.
    mutating func addSuccessor(_ zero: EntryZero) -> UInt32? {
        let identity = LogIdentity(zero, hashing)
        guard zero.network == genesis.network, logNumber(identity.log) == nil, let succession = zero.succession,
              let number = logNumber(succession.end.log), mayBeSucceeded(number)
        else { return nil }
        let predecessor = logs[Int(number)]
        let member = folk[Int(predecessor.member)]
        guard zero.oin == member.oin, hasAuthority(succession, over: predecessor) else { return nil }
        var log = FoldedLog(
            identity: identity, member: predecessor.member, party: member.party, isFoundersFirst: false)
        log.predecessor = number
        log.end = succession.end
        log.generation = predecessor.generation + 1
        log.memberSince = member.joined
        log.stands = false
        addLog(log)
        return UInt32(logs.count - 1)
    }

    /// Decides which successor of a log stands: one that a carried key replacement named or an epoch covers, else
    /// the one with the lowest id. Answers the one that no longer does.
    @discardableResult
    mutating func standSuccessor(of predecessor: UInt32) -> UInt32? {
        let rivals = folk[Int(logs[Int(predecessor)].member)].logs.filter {
            logs[Int($0)].predecessor == predecessor
        }
        let before = rivals.first { logs[Int($0)].stands }
        if let before, logs[Int(before)].isFixed { return nil }
        guard let first = rivals.min(by: { logs[Int($0)].id < logs[Int($1)].id }), first != before else {
            return nil
        }
        if let before { setStanding(before, false) }
        setStanding(first, true)
        return before
    }

    /// Opens the successors among entries 0 in any order, each after its predecessor.
    mutating func openSuccessors(_ zeros: [EntryZero]) {
        var left = zeros
        while !left.isEmpty {
            var later: [EntryZero] = []
            var touched: [UInt32] = []
            for zero in left {
                if let number = addSuccessor(zero), let predecessor = logs[Int(number)].predecessor {
                    touched.append(predecessor)
                } else {
                    later.append(zero)
                }
            }
            if touched.isEmpty { return }
            for predecessor in Set(touched).sorted() { standSuccessor(of: predecessor) }
            left = later
        }
    }
}

extension FoldedLog {
    /// Whether an epoch has settled that it stands.
    var isFixed: Bool { firstNamed > 0 || isOfReplacement }
}
