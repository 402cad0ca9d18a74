// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A member as the state knows it.
public struct MemberView: Hashable, Sendable {
    /// What its card says.
    public let card: Card
    /// Its logs, by id.
    public let logs: [LogIdentity]
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
    /// All members, by OIN.
    public func members() -> [MemberView] { genesis.founders.indices.map { member(at: $0) } }

    /// The member with an OIN.
    public func member(_ oin: OIN) -> MemberView? {
        genesis.founders.firstIndex { $0.oin == oin }.map { member(at: $0) }
    }

    private func member(at position: Int) -> MemberView {
        let card = genesis.founders[position]
        let own = logs.filter { $0.member == position }
        let contact = own.first { $0.contact != nil }?.contact
        // A founder's only log is the one of its card.
        let identity = LogIdentity(EntryZero(network: genesis.network, card: card), hashing)
        return MemberView(
            card: card, logs: [identity], pins: contact?.pins ?? card.pins,
            endpoints: contact?.endpoints ?? card.endpoints, heartbeat: own.compactMap(\.heartbeat).max())
    }

    /// The member that writes a log.
    public func author(of log: LogID) -> OIN? {
        logNumber(log).map { genesis.founders[logs[Int($0)].member].oin }
    }

    /// The log of a member.
    public func log(of oin: OIN) -> LogID? { logs.first { genesis.founders[$0.member].oin == oin }?.id }

    /// The logs that are suspended, by id.
    public var suspended: [SuspendedLog] {
        logs.compactMap { log in
            log.suspendedFrom.map {
                SuspendedLog(log: log.id, oin: genesis.founders[log.member].oin, covered: LogSize(known: $0))
            }
        }
    }

    func oin(_ log: UInt32) -> OIN { genesis.founders[logs[Int(log)].member].oin }

    func party(_ number: UInt32) -> OIN {
        guard let oin = OIN(parties.text(number)) else { preconditionFailure("only OINs are parties") }
        return oin
    }
}
