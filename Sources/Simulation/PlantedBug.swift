// SPDX-License-Identifier: EUPL-1.2

/// A mistake that can be planted in every correct node, to see that the simulator finds it. Each breaks a promise
/// that the cores leave to those who call them, or one that they keep themselves.
public enum PlantedBug: String, CaseIterable, Sendable {
    /// Admission takes every signature for a good one.
    case signatureUnchecked = "signature-unchecked"
    /// What is written counts, and is told to others, before the disk has it.
    case tellsBeforeSync = "tells-before-sync"
    /// A work is acknowledged to the application before the disk has it.
    case acknowledgesBeforeSync = "acknowledges-before-sync"
    /// A partner's token is kept although the entries before it are not durable.
    case tokenBeforeEntries = "token-before-entries"
    /// Evidence of a fork is neither sought nor kept.
    case forkIgnored = "fork-ignored"
    /// Evidence is kept without a check.
    case evidenceUnchecked = "evidence-unchecked"
    /// A restart forgets that a log is suspended.
    case suspensionForgotten = "suspension-forgotten"
    /// The fold finds only entries that arrived together.
    case foldByArrival = "fold-by-arrival"
    /// A restart takes the saved state and does not fold what came after it, so that counters fall.
    case counterFalls = "counter-falls"
    /// A restored disk goes on signing although the head that is kept outside knows more.
    case externalHeadIgnored = "external-head-ignored"
    /// A restored disk keeps the instance under which it gave tokens before.
    case instanceKept = "instance-kept"
    /// What claims to be from the future is refused by the local clock.
    case clockDecides = "clock-decides"
    /// A partner that failed once is never tried again.
    case neverTriesAgain = "never-tries-again"
    /// An exchange without an answer is never given up.
    case neverGivesUp = "never-gives-up"
    /// New entries are folded only after a restart.
    case forgetsToFold = "forgets-to-fold"
    /// A flush says less of a cell than an earlier one of the same log.
    case flushesLess = "flushes-less"
}
