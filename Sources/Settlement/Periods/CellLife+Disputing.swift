// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CellLife {
    /// A side disputes the cell, whatever the comparison says. Refuses an unstated cell, one that is not billed between
    /// the two, a second dispute beside an open one, and a day after the window.
    public mutating func dispute(
        _ side: Side, reason: String, evidence: Hash?, on date: CivilDate
    ) throws(CellLifeRefusal) {
        guard let outcome, let lastDay else { throw .nothingStatedYet(key) }
        switch outcome.state {
        case .ownUse, .notAParty, .noTariff: throw .nothingToDispute(key)
        default: break
        }
        guard openDispute == nil else { throw .disputeOpen(key) }
        guard date <= lastDay else { throw .disputeTooLate(key, lastDay: lastDay) }
        open(Dispute(claim: try .init(side, reason, evidence, date)))
    }

    /// The other side answers, once.
    public mutating func respond(
        _ side: Side, reason: String, evidence: Hash?, on date: CivilDate
    ) throws(CellLifeRefusal) {
        guard let dispute = openDispute else { throw .noDispute(key) }
        guard dispute.claim.side != side else { throw .notTheOther(key) }
        guard dispute.response == nil else { throw .answeredBefore(key) }
        let plea = try Dispute.Plea(side, reason, evidence, date)
        update { $0.response = plea }
    }

    /// A side takes over what the other counted; that quantity is agreed. Refuses a cell that is not disputed and one
    /// that the other did not state.
    public mutating func accept(_ side: Side) throws(CellLifeRefusal) {
        guard isContested else { throw .noDispute(key) }
        guard let count = side == .provider ? counts.consumer : counts.provider else { throw .nothingToAccept(key) }
        let quantity: Quantity
        do throws(SettlementRefusal) { quantity = try Quantity(count) } catch { throw .calculation(error) }
        if openDispute != nil { update { $0.outcome = .accepted(by: side) } }
        settle(on: quantity)
    }

    /// Who opened the dispute takes it back. A difference that the comparison found stays.
    public mutating func withdraw(_ side: Side) throws(CellLifeRefusal) {
        guard let dispute = openDispute else { throw .noDispute(key) }
        guard dispute.claim.side == side else { throw .notTheDisputer(key) }
        update { $0.outcome = .withdrawn }
    }

    /// A side hands a dispute or difference to the deciding organ.
    public mutating func handOver() throws(CellLifeRefusal) {
        guard isContested else { throw .noDispute(key) }
        escalate()
    }

    /// The deciding organ says what is billed.
    public mutating func decide(_ quantity: Quantity, by decision: DecisionID) throws(CellLifeRefusal) {
        guard isEscalated else { throw .notEscalated(key) }
        if openDispute != nil { update { $0.outcome = .decided(decision) } }
        settle(on: quantity)
    }

    /// The window passed and a party is silent. What matched stays released; what is contested or stated by one side
    /// alone goes to the deciding organ. Refuses while the window is open. Silence never confirms performance.
    mutating func lapse(on date: CivilDate) throws(CellLifeRefusal) {
        guard let lastDay else { throw .nothingStatedYet(key) }
        guard date > lastDay else { throw .windowOpen(key, lastDay: lastDay) }
        if isContested || isIncomplete { escalate() }
    }
}
