// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why an act on a cell or period is refused: nothing changed. Spec: Protocol/settlement-cells.md §7.
/// `name` is what vectors and programs compare.
public enum CellLifeRefusal: Error, Equatable, Sendable {
    /// A count, amount or date below it is refused.
    case calculation(SettlementRefusal)
    case notOfPair(PartyID)
    case unknownCell(CellKey)
    case nothingStatedYet(CellKey)
    case nothingToDispute(CellKey)
    case disputeTooLate(CellKey, lastDay: CivilDate)
    case disputeOpen(CellKey)
    case noDispute(CellKey)
    case notTheOther(CellKey)
    case answeredBefore(CellKey)
    case notTheDisputer(CellKey)
    case nothingToAccept(CellKey)
    case notEscalated(CellKey)
    case malformedReason
    case notConfirmed(CellKey)
    case windowOpen(CellKey, lastDay: CivilDate)
    case cellNotStated(CellKey)
    case notSigned
    case periodSettled
    case dateReversed(CivilDate)
}

extension CellLifeRefusal {
    /// The stable name of the refusal, the same in every language and version.
    public var name: String {
        switch self {
        case .calculation(let refusal): refusal.name
        case .notOfPair: "not-of-pair"
        case .unknownCell: "unknown-cell"
        case .nothingStatedYet: "nothing-stated-yet"
        case .nothingToDispute: "nothing-to-dispute"
        case .disputeTooLate: "dispute-too-late"
        case .disputeOpen: "dispute-open"
        case .noDispute: "no-dispute"
        case .notTheOther: "not-the-other"
        case .answeredBefore: "answered-before"
        case .notTheDisputer: "not-the-disputer"
        case .nothingToAccept: "nothing-to-accept"
        case .notEscalated: "not-escalated"
        case .malformedReason: "malformed-reason"
        case .notConfirmed: "not-confirmed-mode"
        case .windowOpen: "window-open"
        case .cellNotStated: "cell-not-stated"
        case .notSigned: "not-signed"
        case .periodSettled: "period-settled"
        case .dateReversed: "date-reversed"
        }
    }
}

extension CellLifeRefusal: CustomStringConvertible {
    /// One English sentence that names the cell and what would be right.
    public var description: String {
        switch self {
        case .calculation(let refusal): refusal.description
        case .notOfPair(let party): "\(party) is neither of the two parties of this period"
        case .unknownCell(let cell): "cell \(cell) is not of this period"
        case .nothingStatedYet(let cell): "nobody stated cell \(cell) yet; a dispute or lapse needs a statement"
        case .nothingToDispute(let cell): "cell \(cell) is not billed between these two, so there is nothing to dispute"
        case .disputeTooLate(let cell, let day): "the window to dispute cell \(cell) closed on \(day)"
        case .disputeOpen(let cell): "cell \(cell) is already disputed; answer, accept or withdraw that dispute"
        case .noDispute(let cell): "cell \(cell) has no open dispute"
        case .notTheOther(let cell): "the dispute of cell \(cell) is answered by the other party"
        case .answeredBefore(let cell): "the dispute of cell \(cell) has its answer; accept, withdraw or escalate it"
        case .notTheDisputer(let cell): "the dispute of cell \(cell) is withdrawn by the party that opened it"
        case .nothingToAccept(let cell): "the other party stated no count of cell \(cell) that could be accepted"
        case .notEscalated(let cell): "cell \(cell) is not with the deciding organ; escalate it first"
        case .malformedReason: "a reason has 1 to \(Limits.disputeReasonByteCount) bytes"
        case .notConfirmed(let cell): "cell \(cell) is not confirmed by signing the provider's count; state a count"
        case .windowOpen(let cell, let day): "cell \(cell) can be disputed through \(day); it lapses only after that"
        case .cellNotStated(let cell): "cell \(cell) lacks a statement of one side, so the period cannot be signed"
        case .notSigned: "the period is not signed by both and has not lapsed, so it cannot be closed"
        case .periodSettled:
            "the period is signed, lapsed or closed; later usage is a correction in the next open period"
        case .dateReversed(let date): "\(date) is before the date of an earlier act; epochs never go back"
        }
    }
}
