// SPDX-License-Identifier: EUPL-1.2

/// Why a carried decision has no effect. Spec: Protocol/voting.md §5.
public enum EffectRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The OIN is that of a member or of an adopted candidate.
    case memberKnown = "effect-member-known"
    /// A log has this key already.
    case keyKnown = "effect-key-known"
    /// Somebody who is named is no member.
    case memberUnknown = "effect-member-unknown"
    /// There is no such application.
    case applicationUnknown = "effect-application-unknown"
    /// The application has no such class.
    case classUnknown = "effect-class-unknown"
    /// Two tariffs of one class would hold in one month.
    case tariffsOverlap = "effect-tariffs-overlap"
    /// What the decision would add stands already.
    case exists = "effect-exists"
    /// The member does not take part in the application, or leads it.
    case notParticipant = "effect-not-participant"
    /// A member would leave before it joined or before its exit is decided, or an advance be carried back no later than
    /// it is asked.
    case date = "effect-date"
    /// Nobody would be left to vote about epochs.
    case lastVoter = "effect-last-voter"
    /// No advance was decided so.
    case lineUnknown = "effect-line-unknown"
    /// The cost of the application is not shared.
    case costSharingUnknown = "effect-cost-sharing-unknown"
    /// The log is not the newest of the member.
    case log = "effect-log"

    /// Nobody counted anything in the cell.
    case cellUnknown = "effect-cell-unknown"
    /// Neither party handed the cell to the organ, and no lapse did.
    case notEscalated = "effect-not-escalated"

    /// The reason as rows and vectors spell it.
    public var reason: String { rawValue }
}
