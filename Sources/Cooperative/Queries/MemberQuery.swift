// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A member or candidate as the state knows it.
public struct MemberView: Hashable, Sendable {
    /// What its card says.
    public let card: Card
    /// What it is to the network.
    public let standing: MemberStanding
    /// The number of the epoch that gave the standing; of a candidate the one that judges its invitation.
    public let since: Int
    /// The number of the epoch that first names its first log, 0 of a founder and of a candidate.
    public let admitted: Int
    /// The last date of a member that leaves.
    public let lastDate: CivilDate?
    /// Whether it has the voting flag.
    public let isVoting: Bool
    /// Its logs, the newest first.
    public let logs: [LogIdentity]
    /// The log by which it votes on epochs; `nil` where it does not. Spec: Protocol/membership.md §2.
    public let votingLog: LogIdentity?
    /// The TLS pins that hold: of the newest contact, else of the card.
    public let pins: [TLSPin]
    /// The endpoints that hold.
    public let endpoints: [Endpoint]
    /// The newest date of a heartbeat of its logs.
    public let heartbeat: CivilDate?

    /// The member.
    public var oin: OIN { card.oin }
}

/// A log of which nothing counts above a size, because its owner forked it. Spec: Protocol/log.md §6.
public struct SuspendedLog: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// Whose it is.
    public let oin: OIN
    /// What still counts.
    public let covered: LogSize
}

extension CooperativeState {
    /// Members, those that leave and those that ended, by OIN.
    public func members() -> [MemberView] {
        shownMembers { $0.standing >= .member }
    }

    /// Who is invited and no member yet, by OIN. Spec: Protocol/membership.md §1.
    public func candidates() -> [MemberView] {
        shownMembers { $0.standing == .candidate }
    }

    private func shownMembers(_ isWanted: (FoldedMember) -> Bool) -> [MemberView] {
        let wanted = folk.indices.filter { folk[$0].isShown && isWanted(folk[$0]) }
        return wanted.sorted { folk[$0].oin < folk[$1].oin }.map { member(at: UInt32($0)) }
    }

    /// The member or candidate with an OIN.
    public func member(_ oin: OIN) -> MemberView? {
        guard let number = memberNumbers[oin], folk[Int(number)].isShown else { return nil }
        return member(at: number)
    }

    private func member(at number: UInt32) -> MemberView {
        let member = folk[Int(number)]
        let own = standingLogs(of: number)
        let contact = contactLog(of: number)?.contact
        return MemberView(
            card: member.card, standing: member.standing, since: member.since,
            admitted: own.last.map { logs[Int($0)].firstNamed } ?? 0, lastDate: member.lastDate,
            isVoting: member.votes, logs: own.map { logs[Int($0)].identity },
            votingLog: votingLog(of: number), pins: contact?.pins ?? member.card.pins,
            endpoints: contact?.endpoints ?? member.card.endpoints,
            heartbeat: own.compactMap { logs[Int($0)].heartbeat }.max())
    }

    /// The newest log that the epoch names, of a member that votes. Spec: Protocol/membership.md §2.
    private func votingLog(of number: UInt32) -> LogIdentity? {
        guard folk[Int(number)].votes else { return nil }
        return standingLogs(of: number).first { epoch.head(of: logs[Int($0)].id) != nil }
            .map { logs[Int($0)].identity }
    }

    /// Who votes on the epoch after that of this state. Spec: Protocol/membership.md §2.
    public var votingSet: VotingSet {
        let voting = folk.indices.compactMap { number in
            votingLog(of: UInt32(number)).map { (log: $0, recovery: folk[number].card.recoveryKey) }
        }
        return VotingSet(
            network: genesis.network, number: EpochNumber(known: epoch.number), hash: EpochHash(epoch.hash.value),
            logs: voting.map(\.log),
            recoveryKeys: Dictionary(uniqueKeysWithValues: voting.map { ($0.log.log, $0.recovery) }), hashing)
    }

    /// The successor of a log that stands, and the end that it names; `nil` while there is none.
    public func standingSuccessor(of log: LogID) -> (identity: LogIdentity, end: PredecessorEnd)? {
        guard let number = logNumber(log) else { return nil }
        for other in logs where other.predecessor == number && other.stands && !other.isOfReplacement {
            if let end = other.end { return (other.identity, end) }
        }
        return nil
    }

    /// The member that writes a log.
    public func author(of log: LogID) -> OIN? { logNumber(log).map { oin($0) } }

    /// The newest log of a member.
    public func log(of oin: OIN) -> LogID? {
        memberNumbers[oin].flatMap { standingLogs(of: $0).first }.map { logs[Int($0)].id }
    }

    /// The logs that are suspended, by id.
    public var suspended: [SuspendedLog] {
        logs.filter { $0.isConvicted && $0.stands }.sorted { $0.id < $1.id }.map { log in
            SuspendedLog(log: log.id, oin: folk[Int(log.member)].oin, covered: LogSize(known: log.bound ?? 0))
        }
    }

    func oin(_ log: UInt32) -> OIN { folk[Int(logs[Int(log)].member)].oin }

    func party(_ number: UInt32) -> OIN {
        guard let oin = OIN(parties.text(number)) else { preconditionFailure("only OINs are parties") }
        return oin
    }
}
