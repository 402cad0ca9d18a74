// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// The real view of an epoch; a planted bug answers in its place.
struct GoverningView: ProposalView {
    let real: EpochView<JournalEntries>
    let planted: PlantedBug?
    let overlayDigest: Hash?

    var epoch: Epoch { real.epoch }
    var ownDate: CivilDate { real.ownDate }
    var stateDigest: Hash { overlayDigest ?? real.stateDigest }

    func vector(of proposal: Proposal) -> [CoveredHead]? { real.vector(of: proposal) }
    func holding(of covered: CoveredHead) -> HeadHolding { real.holding(of: covered) }

    func mayEnter(_ log: LogID) -> Bool { planted == .admittedWithoutReady || real.mayEnter(log) }

    func admits(_ entering: [LogID], _ vector: [CoveredHead], _ date: CivilDate) -> Bool {
        planted == .admittedWithoutReady || real.admits(entering, vector, date)
    }

    func namedEnd(ofForked log: LogID) -> Head?? {
        planted == .coversAboveNamedEnd ? nil : real.namedEnd(ofForked: log)
    }

    func bound(of log: LogID, on date: CivilDate) -> Int? {
        planted == .coversAboveNamedEnd ? nil : real.bound(of: log, on: date)
    }

    func supporters(of ruleVersion: Int, in vector: [CoveredHead]) -> Int {
        real.supporters(of: ruleVersion, in: vector)
    }

    func trigger(_ vector: [CoveredHead], _ date: CivilDate) -> Trigger? { real.trigger(vector, date) }

    func leavesOutBallot(_ vector: [CoveredHead], _ date: CivilDate) -> Bool { real.leavesOutBallot(vector, date) }
}
