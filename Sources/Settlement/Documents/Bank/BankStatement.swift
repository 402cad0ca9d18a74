// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One movement on an account. Spec: Protocol/documents.md §6.
public struct BankMovement: Hashable, Sendable {
    /// Names the movement for ever: the account with the bank's reference, or with statement and place in it; of a
    /// collected entry also the place in that. Importing a file twice finds the same names.
    public let id: String
    /// The day on which it was booked.
    public let booked: CivilDate
    /// Received is above zero, paid below.
    public let amount: Cents
    /// The other side's name, where the bank tells it.
    public let counterparty: String?
    /// The other side's account, where the bank tells it.
    public let counterAccount: String?
    /// What was written with the payment: structured references first, then free text and the end-to-end reference.
    public let references: [String]
}

/// A statement of an account (CAMT.053) in euro: booked movements whose sum leads from the opening to the closing
/// balance. Spec: Protocol/documents.md §6.
public struct BankStatement: Hashable, Sendable {
    /// The bank's name of the statement.
    public let id: String
    /// The account.
    public let account: String
    /// At the start, where it is stated.
    public let opening: Cents?
    /// At the end, where it is stated.
    public let closing: Cents?
    /// Booked ones in the written order; what is only announced is left out.
    public let movements: [BankMovement]
}
