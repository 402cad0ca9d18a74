// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// I7: what an epoch closed, counted once more and in another way: from the entries that it covers, voter by voter.
/// Spec: Protocol/voting.md §3 and §4.
struct GoverningRecount {
    private struct Paper {
        let place: EntryReference
        let ballot: Ballot
        /// Ballots of other logs of this voter that it names.
        let names: [EntryReference]
    }

    let heads: [CoveredHead]
    let journals: [LogID: HeldJournal]
    let state: CooperativeState

    func check(in world: GoverningWorld) {
        for view in state.decisions() where view.closing == state.epoch.number {
            world.marks.hit(.recounted)
            var counts = [Ballot.Choice: Int]()
            for voter in view.electorate {
                if let choice = choice(of: voter, on: view) { counts[choice, default: 0] += 1 }
            }
            let tally = Tally(
                for: counts[.for] ?? 0, against: counts[.against] ?? 0, blank: counts[.blank] ?? 0,
                entitled: view.electorate.count)
            if tally != view.tally {
                world.violate("I7", "decision \(view.id) counts \(view.tally), and a recount gives "
                    + "\(tally.map { "\($0)" } ?? "more votes than voters")")
            }
            let isCarried = view.standing == .carried || view.standing == .withoutEffect
            if let tally, view.organ.carries(tally) != isCarried {
                world.violate("I7", "decision \(view.id) is \(view.standing), against its rule")
            }
        }
    }

    /// A voter has one vote: its only choice, or blank where its logs differ.
    private func choice(of voter: OIN, on view: DecisionView) -> Ballot.Choice? {
        let logs = heads.map(\.log).filter { state.author(of: $0) == voter }
        var standing: [Paper] = []
        var named: [EntryReference] = []
        for log in logs {
            let papers = papers(in: log, on: view)
            named += papers.flatMap(\.names)
            var current: Paper?
            var seen: [Paper] = []
            for paper in papers {
                if let old = current {
                    guard paper.ballot.replaced == old.place.index, !old.ballot.isFinal else { continue }
                } else if paper.ballot.replaced != nil { continue }
                current = paper
                seen.append(paper)
            }
            // What a void ballot names says nothing.
            let void = papers.filter { paper in !seen.contains { $0.place == paper.place } }
            named.removeAll { name in void.contains { $0.names.contains(name) } }
            if let current { standing.append(current) }
        }
        let counting = standing.filter { $0.ballot.isFinal || !named.contains($0.place) }
        guard let first = counting.first?.ballot.choice else { return nil }
        return counting.allSatisfy { $0.ballot.choice == first } ? first : .blank
    }

    /// The ballots on a decision in what is covered of a log, in its order, none of which waits.
    private func papers(in log: LogID, on view: DecisionView) -> [Paper] {
        guard let held = journals[log] else { return [] }
        let covered = size(log)
        var papers: [Paper] = []
        for index in 0..<covered {
            guard let entry = try? Entry.parse(held.entries[index]), entry.kind == Ballot.entryKind,
                  let ballot = try? Ballot.parse(Array(entry.body), referenceCount: entry.references.count)
            else { continue }
            let isOn = switch ballot.proposal {
            case .own(let place): log == view.id.log && place == view.id.index
            case .reference(let position): entry.references[position] == view.reference
            }
            guard isOn else { continue }
            // What waits has every later ballot of its log wait.
            guard entry.references.allSatisfy({ $0.index.position < size($0.log) }) else { break }
            // A reference that another branch would fit makes it void.
            guard entry.references.allSatisfy({ journals[$0.log]?.leaves[$0.index.position] == $0.leaf })
            else { continue }
            let names = entry.references.filter { $0 != view.reference }
            let place = EntryReference(log: log, index: EntryIndex(known: index), leaf: held.leaves[index])
            papers.append(Paper(place: place, ballot: ballot, names: names))
        }
        return papers
    }

    /// What counts of a log: what is covered, and above an end that is named only what an epoch covered before.
    private func size(_ log: LogID) -> Int {
        heads.first { $0.log == log }.map { min($0.head.size.count, journals[log]?.size ?? 0) } ?? 0
    }
}
