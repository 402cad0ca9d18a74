// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why a calculation is refused: the input is wrong, nothing was computed.
/// Spec: Protocol/settlement.md §2. `name` is what vectors and programs compare.
public enum SettlementRefusal: Error, Equatable, Sendable {
    case amountOutOfRange(what: String)
    case negativeQuantity(what: String)
    case malformedIdentifier(String)
    case malformedDecimal(String)
    case malformedPercentage(basisPoints: Int64)
    case tooManyParticipants(count: Int, limit: Int)
    case allWeightsZero(what: String)
    case negativeWeight(PartyID)
    case duplicateParty(PartyID)
    case negativePrice(tariff: DecisionID)
    case tiersMalformed(tariff: DecisionID, reason: String)
    case validityReversed(tariff: DecisionID)
    case fundedTariffNotZero(tariff: DecisionID)
    case tariffsOverlap(first: DecisionID, second: DecisionID, application: ApplicationID, class: ClassID,
                        month: CivilMonth)
    case nothingStated(CellKey)
    case negativeNetCount(CellKey, side: Side)
    case duplicateCell(CellKey)
    case duplicateApplication(ApplicationID)
    case duplicateLine(String)
    case contributionsOverlap(first: DecisionID, second: DecisionID, year: Int)
    case unknownApplication(ApplicationID)
    case unknownParty(PartyID)
    case inhabitantsMissing(PartyID, municipality: String?, year: Int)
    case monthCountOutOfRange(Int)
    case instalmentOutOfRange(Int, count: Int)
    case vatUndecided(LineKind, Leg)
    case vatMalformed(reason: String)
    case dateOutOfRange
    case indexMalformed(now: Int64, original: Int64)
    case depreciationMalformed(elapsed: Int64, life: Int64)
    case notInKey(PartyID)
    case keyIncomplete(count: Int, places: Int)
    case chargeMalformed(DecisionID, reason: String)
    case tariffStartsTooEarly(DecisionID, settled: CivilMonth)
}

extension SettlementRefusal {
    /// The stable name of the refusal, the same in every language and version.
    public var name: String {
        switch self {
        case .amountOutOfRange: "amount-out-of-range"
        case .negativeQuantity: "negative-quantity"
        case .malformedIdentifier: "malformed-identifier"
        case .malformedDecimal: "malformed-decimal"
        case .malformedPercentage: "malformed-percentage"
        case .tooManyParticipants: "too-many-participants"
        case .allWeightsZero: "all-weights-zero"
        case .negativeWeight: "negative-weight"
        case .duplicateParty: "duplicate-party"
        case .negativePrice: "negative-price"
        case .tiersMalformed: "tiers-malformed"
        case .validityReversed: "validity-reversed"
        case .fundedTariffNotZero: "funded-tariff-not-zero"
        case .tariffsOverlap: "tariffs-overlap"
        case .nothingStated: "nothing-stated"
        case .negativeNetCount: "negative-net-count"
        case .duplicateCell: "duplicate-cell"
        case .duplicateApplication: "duplicate-application"
        case .duplicateLine: "duplicate-line"
        case .contributionsOverlap: "contributions-overlap"
        case .unknownApplication: "unknown-application"
        case .unknownParty: "unknown-party"
        case .inhabitantsMissing: "inhabitants-missing"
        case .monthCountOutOfRange: "month-count-out-of-range"
        case .instalmentOutOfRange: "instalment-out-of-range"
        case .vatUndecided: "vat-undecided"
        case .vatMalformed: "vat-malformed"
        case .dateOutOfRange: "date-out-of-range"
        case .indexMalformed: "index-malformed"
        case .depreciationMalformed: "depreciation-malformed"
        case .notInKey: "not-in-key"
        case .keyIncomplete: "key-incomplete"
        case .chargeMalformed: "charge-malformed"
        case .tariffStartsTooEarly: "tariff-starts-too-early"
        }
    }
}

