// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
public import Journal
public import Settlement

/// Statements of account and comparisons, computed from the state; every node that holds the same state gets the same
/// bytes. Spec: Protocol/settlement-input.md, Protocol/settlement.md.
public enum AccountStatements {
    /// The statement of a member and month.
    public static func statement(
        of member: OIN, in month: CivilMonth, _ state: CooperativeState
    ) throws(SettlementRefusal) -> StatementOfAccount {
        try SettlementInput(state, through: month).statement(of: PartyID(member), in: month)
    }

    /// Every cell of a month compared, in the order of cells.
    public static func outcomes(
        in month: CivilMonth, _ state: CooperativeState
    ) throws(SettlementRefusal) -> [CellOutcome] {
        try SettlementInput(state, through: month).outcomes(in: month) { _ in true }
    }
}
