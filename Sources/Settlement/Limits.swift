// SPDX-License-Identifier: EUPL-1.2

/// Named bounds of this module. Spec: Protocol/settlement.md §1.
public enum Limits {
    /// Bytes of an identifier (party, application, class, decision) in UTF-8.
    public static let identifierByteCount = 128
    /// Participants in one apportionment.
    public static let participantCount = 10_000
    /// Tiers of one tariff.
    public static let tierCount = 100
    /// Bytes of a VAT exemption reason in UTF-8.
    public static let exemptionReasonByteCount = 256
    /// Characters of an amount that a person typed.
    public static let decimalCharacterCount = 40
    /// Instalments of one contribution.
    public static let instalmentCount = 12
    /// Bytes of the prefix of a document series.
    public static let seriesPrefixByteCount = 20
    /// Bytes of a purchase order or other reference of the buyer in UTF-8.
    public static let orderReferenceByteCount = 200
    /// Lines of an invoice that is read.
    public static let receivedLineCount = 10_000
    /// Entries of a bank statement that is read.
    public static let bankEntryCount = 100_000
    /// Bytes of the name of a ledger account.
    public static let ledgerAccountByteCount = 100
    /// Bytes of the reason of a dispute or answer in UTF-8.
    public static let disputeReasonByteCount = 1_000
    /// Days of the longest payment term.
    public static let paymentTermDays = 3_650

    /// Records of one pair and month that can be compared. Spec: Protocol/comparison.md §8.
    public static let comparedRecords = 1 << 23
    /// Bytes of a request or answer of a comparison.
    public static let comparisonBodyBytes = 1 << 20
    /// Ranges that one request names.
    public static let comparedRanges = 16_384
    /// Sums that one answer gives.
    public static let comparedSums = 65_536
    /// Codes that one answer lists.
    public static let listedCodes = 65_536
    /// Records that one request or answer discloses.
    public static let disclosedRecords = 2_048
    /// Ranges and records in which two sets may differ before narrowing is given up.
    public static let differences = 262_144
    /// Answers after which an asker gives up, and bytes of them all.
    public static let comparisonAnswers = 4_096
    /// Bytes of all answers of a comparison.
    public static let comparisonBytes = 128 << 20
    /// Digits of the finest range.
    public static let finestLevel = 40
}