extension SettlementRefusal: CustomStringConvertible {
    /// One English sentence that names the field and what would be right.
    public var description: String {
        switch self {
        case .amountOutOfRange(let what):
            "\(what) does not fit in a signed 64-bit number"
        case .negativeQuantity(let what):
            "\(what) is negative; a quantity is 0 or more"
        case .malformedIdentifier(let text):
            "'\(text)' is no identifier: 1 to \(Limits.identifierByteCount) bytes without blanks, "
                + "control characters or '/'"
        case .malformedDecimal(let text):
            "'\(text)' is no amount of the expected form, such as 1234.56 (data) or 1.234,56 (people)"
        case .malformedPercentage(let basisPoints):
            "\(basisPoints) basis points is no percentage; 0 to 10000 is"
        case .tooManyParticipants(let count, let limit):
            "\(count) participants share one amount; at most \(limit) can"
        case .allWeightsZero(let what):
            "\(what) has no weight above zero, so nobody would pay; give at least one participant a weight"
        case .negativeWeight(let party):
            "the weight of \(party) is negative; a weight is 0 or more"
        case .duplicateParty(let party):
            "\(party) stands in the list twice; a party has one place"
        default:
            settlementSentence
        }
    }

    private var settlementSentence: String {
        switch self {
        case .negativePrice(let tariff):
            "tariff \(tariff) has a negative price; a price is 0 or more"
        case .tiersMalformed(let tariff, let reason):
            "the tiers of tariff \(tariff) are wrong: \(reason)"
        case .validityReversed(let tariff):
            "tariff \(tariff) ends before it starts"
        case .fundedTariffNotZero(let tariff):
            "tariff \(tariff) names a funder, so its price for the consumer must be zero"
        case .tariffsOverlap(let first, let second, let application, let tariffClass, let month):
            "tariffs \(first) and \(second) both hold in \(month) for \(application), class \(tariffClass); "
                + "end the first in the month before"
        case .nothingStated(let cell):
            "cell \(cell) has no count of either side, so there is nothing to compare"
        case .negativeNetCount(let cell, let side):
            "cell \(cell) has a negative net count of the \(side.rawValue); retractions exceed what was counted"
        case .duplicateCell(let cell):
            "cell \(cell) stands in the input twice"
        case .duplicateApplication(let application):
            "application \(application) stands in the input twice"
        case .duplicateLine(let line):
            "line \(line) would stand in the statement twice; one decision sets one cost of an application"
        case .contributionsOverlap(let first, let second, let year):
            "contributions \(first) and \(second) both start in \(year); a year has one rate"
        case .unknownApplication(let application):
            "application \(application) is not in the catalogue"
        case .unknownParty(let party):
            "\(party) is neither a member nor a customer"
        case .inhabitantsMissing(let party, let municipality, let year):
            "\(party) has no final inhabitants figure of \(municipality.map { "\($0), " } ?? "")1 January \(year)"
        case .monthCountOutOfRange(let count):
            "\(count) months; a contribution covers 0 to 12 months of a year"
        case .instalmentOutOfRange(let instalment, let count):
            "instalment \(instalment) of \(count) does not exist"
        case .vatUndecided(let kind, let leg):
            "no decision sets the VAT category of \(kind.rawValue) lines in the leg \(leg.rawValue)"
        case .vatMalformed(let reason):
            "the VAT treatment is wrong: \(reason)"
        case .dateOutOfRange:
            "the date lies outside the years \(CivilDate.years.lowerBound) to \(CivilDate.years.upperBound)"
        default:
            keySentence
        }
    }

    private var keySentence: String {
        switch self {
        case .indexMalformed(let now, let original):
            "the index figures \(now) and \(original) are no ratio; both are above 0"
        case .depreciationMalformed(let elapsed, let life):
            "\(elapsed) of \(life) months is no depreciation; the age is 0 or more and the life above 0"
        case .notInKey(let party):
            "\(party) has no place in the key; name a participant"
        case .keyIncomplete(let count, let places):
            "the decision gives \(count) weights and the key has \(places) places; give one for each place"
        case .chargeMalformed(let decision, let reason):
            "the line of decision \(decision) is wrong: \(reason)"
        case .tariffStartsTooEarly(let tariff, let settled):
            "tariff \(tariff) starts in or before \(settled), which is stated or closed; let it start later"
        default:
            name
        }
    }
}
