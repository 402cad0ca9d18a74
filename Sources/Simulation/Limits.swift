// SPDX-License-Identifier: EUPL-1.2

/// The bounds of this module, and those to which it holds the nodes that it drives.
enum SimulationLimits {
    /// Exchanges that one node has under way at one time: one with each partner.
    static let exchangesUnderWay = 16
    /// Jobs that wait for one node's disk.
    static let jobsWaiting = 256
    /// Violations kept of one seed; the first is what counts.
    static let violationsKept = 8
    /// Bytes of what a liar makes up, above what a body may have.
    static let madeUpBodyBytes = (1 << 20) + (80 << 10)
    /// Events of one seed: a run that needs more is going round in circles.
    static let events = 400_000
    /// Simulated time within which all correct nodes hold the same after healing.
    static let healingMilliseconds = 60_000
    /// Simulated time within which a healed council closes its next epoch, or stops where it has to.
    static let councilHealingMilliseconds = 120_000
    /// Seeds with violations that a report names.
    static let failuresKept = 20
    /// Rounds after which a gossip run gives up.
    static let gossipRounds = 40
    /// Bytes of recorded events that are replayed.
    static let recordedBytes = 64 << 20
}
